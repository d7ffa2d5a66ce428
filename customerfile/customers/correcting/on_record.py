"""What there is of each field of a customer: the golden values, and what else is on record, each to be pointed at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from django.db import connection

from customerfile.access.sight import Sight
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId
from customerfile.customers.correcting.changes import field_mark, mark_of
from customerfile.customers.golden.corrections import values_of
from customerfile.customers.golden.shown import shown_text
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FieldDefinition, PrivacyClass


@dataclass(frozen=True, slots=True)
class Pointed:
    """A golden value. `text` is how it could be typed, `parts` those of an address; None where it is sealed."""

    mark: str
    shown: str
    text: str | None
    parts: Mapping[str, str]
    use: str


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A value that is on record and not among the golden ones: the records that say it, the most recent first."""

    mark: str
    shown: str
    records: tuple[str, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class FieldOnRecord:
    """`mark` is another one as soon as the golden values are others."""

    definition: FieldDefinition
    mark: str
    golden: tuple[Pointed, ...]
    others: tuple[OnRecord, ...]


def fields_on_record(customer: CustomerId, *, sight: Sight) -> dict[str, FieldOnRecord]:
    """The fields of the definition that this person sees, by key. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "said_of_fields"), {"customer": customer})
        rows = cursor.fetchall()
    golden: dict[str, Any] = orjson.loads(rows[0][3]) if rows else {}
    said = [(f"{source} {key}", as_of, orjson.loads(values)) for source, key, as_of, values in rows[1:]]
    return {
        field.key: FieldOnRecord(
            field,
            field_mark(values_of(golden.get(field.key))),
            tuple(_pointed(value, field) for value in values_of(golden.get(field.key))),
            _others(field, golden, said) if sight.shows_records else (),
        )
        for field in current_definition().fields
        if sight.shows(field.key)
    }


def _others(
    field: FieldDefinition, golden: Mapping[str, Any], said: list[tuple[str, datetime, dict[str, Any]]]
) -> tuple[OnRecord, ...]:
    chosen = {mark_of(value) for value in values_of(golden.get(field.key))}
    found: dict[str, OnRecord] = {}
    for record, as_of, values in said:
        for value in values_of(values.get(field.key)):
            mark = mark_of(value)
            if mark in found:
                found[mark] = replace(found[mark], records=(*found[mark].records, record))
            elif mark not in chosen:
                found[mark] = OnRecord(mark, shown_text(value, field), (record,), as_of)
    return tuple(found.values())


def _pointed(value: Any, field: FieldDefinition) -> Pointed:
    use = str(value.get("use", "")) if isinstance(value, dict) else ""
    if field.privacy is PrivacyClass.SEALED or (isinstance(value, dict) and "masked" in value):
        return Pointed(mark_of(value), shown_text(value, field), None, {}, use)
    if field.type == "address":
        parts = {key: str(part) for key, part in value.items() if isinstance(part, str)}
        return Pointed(mark_of(value), shown_text(value, field), "", parts, use)
    return Pointed(mark_of(value), shown_text(value, field), _typed(value), {}, use)


def _typed(value: Any) -> str:
    """How a value could be typed."""
    if isinstance(value, dict) and "amount" in value:
        return f"{value['amount']} {value.get('currency', '')}".strip()
    if isinstance(value, dict):
        return str(value.get("value", ""))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
