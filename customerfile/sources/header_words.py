"""What a column's name suggests, from the words of four languages (known_headers/words.yaml) and the
definition's labels.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

import yaml

from customerfile.base.told import told
from customerfile.definition.schema import FieldDefinition
from customerfile.sources.known_systems import WORDS_FILE
from customerfile.sources.uses import USE_WORDS, normal_use
from customerfile.values.folding import fold
from customerfile.values.words import words as word_set

REPEATABLE = ("email", "phone", "address", "website")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_CUSTOM_SUFFIX = re.compile(r"__c$")
_OWNER_WORDS = word_set(
    "customer client contact person primary donor member user buyer subscriber kunde kunden cliente du de del la le des"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    target: str  # without a group number
    confidence: float
    reason: str
    use: str = ""
    group: int = 0  # as written in the name ("Phone 2"), 0 where none is
    transform: str = ""


def suggestions(header: str, section: str, fields: tuple[FieldDefinition, ...]) -> list[Suggestion]:
    """The best first. `section` is the kind of file: customers, purchases, events or agreements."""
    folded = fold_header(header)
    found = [Suggestion(key, 0.97, told("is named as the field")) for key in _declared(folded, fields)]
    found += [Suggestion(target, 0.95, told("known name")) for target in _targets(folded, section)]
    if not found:
        found = _loosened(folded, section)
    return [_with_use(one, folded, is_exact=one.confidence >= 0.95) for one in found]


def fold_header(header: str) -> str:
    """ "PostalCode", "postal_code", "Postal-Code" -> "postal code"."""
    return fold(_CAMEL.sub(" ", _CUSTOM_SUFFIX.sub("", header)).replace("_", " "))


def _declared(folded: str, fields: tuple[FieldDefinition, ...]) -> list[str]:
    return [one.key for one in fields if folded in (one.key.replace("_", " "), fold(one.label))]


def _targets(folded: str, section: str) -> list[str]:
    words = _words()
    of_customers = () if section == "agreements" else words["fields"].get(folded, ())
    return [*words[section].get(folded, ()), *of_customers]


def _loosened(folded: str, section: str) -> list[Suggestion]:
    """Without a trailing number, words of use (home, billing) and words for the person (customer)."""
    words = folded.split()
    group = int(words[-1]) if len(words) > 1 and words[-1].isdigit() and len(words[-1]) < 3 else 0
    if group:
        words = words[:-1]
    for dropped, confidence in (
        (frozenset[str](), 0.9),
        (USE_WORDS, 0.85),
        (_OWNER_WORDS, 0.85),
        (USE_WORDS | _OWNER_WORDS, 0.8),
    ):
        rest = " ".join(word for word in words if word not in dropped)
        if rest and (rest != folded) and (targets := _targets(rest, section)):
            reason = told('known name "{name}"', name=rest)
            return [Suggestion(target, confidence, reason, group=group) for target in targets]
    return []


def _with_use(one: Suggestion, folded: str, *, is_exact: bool) -> Suggestion:
    """A name known whole says a use only of phones ("Mobile"): "postal" in "postal code" is none."""
    repeatable = one.target.split(".")[0] in REPEATABLE
    says_use = repeatable and (not is_exact or one.target == "phone")
    return replace(one, use=normal_use(folded) if says_use else "", group=one.group if repeatable else 0)


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, list[str]]]:
    file = resources.files("customerfile.sources") / "known_headers" / WORDS_FILE
    sections = yaml.safe_load(file.read_text(encoding="utf-8"))
    words: dict[str, dict[str, list[str]]] = {}
    for section, targets in sections.items():
        known = words.setdefault(section, {})
        for target, languages in targets.items():
            for word in (word for listed in languages.values() for word in listed):
                meant = known.setdefault(fold_header(str(word)), [])
                if target not in meant:
                    meant.append(target)
    return words
