"""A first mapping for an unknown file: from known exports, else from column names and from the values.

A proposal is a guess with reasons. What it does not understand it leaves out; the raw record keeps all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel.numbers import get_territory_currencies

from customerfile.base.told import told
from customerfile.definition.schema import FieldDefinition, FileDefinition
from customerfile.sources.agreement_columns import kind_of_all, with_terms
from customerfile.sources.column_choice import Choice, choose_columns
from customerfile.sources.key_choice import choose_key
from customerfile.sources.kind_choice import guess_kind
from customerfile.sources.known_systems import KnownSystem, recognise_system
from customerfile.sources.mapping import PSEUDO_FIELDS, ColumnMapping, Mapping
from customerfile.sources.rows import RawRow
from customerfile.sources.targets import parse_target
from customerfile.sources.value_signs import Signs, read_signs
from customerfile.values.dates import detect_date_order

_SIGNED_ROWS = 1000
_DATED = (
    *("birth_date", "order.at", "event.at", "updated_at"),
    *("agreement.opened_on", "agreement.closed_on", "agreement.due_on", "agreement.balance_on"),
)


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    column: str
    targets: tuple[str, ...]  # () where the column stays in the raw record only
    confidence: float  # 0..1
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    mapping: Mapping
    columns: tuple[ProposedColumn, ...]  # every column of the file, in its order
    kind_as: str
    kind_confidence: float
    system: str = ""  # the known system that wrote the file
    notes: tuple[str, ...] = ()

    @property
    def unmapped(self) -> tuple[str, ...]:
        return tuple(one.column for one in self.columns if not one.targets)


def propose_mapping(
    columns: tuple[str, ...],
    sample_rows: Sequence[RawRow],
    *,
    definition: FileDefinition | None = None,
    country: str = "",
    kind_as: str | None = None,
) -> Proposal:
    """From the column names and up to 1,000 rows. Without a definition, fields of every pack are taken as
    declared.
    """
    rows = [row.values for row in sample_rows[:_SIGNED_ROWS] if not row.fault]
    cells = {column: [row[place] for row in rows] for place, column in enumerate(columns)}
    signs = {column: read_signs(values) for column, values in cells.items()}
    system = recognise_system(columns) if kind_as in (None, "customers") else None
    kind, certainty = ("customers", 1.0) if system is not None else guess_kind(columns, signs)
    kind, certainty = (kind_as, 1.0) if kind_as else (kind, certainty)
    chosen = _chosen(columns, signs, kind, system=system, definition=definition)
    key = choose_key(columns, signs, chosen, section=kind, wanted=system)
    chosen = key.settle(chosen)
    mapping = Mapping(
        kind_as=kind,
        key=key.columns,
        columns=tuple(one.mapping for one in chosen if one.mapping.targets),
        generated_key=key.is_generated,
        country=country,
        date_order=_date_order(chosen, cells),
        currency=_currency(kind, country),
        constants=_constants(system, chosen) | _kind(kind, chosen, definition),
    )
    name = system.name if system is not None else ""
    return Proposal(mapping, tuple(map(_proposed, chosen)), kind, certainty, name, key.notes)


def _chosen(
    columns: tuple[str, ...],
    signs: dict[str, Signs],
    kind: str,
    *,
    system: KnownSystem | None,
    definition: FileDefinition | None,
) -> list[Choice]:
    fields = definition.fields if definition is not None else ()
    if system is not None:
        chosen = _of_system(system, columns)
    else:
        chosen = choose_columns(columns, signs, section=kind, fields=() if kind == "agreements" else fields)
        if kind == "agreements" and definition is not None:
            chosen = with_terms(chosen, definition)
    return chosen if definition is None else _declared_only(chosen, fields)


def _of_system(system: KnownSystem, columns: tuple[str, ...]) -> list[Choice]:
    found = [(column, system.column(column)) for column in columns]
    reason, none = told("{system} export", system=system.name), told("not of use in a customer file")
    return [
        Choice(column, known or ColumnMapping(column, (), confidence=0.0), reason if known else none)
        for column, known in found
    ]


def _declared_only(chosen: list[Choice], fields: tuple[FieldDefinition, ...]) -> list[Choice]:
    known = {field.key for field in fields} | PSEUDO_FIELDS
    settled = []
    for one in chosen:
        parsed = [(text, parse_target(text)) for text in one.mapping.targets]
        kept = tuple(text for text, target in parsed if not target.declared or target.field in known)
        if len(kept) < len(parsed):
            reason = one.reason if kept else told("the file definition declares no such field")
            one = Choice(one.column, replace(one.mapping, targets=kept), reason)
        settled.append(one)
    return settled


def _date_order(chosen: list[Choice], cells: dict[str, list[str | None]]) -> str:
    """What the date columns prove; "" where nothing is proved, and the country decides."""
    dated = [one.column for one in chosen if any(text in _DATED for text in one.mapping.targets)]
    orders = {detect_date_order(cell for cell in cells[column] if cell) for column in dated} - {""}
    return orders.pop() if len(orders) == 1 else ""


def _currency(kind: str, country: str) -> str:
    if kind == "customers" or not country:
        return ""
    found = get_territory_currencies(country.upper())
    return str(found[0]) if found else ""


def _kind(section: str, chosen: list[Choice], definition: FileDefinition | None) -> dict[str, str]:
    return kind_of_all(chosen, definition) if section == "agreements" and definition else {}


def _constants(system: KnownSystem | None, chosen: list[Choice]) -> dict[str, str]:
    """The system's own, for values that this file has."""
    targets = {text for one in chosen for text in one.mapping.targets}
    known = system.constants.items() if system is not None else ()
    return {target: value for target, value in known if target.rpartition(".")[0] in targets}


def _proposed(one: Choice) -> ProposedColumn:
    confidence = one.mapping.confidence if one.mapping.targets else 0.0
    return ProposedColumn(one.column, one.mapping.targets, round(confidence, 2), one.reason)
