"""Deliveries that come whole within one transaction: any number are written at once, when all of their rows are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson
from django.db import connection

from customerfile.audit.operations import record_all
from customerfile.base.bulk import Cursor, write_rows
from customerfile.base.database import one_row, statement
from customerfile.base.ids import DeliveryId, SourceId
from customerfile.sources.operations import Counts, FoundSource, NewDelivery
from customerfile.sources.source_kinds import SourceKind
from customerfile.webhooks.messages import MessageType
from customerfile.webhooks.outbox import put_in_outbox

_COLUMNS = (
    "id", "source_id", "file_name", "file_digest", "file_bytes", "kind_as", "mapping", "detected",
    "state", "started_at", "finished_at", "by", "message",
)  # fmt: skip
_TOLD = ("rows", "created", "updated", "unchanged", "rejected")


@dataclass(frozen=True, slots=True)
class ReceivedDelivery:
    """A delivery with what became of its rows."""

    id: DeliveryId
    new: NewDelivery
    by: str
    counts: Counts


def find_source(key: str) -> FoundSource | None:
    """The source with this key, where there is one."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        row = one_row(connection.connection, statement(__package__, "find_source"), (key,))
    if row is None:
        return None
    number, priority, has_one_each, kind = row
    return FoundSource(SourceId(number), priority, False, has_one_each, SourceKind(kind))


def ask_delivery_ids(cursor: Cursor, count: int) -> Callable[[], list[DeliveryId]]:
    """Numbers of deliveries to come, once they are there."""
    asked = cursor.ask("SELECT nextval('delivery_id_seq') FROM generate_series(1, %s)", (count,))
    return lambda: [DeliveryId(id_) for (id_,) in asked.rows()]


def store_received(cursor: Cursor, received: Sequence[ReceivedDelivery], *, at: datetime) -> None:
    """Write deliveries with their counts and their one chunk each, and tell of them, last of all in a transaction."""
    counted = asdict(Counts())
    write_rows(cursor, "delivery", (*_COLUMNS, *counted), [_row(each, at) for each in received])
    write_rows(
        cursor,
        "delivery_chunk",
        ("delivery_id", "number", "rows", "committed_at"),
        [(each.id, 0, each.counts.rows, at) for each in received],
    )
    told = [{"delivery": each.id, **_told(each.counts)} for each in received]
    put_in_outbox(cursor, MessageType.DELIVERY_FINISHED, told, at=at)
    record_all(cursor, "sources.delivery.finished", list(_entries(received)), at=at)


def _row(each: ReceivedDelivery, at: datetime) -> tuple[object, ...]:
    new = each.new
    return (
        each.id, new.source_id, new.file_name, new.file_digest, new.file_bytes, new.kind_as, new.mapping,
        orjson.dumps(dict(new.detected)).decode(), "finished", at, at, each.by, "",
        *asdict(each.counts).values(),
    )  # fmt: skip


def _entries(received: Sequence[ReceivedDelivery]) -> Iterator[tuple[str, str, dict[str, int]]]:
    for each in received:
        yield each.by, f"delivery:{each.id}", _told(each.counts)


def _told(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in _TOLD}
