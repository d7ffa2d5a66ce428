"""What a file of agreements says beside what its columns are called everywhere: terms, and of which kind all rows are.

Pure. Both are found by what the file definition declares.
"""

from dataclasses import replace

from customerfile.base.told import told
from customerfile.definition.schema import AgreementKind, FileDefinition
from customerfile.sources.column_choice import Choice
from customerfile.sources.header_words import fold_header
from customerfile.values.folding import fold

_SURE = 0.8


def with_terms(chosen: list[Choice], definition: FileDefinition) -> list[Choice]:
    """The choices, columns that mean nothing yet taken as terms of the same name."""
    terms = {term.key for kind in definition.agreement_kinds for term in kind.terms}
    return [_as_term(one, terms) for one in chosen]


def _as_term(one: Choice, terms: set[str]) -> Choice:
    name = fold_header(one.column).replace(" ", "_")
    if one.mapping.targets or name not in terms:
        return one
    mapping = replace(one.mapping, targets=(f"agreement.term.{name}",), confidence=_SURE)
    return Choice(one.column, mapping, told("is named as a term"))


def kind_of_all(chosen: list[Choice], definition: FileDefinition) -> dict[str, str]:
    """The kind of every row as a constant, where no column says it and the key column does ("loan_id")."""
    targets = {text: one.column for one in chosen for text in one.mapping.targets}
    if "agreement.kind" in targets or "agreement.key" not in targets:
        return {}
    words = set(fold_header(targets["agreement.key"]).split())
    found = next((kind for kind in definition.agreement_kinds if words & _words(kind)), None)
    return {"agreement.kind": found.key} if found else {}


def _words(kind: AgreementKind) -> set[str]:
    return {*kind.key.split("_"), *fold(kind.label).split()}
