"""From raw values to the canonical record (docs/explanation/canonical-record.md). A refused value is left
out and told.

A row is refused only where it has no key, or holds a payment card number; nothing of such a number is repeated.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from customerfile.base.told import noted_text
from customerfile.definition.schema import FieldDefinition, FileDefinition, PrivacyClass
from customerfile.sources.kinds_of_customer import PERSON, decide_kind, fit_to_kind, name_fields
from customerfile.sources.mapper import MappedRow, RawValue
from customerfile.sources.name_suffixes import separate_suffix
from customerfile.values.cards import find_card_number, row_may_hold_card
from customerfile.values.identifiers import UNCHECKED
from customerfile.values.kinds import standardise
from customerfile.values.outcome import Context, Json, Outcome, Refused
from customerfile.values.text import is_absent, standardise_choice, standardise_pattern

_LONGEST_ABSENT = 7  # "#value!"
_OF_THE_COUNTRY = frozenset(
    ("phone", "postcode", "national_id", "tax_id", "vat", "registration_number")
)  # kinds that are read by the country where the customer lives


@dataclass(frozen=True, slots=True)
class ValueFault:
    """One value, or the whole row (`scope`), that was refused. Repeats no value.

    In English, as it is stored: pages tell it again in the language of who reads.
    """

    field: str
    column: str
    reason: str
    remedy: str
    scope: str = "value"  # or "row"


@dataclass(frozen=True, slots=True)
class StandardRow:
    """The canonical record of a row, and what of the row could not be taken."""

    key: str
    canonical: dict[str, Json]
    faults: tuple[ValueFault, ...] = ()
    notes: tuple[str, ...] = ()  # what was assumed, as "field: note"
    as_of: datetime | None = None  # when the source last changed the record


CARD = ValueFault(
    "",
    "",
    noted_text("The row holds a payment card number, which is never stored."),
    noted_text("Take the number out of the row; keep your payment provider's token instead."),
    "row",
)
NO_KEY = ValueFault(
    "key",
    "",
    noted_text("The row has no key, so it could not be found again."),
    noted_text('Fill in the key column, or write "key: generated" in the mapping.'),
    "row",
)
FORBIDDEN = (
    noted_text("This field is never kept."),
    noted_text("Take the column out of the file before you import it."),
)


def standardise_row(mapped: MappedRow, definition: FileDefinition, context: Context) -> StandardRow:
    """One row under a definition. Never raises for anything that a row may hold."""
    return _standardiser(_Pair(definition, context)).row(mapped)


def standardise_rows(
    rows: Sequence[MappedRow], definition: FileDefinition, context: Context
) -> list[StandardRow]:
    """One answer per row, in order."""
    row = _standardiser(_Pair(definition, context)).row
    return [row(mapped) for mapped in rows]


class _Pair:
    """A definition and a context as a key for a cache: hashing a whole definition for every row would cost
    more."""

    __slots__ = ("context", "definition")

    def __init__(self, definition: FileDefinition, context: Context) -> None:
        self.definition = definition
        self.context = context

    def __hash__(self) -> int:
        return id(self.definition)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Pair) and self.definition is other.definition and self.context == other.context
        )


@lru_cache(maxsize=8)
def _standardiser(pair: _Pair) -> "_Standardiser":
    return _Standardiser(pair.definition, pair.context)


@dataclass(slots=True)
class _Findings:
    context: Context  # of the row: its own country, else the source's
    canonical: dict[str, Json] = field(default_factory=dict)
    faults: list[ValueFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _Standardiser:
    def __init__(self, definition: FileDefinition, context: Context) -> None:
        self._fields = {declared.key: declared for declared in definition.fields}
        self._required = [declared for declared in definition.fields if declared.required]
        self._context = context
        self._abroad: dict[str, Context] = {}  # the source's context, by the country of a row

    def row(self, mapped: MappedRow) -> StandardRow:
        if holds_card(mapped.cells):
            return StandardRow(mapped.key, {}, (CARD,))
        if not mapped.key:
            return StandardRow("", {}, (NO_KEY,))
        found = _Findings(self._context)
        for refused in mapped.refused:
            found.faults.append(ValueFault(refused.field, refused.column, refused.reason, refused.remedy))
        kind, fields = self._kind_and_fields(mapped, found)
        found.canonical["kind"] = kind
        if "address" in fields and "address" in self._fields:
            self._take(self._fields["address"], kind, fields["address"], found)
            found.context = self._at_home(found.canonical)
        for name, values in fields.items():
            if name in self._fields and name != "address":
                self._take(self._fields[name], kind, values, found)
        separate_suffix(found.canonical)
        self._miss_required(kind, found)
        as_of = self._as_of(mapped.updated_at, found) if mapped.updated_at else None
        return StandardRow(mapped.key, found.canonical, tuple(found.faults), tuple(found.notes), as_of)

    def _kind_and_fields(self, mapped: MappedRow, found: _Findings) -> tuple[str, dict[str, list[RawValue]]]:
        kind = decide_kind(mapped.kind, mapped.fields)
        fields = mapped.fields
        if "full_name" in fields:
            made = name_fields(fields, kind, self._context)
            if isinstance(made, Refused):
                found.faults.append(_refusal("full_name", fields["full_name"][0], made))
            else:
                fields = fields | made
        return kind, fit_to_kind(fields, kind)

    def _take(self, declared: FieldDefinition, kind: str, values: list[RawValue], found: _Findings) -> None:
        if declared.privacy is PrivacyClass.FORBIDDEN:
            found.faults.append(ValueFault(declared.key, values[0].column, *FORBIDDEN))
            return
        if kind not in declared.applies_to:
            found.faults.append(_not_of_kind(declared, kind, values[0]))
            return
        for value in values if declared.multiple else values[:1]:
            raw = value.raw
            if type(raw) is str and len(raw) <= _LONGEST_ABSENT and is_absent(raw):
                continue
            outcome = self._outcome(declared, raw, found.context)
            if isinstance(outcome, Refused):
                found.faults.append(_refusal(declared.key, value, outcome))
                continue
            if outcome.notes:
                found.notes += [f"{declared.key}: {note}" for note in outcome.notes]
            _put(declared, outcome.value, value.use, found.canonical)

    def _at_home(self, canonical: dict[str, Json]) -> Context:
        """The context of a row: by the first of its addresses that has a country."""
        addresses = canonical.get("address")
        for address in addresses if isinstance(addresses, list) else ():
            country = address.get("country") if isinstance(address, dict) else None
            if type(country) is str:
                if country == self._context.country:
                    return self._context
                if country not in self._abroad:
                    self._abroad[country] = replace(self._context, country=country)
                return self._abroad[country]
        return self._context

    def _outcome(self, declared: FieldDefinition, raw: str | dict[str, str], own: Context) -> Outcome:
        if declared.choices:
            return standardise_choice(raw, declared.choices, self._context)
        if declared.validator:
            return standardise_pattern(raw, declared.validator, declared.validator_hint)
        if own is self._context or declared.type not in _OF_THE_COUNTRY:
            return standardise(declared.type, raw, self._context)
        outcome = standardise(declared.type, raw, own)
        if not _is_doubtful(outcome):
            return outcome
        other = standardise(declared.type, raw, self._context)
        return outcome if _is_doubtful(other) else other

    def _miss_required(self, kind: str, found: _Findings) -> None:
        for declared in self._required:
            if kind in declared.applies_to and declared.key not in found.canonical:
                reason = noted_text("{field} is required and missing.").format(field=declared.label)
                found.faults.append(ValueFault(declared.key, "", reason, noted_text("Fill it in.")))

    def _as_of(self, text: str, found: _Findings) -> datetime | None:
        outcome = standardise("instant", text, self._context)
        if isinstance(outcome, Refused):
            found.faults.append(ValueFault("updated_at", "", outcome.reason, outcome.remedy))
            return None
        return datetime.fromisoformat(str(outcome.value))


def holds_card(cells: Sequence[str | None]) -> bool:
    """Whether any cell holds a payment card number."""
    if not row_may_hold_card("\n".join([cell for cell in cells if cell])):
        return False
    return any(cell and find_card_number(cell) for cell in cells)


def _is_doubtful(outcome: Outcome) -> bool:
    """Refused, or a number that nothing could check: another country may know it."""
    return isinstance(outcome, Refused) or any(note.startswith(UNCHECKED) for note in outcome.notes)


def _put(declared: FieldDefinition, value: Json, use: str, canonical: dict[str, Json]) -> None:
    if declared.multiple:
        entry: dict[str, Json] = value if isinstance(value, dict) else {"value": value}
        _add_entry(canonical, declared.key, entry, use)
    elif isinstance(value, dict) and "organisation_name" in value:
        _put_organisation(declared.key, value, canonical)
    else:
        canonical[declared.key] = value


def _add_entry(canonical: dict[str, Json], key: str, entry: dict[str, Json], use: str) -> None:
    """A value that comes twice is kept once, with the first use that is known."""
    entries = canonical.setdefault(key, [])
    assert isinstance(entries, list)
    bare = {name: part for name, part in entry.items() if name != "use"}
    use = use or str(entry.get("use", ""))
    for known in entries:
        if isinstance(known, dict) and {name: part for name, part in known.items() if name != "use"} == bare:
            if use:
                known.setdefault("use", use)
            return
    entries.append({**bare, "use": use} if use else bare)


def _put_organisation(key: str, value: dict[str, Json], canonical: dict[str, Json]) -> None:
    if key == "organisation_name":
        for part, text in value.items():
            canonical.setdefault(part, text)
    else:
        canonical[key] = " ".join(str(text) for text in value.values())


def _refusal(key: str, value: RawValue, outcome: Refused) -> ValueFault:
    return ValueFault(key, value.column, outcome.reason, outcome.remedy)


def _not_of_kind(declared: FieldDefinition, kind: str, value: RawValue) -> ValueFault:
    lacks = noted_text("A person has no {field}." if kind == PERSON else "An organisation has no {field}.")
    remedy = noted_text('Correct the kind of this customer, or map "{column}" to another field.')
    reason = lacks.format(field=declared.label.lower())
    return ValueFault(declared.key, value.column, reason, remedy.format(column=value.column))
