"""Reads of the customer file: the list, one customer now or on a past date, why a record is linked.

Every call costs a fixed number of statements, whatever it finds.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from django.db import connection

from customerfile.access.sight import Sight, branch_names
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.base.told import told
from customerfile.customers import search
from customerfile.customers.customer_file import (
    ContactStatus,
    CustomerFile,
    CustomerSummary,
    GoldenField,
    GoldenValue,
    LinkExplanation,
    ShownCorrection,
    ShownIdentifier,
    SourceRecord,
)
from customerfile.customers.errors import UnknownCustomer, UnknownRecord
from customerfile.customers.golden.corrections import values_of
from customerfile.customers.golden.provenance import Stand
from customerfile.customers.golden.shown import golden_fields, origin_ids, shown_text
from customerfile.customers.number import customer_number, is_customer_number
from customerfile.customers.record_names import record_origins
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.resolution.reasons import stored_reasons
from customerfile.customers.search import findable
from customerfile.customers.search.findable import NAME_FIELDS
from customerfile.customers.summaries import summary_of
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FieldDefinition, FileDefinition

__all__ = [
    "CustomerFile",
    "CustomerPage",
    "CustomerSummary",
    "GoldenField",
    "GoldenValue",
    "LinkExplanation",
    "SourceRecord",
    "corrections_on",
    "customer_file",
    "customer_list",
    "explain_link",
    "full_number",
    "summaries",
    "unknown_customer",
]

_COUNTED_EXACTLY = 2000
_BEYOND_ALL = 2**63 - 1


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """A page of the list by name. `next` and `previous` are for `after` and `before`; "" where it ends."""

    customers: tuple[CustomerSummary, ...]
    next: str
    previous: str
    total_estimate: int


def customer_list(
    *, sight: Sight, after: str = "", before: str = "", last: bool = False, limit: int = 50
) -> CustomerPage:
    """The active customers in the order of their names, of their numbers for those who see no names.

    A cursor that means nothing: the first page.
    """
    backwards = last or (bool(before) and not after)
    anchor = _BEYOND_ALL if last else _anchor(before if backwards else after)
    order = "page" if sight.shows(*NAME_FIELDS) else "numbers"
    name = f"find_{order}_{'before' if backwards else 'after'}"
    branches = branch_names(sight)
    rows = _rows(name, {"anchor": anchor, "rows": limit + 1, "branches": branches})
    found = [summary_of(row, sight) for row in rows[:limit]]
    has_more = len(rows) > limit
    if backwards:
        found.reverse()
    has_next, has_previous = (not last, has_more) if backwards else (has_more, anchor > 0)
    return CustomerPage(
        customers=tuple(found),
        next=str(found[-1].id) if found and has_next else "",
        previous=str(found[0].id) if found and has_previous else "",
        total_estimate=_total(branches),
    )


def customer_file(number: str, *, sight: Sight, on: datetime | None = None) -> CustomerFile:
    """The customer this number leads to, now or as the file stood at a moment. Raises UnknownCustomer."""
    row = next(iter(_rows("find_file", (full_number(number),))), None)
    if row is None or not sight.meets(row[9]):
        raise unknown_customer(number)
    golden, asked_id, state, _, provenance, since, aliases = row[6:13]
    summary = summary_of(row, sight)
    if state != "active" and on is None:
        raise UnknownCustomer(
            told(
                "Customer {number} was withdrawn: no record stands under it any more.", number=summary.number
            )
        )
    past = _rows("find_past", {"ids": [summary.id, asked_id], "on": on})
    now = Stand(orjson.loads(golden), orjson.loads(provenance), since)
    stand = now if on is None else _stand_on(on, number, now, past, (asked_id, summary.id))
    stand = replace(stand, values=sight.part_of(stand.values))
    definition = current_definition()
    records = tuple(_source_record(found, sight) for found in _rows("find_records", (summary.id,)))
    return CustomerFile(
        summary=summary,
        asked_number=full_number(number),
        since=since,
        fields=golden_fields(stand, definition, _origins(stand, sight)),
        contact_points=_contact_points(summary.id, stand),
        identifiers=_identifiers(stand, definition),
        records=records,
        aliases=tuple(aliases or ()),
        history=tuple((valid_from, valid_to) for id_, valid_from, valid_to, *_ in past if id_ == summary.id),
        on=on,
        corrections=_corrections([each.record_id for each in records], definition, sight, on),
        in_part=not sight.shows_all,
    )


def corrections_on(records: Sequence[RecordId]) -> tuple[int, ...]:
    """All that was ever corrected on these records, the oldest first."""
    return tuple(id_ for (id_,) in _rows("find_corrections_ever", (list(records),)))


def summaries(customers: Collection[CustomerId], *, sight: Sight) -> dict[CustomerId, CustomerSummary]:
    """Of these customers, those that are active and shown."""
    if not customers:
        return {}
    asked = {"ids": sorted(customers), "branches": branch_names(sight)}
    rows = _rows("find_summaries", asked, package=search.__name__)
    return {found.id: found for found in (summary_of(row, sight) for row in rows)}


def explain_link(record_id: RecordId) -> LinkExplanation:
    """Why this record stands under its customer, the weightiest reason first. Raises UnknownRecord."""
    row = next(iter(_rows("find_link", (record_id,))), None)
    if row is None:
        raise UnknownRecord(told("Record {record} is linked to no customer.", record=record_id))
    cause, weight, _, source_key, key, levels, scored_by = row
    reasons = stored_reasons(levels, scored_by, current_model())
    return LinkExplanation(cause, weight, _named(source_key, key), reasons)


def full_number(text: str) -> str:
    """A customer number as it is stored, whatever leading zeros and blanks it was typed with."""
    return "".join(text.split()).upper().zfill(len(customer_number(0)))


def unknown_customer(number: str) -> UnknownCustomer:
    """What to say of a number that leads to no customer."""
    if is_customer_number(full_number(number)):
        return UnknownCustomer(told("There is no customer {number}.", number=full_number(number)))
    return UnknownCustomer(
        told("{number} is not a customer number: its check character does not fit.", number=number),
        "Check it for a mistyped digit.",
    )


def _stand_on(
    on: datetime, number: str, now: Stand, past: Sequence[Any], preferred: Sequence[CustomerId]
) -> Stand:
    """What was said at a moment: under the number asked for, else under the one that took it over."""
    stood = {
        row[0]: Stand(orjson.loads(row[3]), orjson.loads(row[4]), row[1])
        for row in past
        if row[3] is not None
    }
    for customer in preferred:
        if customer in stood and stood[customer].values:
            return stood[customer]
    if not stood and now.since <= on and now.values:
        return now
    raise UnknownCustomer(
        told(
            "Customer {number} was not in the file on {moment:%Y-%m-%d %H:%M}.",
            number=full_number(number),
            moment=on,
        )
    )


def _contact_points(customer: CustomerId, stand: Stand) -> tuple[ContactStatus, ...]:
    known = {(row[0], row[1]): row[3:5] for row in _rows("find_contacts", (customer,))}
    return tuple(
        ContactStatus(
            found.channel, found.value, found.use, *known.get((found.channel, found.value), ("", None))
        )
        for found in findable.contacts(stand.values)
    )


def _corrections(
    records: list[RecordId], definition: FileDefinition, sight: Sight, on: datetime | None
) -> tuple[ShownCorrection, ...]:
    declared = {field.key: field for field in definition.fields}
    return tuple(
        ShownCorrection(
            id_,
            field,
            declared[field].label if field in declared else field,
            _shown_all(value, declared.get(field)),
            _shown_all(was, declared.get(field)),
            by,
            at,
            note,
        )
        for id_, field, value, was, note, by, at in _rows("find_corrections", {"records": records, "on": on})
        if sight.shows(field)
    )


def _shown_all(value: str | None, field: FieldDefinition | None) -> tuple[str, ...]:
    return tuple(shown_text(item, field) for item in values_of(orjson.loads(value) if value else None))


_CONTACT_FIELDS = ("email", "phone", "address")


def _identifiers(stand: Stand, definition: FileDefinition) -> tuple[ShownIdentifier, ...]:
    labels = {
        field.key: field.label
        for field in definition.fields
        if (field.search == "identifier" or field.match.value.endswith("identifier"))
        and field.key not in _CONTACT_FIELDS
    }
    found = findable.identifiers(stand.values, labels)
    return tuple(ShownIdentifier(each.field, labels[each.field], each.scheme, each.shown) for each in found)


def _origins(stand: Stand, sight: Sight) -> Mapping[RecordId, tuple[str, str]]:
    """Source and key of the records behind what is shown; no keys where whole records are not shown."""
    found = record_origins(origin_ids(stand))
    if sight.shows_records:
        return found
    return {record: (source, "") for record, (source, _) in found.items()}


def _source_record(row: Sequence[Any], sight: Sight) -> SourceRecord:
    (
        id_,
        source_key,
        source_name,
        key,
        raw,
        as_of,
        changed_at,
        version,
        since,
        weight,
        cause,
        matched,
        *other,
    ) = row
    return SourceRecord(
        record_id=RecordId(id_),
        source_key=source_key,
        source_name=source_name,
        key=key if sight.shows_records else "",
        raw=orjson.loads(raw) if sight.shows_records else {},
        as_of=as_of,
        changed_at=changed_at,
        version=version,
        linked_since=since,
        weight=weight if sight.shows_records else None,
        cause=cause,
        matched_record_id=matched,
        matched_with=_named(*other) if sight.shows_records else "",
    )


def _named(source_key: str | None, key: str | None) -> str:
    return f"{source_key} {key}" if source_key and key else ""


def _anchor(cursor: str) -> int:
    return int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 19 else 0


def _total(branches: list[str] | None) -> int:
    if branches is not None:
        return int(_rows("count_of_branches", {"branches": branches})[0][0])
    counted, estimated = _rows("find_total", {"few": _COUNTED_EXACTLY + 1})[0]
    return int(counted) if counted <= _COUNTED_EXACTLY else max(int(counted), int(estimated))


def _rows(name: str, parameters: Any, *, package: str = __package__) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(package, name), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
