"""What is doubtful about a mapping, told column by column from the first rows of the file. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from customerfile.base.told import told
from customerfile.definition.schema import FileDefinition
from customerfile.sources.mapper import compile_mapping
from customerfile.sources.mapping import Mapping
from customerfile.sources.rows import RawRow
from customerfile.sources.targets import parse_target
from customerfile.sources.validation import ValueFault, standardise_row
from customerfile.values.outcome import Context

_NAMES = frozenset({"full_name", "given_name", "family_name", "organisation_name", "trading_name"})
_REACHED_BY = frozenset({"email", "phone", "address"})


@dataclass(slots=True)
class Doubts:
    """By column, and about the file as a whole; each a sentence."""

    of_columns: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    of_file: list[str] = field(default_factory=list)


def doubts_about(
    mapping: Mapping,
    columns: tuple[str, ...],
    sample: Sequence[RawRow],
    *,
    definition: FileDefinition,
    context: Context,
) -> Doubts:
    """Nothing of it stops an import. Raises MappingFault where the mapping does not fit the file at all."""
    found = Doubts()
    rows = [row for row in sample if not row.fault]
    _repeats(mapping, definition, found)
    _key(mapping, columns, rows, found)
    if mapping.kind_as == "customers":
        _missing(mapping, found)
        _values(mapping, columns, rows, definition, context, found)
    else:
        _missing_of_events(mapping, found)
    if len(rows) < len(sample):
        found.of_file.append(
            told(
                "{number} of the first {rows} rows cannot be read: {reason}",
                number=len(sample) - len(rows),
                rows=len(sample),
                reason=told(_first_fault(sample)),
            )
        )
    return found


def _first_fault(sample: Sequence[RawRow]) -> str:
    return next(row.fault for row in sample if row.fault)


def _repeats(mapping: Mapping, definition: FileDefinition, found: Doubts) -> None:
    several = {each.key for each in definition.fields if each.multiple} | {"address"}
    taken: dict[str, str] = {}
    for column in mapping.columns:
        for text in column.targets:
            target = parse_target(text)
            if target.field in several or text.startswith(("event.property.", "agreement.term.")):
                continue
            if text in taken:
                found.of_columns[column.column].append(
                    told(
                        "“{column}” says the same: where both are filled, that one counts.",
                        column=taken[text],
                    )
                )
            taken.setdefault(text, column.column)


def _key(mapping: Mapping, columns: tuple[str, ...], rows: Sequence[RawRow], found: Doubts) -> None:
    places = [columns.index(name) for name in mapping.key]
    if not places:
        if mapping.kind_as == "customers":
            found.of_file.append(
                told(
                    "No column names the record, so a key is made from the whole row: a customer who changes comes as a"
                    " new record. Tick the column with the customer's number, if there is one."
                )
            )
        elif mapping.kind_as != "agreements":
            found.of_file.append(told("No column names the customer: these rows would belong to nobody."))
        return
    keys = [tuple((row.values[place] or "").strip() for place in places) for row in rows]
    blank = sum(not all(key) for key in keys)
    if blank and not mapping.generated_key:
        found.of_columns[mapping.key[0]].append(
            told(
                "Blank in {number} of the first {rows} rows: these are sales to nobody."
                if mapping.kind_as == "purchases"
                else "Blank in {number} of the first {rows} rows: these are refused.",
                number=blank,
                rows=len(keys),
            )
        )
    twice = sum(count - 1 for key, count in Counter(keys).items() if all(key))
    if twice and mapping.kind_as == "customers":
        found.of_columns[mapping.key[0]].append(
            told(
                "{number} of the first {rows} rows have the key of an earlier row; where they say something else they"
                " are refused.",
                number=twice,
                rows=len(keys),
            )
        )


def _missing(mapping: Mapping, found: Doubts) -> None:
    fields = _fields(mapping)
    if not fields & _NAMES:
        found.of_file.append(told("No column holds a name. Customers would stand in the file without one."))
    elif not fields & _REACHED_BY and "birth_date" not in fields:
        found.of_file.append(
            told(
                "Only names and no address, e-mail, phone or birth date: nobody can be told from their namesake."
            )
        )


def _missing_of_events(mapping: Mapping, found: Doubts) -> None:
    texts = {text for column in mapping.columns for text in column.targets} | set(mapping.constants)
    if mapping.kind_as == "purchases":
        wanted = {
            "order.at": told("No column says when it was bought."),
            "order.key": told("No column says the number of the order."),
        }
        if not texts & {"order.amount", "order.unit_price"}:
            found.of_file.append(told("No column says what was paid: such rows are refused."))
    elif mapping.kind_as == "agreements":
        wanted = {
            "agreement.key": told("No column says which agreement a row is about."),
            "agreement.kind": told(
                "No column says which kind of agreement it is. Where all rows are of one kind, say so in a mapping"
                " file, under constants."
            ),
        }
    else:
        wanted = {
            "event.name": told("No column says what happened."),
            "event.at": told("No column says when it happened."),
        }
    found.of_file += [doubt for target, doubt in wanted.items() if target not in texts]


def _fields(mapping: Mapping) -> set[str]:
    return {parse_target(text).field for column in mapping.columns for text in column.targets}


def _values(
    mapping: Mapping,
    columns: tuple[str, ...],
    rows: Sequence[RawRow],
    definition: FileDefinition,
    context: Context,
    found: Doubts,
) -> None:
    mapper = compile_mapping(mapping, columns)
    faults: dict[str, list[ValueFault]] = defaultdict(list)
    refused: Counter[str] = Counter()
    for row in rows:
        for fault in standardise_row(mapper.map(row), definition, context).faults:
            if fault.scope == "row":
                refused[fault.reason] += 1
            elif fault.column:
                faults[fault.column].append(fault)
    for column, those in faults.items():
        found.of_columns[column].append(
            told(
                "{number} of the first {rows} values cannot be taken: {reason}",
                number=len(those),
                rows=len(rows),
                reason=told(those[0].reason),
            )
        )
    blank_key = {"The row has no key, so it could not be found again."}
    for reason, count in refused.items():
        if reason not in blank_key:
            found.of_file.append(
                told(
                    "{number} of the first {rows} rows would be refused: {reason}",
                    number=count,
                    rows=len(rows),
                    reason=told(reason),
                )
            )
