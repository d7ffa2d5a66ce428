"""Reads of the timeline: the events hung on some records, page by page, and what they come to.

Callers pass the records of one customer. Each call is one statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
from django.db import connection

from customerfile.access.sight import EVENTS, Sight
from customerfile.base.database import statement
from customerfile.base.ids import EventId, RecordId
from customerfile.definition.queries import current_definition
from customerfile.timeline.summary import summary_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BEYOND_ALL = (datetime(9999, 1, 1, tzinfo=UTC), 2**63 - 1)


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One event. `currency` is "XXX" where the delivered amount named none."""

    id: EventId
    occurred_at: datetime
    name: str
    label: str
    category: str
    amount: Decimal | None
    currency: str
    quantity: Decimal | None
    summary: str
    properties: dict[str, Any]
    source_key: str
    key: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events, the newest first. `next` is the cursor for `before`; "" at the end."""

    events: tuple[TimelineEvent, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Totals:
    """What purchases come to. `amounts`: (currency, purchases, returns); returns are positive sums."""

    order_count: int
    return_count: int
    first_at: datetime | None
    last_at: datetime | None
    amounts: tuple[tuple[str, Decimal, Decimal], ...]


def events_of(
    record_ids: Sequence[RecordId], *, sight: Sight, limit: int = 20, before: str = ""
) -> EventPage:
    """The events of these records; none for those who see none. A cursor that means nothing starts at the newest."""
    if not sight.shows(EVENTS):
        return EventPage((), "")
    until, below = _read_cursor(before)
    labels = {event_type.name: event_type.label for event_type in current_definition().event_types}
    parameters = {"records": list(record_ids), "until": until, "below": below, "rows": limit + 1}
    rows = _rows("find_events", parameters)
    events = tuple(_event(row, labels.get(row[2], row[2])) for row in rows[:limit])
    return EventPage(events, _cursor(events[-1]) if len(rows) > limit else "")


def event_count(record_ids: Sequence[RecordId]) -> int:
    """How many events hang on these records."""
    return int(_rows("count_events", (list(record_ids),))[0][0])


def totals_of(record_ids: Sequence[RecordId], *, sight: Sight) -> Totals:
    """Counts and sums over all purchases of these records; over none for those who see no events."""
    if not sight.shows(EVENTS):
        record_ids = ()
    rows = _rows("find_totals", (list(record_ids),))
    return Totals(
        order_count=sum(row[1] for row in rows),
        return_count=sum(row[2] for row in rows),
        first_at=min((row[5] for row in rows), default=None),
        last_at=max((row[6] for row in rows), default=None),
        amounts=tuple((row[0], row[3], row[4]) for row in rows if row[0]),
    )


def _event(row: Sequence[Any], label: str) -> TimelineEvent:
    id_, occurred_at, name, category, amount, currency, quantity, packed, source_key, key = row
    properties: dict[str, Any] = orjson.loads(packed)
    return TimelineEvent(
        EventId(id_), occurred_at, name, label, category, amount, currency, quantity,
        summary_of(properties), properties, source_key, key,
    )  # fmt: skip


def _cursor(event: TimelineEvent) -> str:
    return f"{(event.occurred_at - _EPOCH) // timedelta(microseconds=1)}.{event.id}"


def _read_cursor(cursor: str) -> tuple[datetime, int]:
    moment, _, id_ = cursor.partition(".")
    try:
        return _EPOCH + timedelta(microseconds=int(moment)), min(int(id_), _BEYOND_ALL[1])
    except (ValueError, OverflowError):
        return _BEYOND_ALL


def _rows(name: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
