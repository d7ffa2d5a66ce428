"""Puts events on the timeline exactly once: a source's key names an event, its digest says whether it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson

from customerfile.base.bulk import Cursor, next_ids, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import EventId, RecordId
from customerfile.sources.staging import Arrival
from customerfile.timeline.partitions import ensure_months


@dataclass(frozen=True, slots=True)
class ReadyEvent:
    """An event ready to be recorded. `rows` is how many delivered rows it was made of; `record_id` None: of nobody."""

    key: str
    record_id: RecordId | None
    name: str
    category: str
    occurred_at: datetime
    amount: Decimal | None
    currency: str
    quantity: Decimal | None
    properties: bytes  # JSON object
    digest: int
    rows: int


@dataclass(frozen=True, slots=True)
class RecordedEvents:
    """Delivered rows by what became of their events."""

    created: int
    updated: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class _Known:
    event_id: EventId
    digest: int


def record_events(cursor: Cursor, events: Sequence[ReadyEvent], *, arrival: Arrival) -> RecordedEvents:
    """Record events in the caller's transaction. Keys are distinct within `events`."""
    known = _known(cursor, events, arrival)
    new = [event for event in events if event.key not in known]
    changed = [event for event in events if event.key in known and known[event.key].digest != event.digest]
    ensure_months(cursor, [event.occurred_at for event in new + changed])
    _add(cursor, new, arrival)
    _replace(cursor, changed, known, arrival)
    done = _rows(new) + _rows(changed)
    return RecordedEvents(_rows(new), _rows(changed), _rows(events) - done)


def _known(cursor: Cursor, events: Sequence[ReadyEvent], arrival: Arrival) -> dict[str, _Known]:
    found = cursor.ask(
        statement(__package__, "known_events"), (arrival.source_id, [event.key for event in events])
    )
    return {row[0]: _Known(EventId(row[1]), row[3]) for row in found.rows()}


_EVENT = (
    "id", "occurred_at", "record_id", "source_id", "key", "name", "category", "amount", "currency", "quantity",
    "properties", "delivery_id",
)  # fmt: skip
_KEY = ("source_id", "key", "event_id", "occurred_at", "digest", "rows", "version", "delivery_id")


def _add(cursor: Cursor, events: Sequence[ReadyEvent], arrival: Arrival) -> None:
    ids = [EventId(id_) for id_ in next_ids(cursor, "event_id_seq", len(events))]
    numbered = list(zip(ids, events, strict=True))
    write_rows(cursor, "event", _EVENT, [_event_row(id_, event, arrival) for id_, event in numbered])
    write_rows(
        cursor,
        "event_key",
        _KEY,
        [
            (
                arrival.source_id,
                event.key,
                id_,
                event.occurred_at,
                event.digest,
                event.rows,
                1,
                arrival.delivery_id,
            )
            for id_, event in numbered
        ],
    )


def _replace(
    cursor: Cursor, events: Sequence[ReadyEvent], known: Mapping[str, _Known], arrival: Arrival
) -> None:
    if not events:
        return
    named = {
        "source": arrival.source_id,
        "keys": [event.key for event in events],
        "delivery": arrival.delivery_id,
    }
    cursor.execute(statement(__package__, "keep_event_versions"), named)
    cursor.execute(statement(__package__, "remove_events"), named)
    write_rows(
        cursor, "event", _EVENT, [_event_row(known[event.key].event_id, event, arrival) for event in events]
    )
    rows = [
        {"key": e.key, "occurred_at": e.occurred_at.isoformat(), "digest": e.digest, "rows": e.rows}
        for e in events
    ]
    cursor.execute(statement(__package__, "update_event_keys"), named | {"rows": orjson.dumps(rows).decode()})


def _event_row(id_: EventId, event: ReadyEvent, arrival: Arrival) -> tuple[Any, ...]:
    return (
        id_, event.occurred_at, event.record_id, arrival.source_id, event.key, event.name, event.category, event.amount,
        event.currency, event.quantity, event.properties.decode(), arrival.delivery_id,
    )  # fmt: skip


def _rows(events: Sequence[ReadyEvent]) -> int:
    return sum(event.rows for event in events)
