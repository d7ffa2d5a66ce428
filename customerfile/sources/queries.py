"""Reads of sources and deliveries: what arrived, what became of it, what was refused and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import connection

from customerfile.base.clock import now
from customerfile.base.database import statement
from customerfile.base.ids import DeliveryId, RecordId, SourceId
from customerfile.base.told import told
from customerfile.sources.errors import UnknownDelivery

_BEYOND_ALL = 2**63 - 1
_REJECTS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """One delivery. `seconds` grows while it is running."""

    id: DeliveryId
    source_key: str
    source_name: str
    file_name: str
    file_digest: str
    file_bytes: int
    kind_as: str
    state: str  # running, finished, failed, undone
    started_at: datetime
    finished_at: datetime | None
    by: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    customers_created: int
    records_joined: int
    customers_merged: int
    value_faults: int
    nobody_rows: int
    quarantined: int  # of those rejected, whatever became of them since
    message: str
    mapping: str
    detected: dict[str, Any]
    seconds: float
    rows_per_second: float


@dataclass(frozen=True, slots=True)
class Reject:
    """A row, or one value of a row (`scope`), that was refused. `id` is the cursor for `after`."""

    id: int
    line: int
    scope: str
    key: str
    field: str
    text: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A source, with its last delivery where there was one."""

    id: SourceId
    key: str
    name: str
    origin: str
    priority: int
    country: str
    one_record_per_customer: bool
    kind: str  # customers, reference, watch_list
    created_at: datetime
    last_delivery_id: DeliveryId | None
    last_finished_at: datetime | None


def deliveries(*, before_id: int | None = None, limit: int = 50) -> tuple[DeliveryReport, ...]:
    """Deliveries, the newest first; those before one where `before_id` is given."""
    rows = _rows("find_deliveries", (_BEYOND_ALL if before_id is None else before_id, limit))
    return tuple(_report(row) for row in rows)


def delivery(delivery_id: int) -> DeliveryReport:
    """One delivery. Raises UnknownDelivery."""
    for row in _rows("find_delivery", (delivery_id,)):
        return _report(row)
    raise UnknownDelivery(
        told("There is no delivery {number}.", number=delivery_id), "List them with: customerfile deliveries"
    )


def deliveries_of(records: Sequence[RecordId]) -> tuple[DeliveryId, ...]:
    """The deliveries that brought these records or changed them since, the oldest first."""
    return tuple(DeliveryId(row[0]) for row in _rows("deliveries_of_records", {"records": list(records)}))


def rejects(delivery_id: int, *, after: int = 0, limit: int = 100) -> tuple[Reject, ...]:
    """What a delivery refused, in file order, behind the reject `after`."""
    return tuple(Reject(*row) for row in _rows("find_rejects", (delivery_id, after, limit)))


def all_rejects(delivery_id: int) -> Iterator[Reject]:
    """Everything a delivery refused, read in parts as it is consumed."""
    after = 0
    while part := rejects(delivery_id, after=after, limit=_REJECTS_AT_ONCE):
        yield from part
        after = part[-1].id


def sources() -> tuple[SourceReport, ...]:
    """Every source, by key."""
    return tuple(SourceReport(*row) for row in _rows("find_sources", ()))


def _report(row: Sequence[Any]) -> DeliveryReport:
    started_at, finished_at, count = row[8], row[9], row[11]
    seconds = max(((finished_at or now()) - started_at).total_seconds(), 0.0)
    rate = count / seconds if seconds else 0.0
    return DeliveryReport(*[*row[:-1], orjson.loads(row[-1]), seconds, rate])


def _rows(name: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
