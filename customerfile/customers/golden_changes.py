"""What changed in customers' golden records, old and new, read from their history: the ledger holds no such value.

So what is erased from the history is erased from here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from django.db import connection

from customerfile.access.sight import Sight, branch_names
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.customer_file import GoldenField
from customerfile.customers.golden.provenance import Stand
from customerfile.customers.golden.shown import golden_fields, origin_ids
from customerfile.customers.number import customer_number
from customerfile.customers.record_names import record_origins
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FileDefinition

MOST = 500

type Places = Mapping[RecordId, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as text; () where it held nothing. `because`: the records the new values are from."""

    key: str
    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldenChange:
    """A moment at which a customer's golden record became another one. `fields` are those that somebody may see.

    `by` brought or judged what made it so, by this delivery; "" and None where that cannot be told any more.
    """

    customer_id: CustomerId
    number: str
    at: datetime
    by: str
    delivery: int | None
    fields: tuple[FieldChange, ...]


def golden_changes(
    customers: Collection[int], *, sight: Sight, after: datetime, until: datetime, by: str = ""
) -> tuple[GoldenChange, ...]:
    """The changes behind one moment and up to another, the newest first, by one person or ("") by anybody.

    Changes of hidden fields alone are left out. Of very many, the newest MOST are given.
    """
    asked: dict[str, Any] = {"ids": list(customers), "after": after, "until": until, "by": by, "limit": MOST}
    asked |= {"branches": branch_names(sight)}
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "find_golden_changes"), asked)
        rows = cursor.fetchall()
    pairs = [_stands(row, sight) for row in rows]
    places = _places([new for _, new in pairs], sight)
    definition = current_definition()
    found = (
        GoldenChange(
            row[0],
            customer_number(row[0]),
            row[1],
            row[6] or "",
            row[7],
            tuple(_differences(*pair, definition, places)),
        )
        for row, pair in zip(rows, pairs, strict=True)
    )
    return tuple(change for change in found if change.fields)


def _stands(row: Sequence[Any], sight: Sight) -> tuple[Stand, Stand]:
    at = row[1]
    old_values, old_origins, new_values, new_origins = map(orjson.loads, row[2:6])
    return _stand(old_values, old_origins, at, sight), _stand(new_values, new_origins, at, sight)


def _stand(values: dict[str, Any], provenance: dict[str, Any], at: datetime, sight: Sight) -> Stand:
    stand = Stand(values, provenance, at)
    return replace(stand, values=sight.part_of(stand.values))


def _places(stands: Sequence[Stand], sight: Sight) -> Places:
    if not sight.shows_records:
        return {}
    return record_origins({record for stand in stands for record in origin_ids(stand)})


def _differences(old: Stand, new: Stand, definition: FileDefinition, places: Places) -> Iterator[FieldChange]:
    before = {field.key: field for field in golden_fields(old, definition, {})}
    after = {field.key: field for field in golden_fields(new, definition, places)}
    for key, field in (before | after).items():
        if old.values.get(key) != new.values.get(key):
            was, is_now = before.get(key), after.get(key)
            yield FieldChange(key, field.label, _texts(was), _texts(is_now), _records(is_now))


def _texts(field: GoldenField | None) -> tuple[str, ...]:
    return tuple(value.shown for value in field.values) if field else ()


def _records(field: GoldenField | None) -> tuple[str, ...]:
    named = [f"{value.origin_source} {value.origin_key}" for value in field.values] if field else []
    return tuple(dict.fromkeys(name for name in named if name.strip()))
