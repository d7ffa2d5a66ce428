"""Reads of the timeline: the events and notes hung on some records, page by page, and what they come to.

Callers pass the records of one customer. Each call is one statement.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
from django.db import connection
from django.utils.timezone import get_current_timezone_name

from customerfile.access.sight import EVENTS, Sight
from customerfile.base.database import statement
from customerfile.base.ids import EventId, RecordId
from customerfile.base.told import told
from customerfile.customers.bounded import stopped_after
from customerfile.definition.queries import current_definition
from customerfile.timeline.errors import TimelineTooSlow
from customerfile.timeline.event_filter import EVERYTHING, EventFilter, filter_parameters
from customerfile.timeline.overview import Overview, Totals, overview_from
from customerfile.timeline.partitions import is_in_range
from customerfile.timeline.summary import summary_of

__all__ = [
    "EventPage",
    "Overview",
    "TimelineEvent",
    "Totals",
    "event_count",
    "events_of",
    "from_place",
    "overview_of",
    "place_at",
    "place_of",
    "totals_of",
]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BEYOND_ALL = (datetime(9999, 1, 1, tzinfo=UTC), 2**63 - 1)
_SECONDS = 3  # that words may be looked for


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One event. `currency` is "XXX" where the delivered amount named none.

    `version` is of a note that was written here, whose key is its number; 0 for an event that was delivered.
    """

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
    version: int = 0

    @property
    def place(self) -> str:
        """Where it stands on a timeline: a cursor for those before it."""
        return place_of(self.occurred_at, self.id)


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events, the newest first. `next` is the cursor for `before`; "" at the end."""

    events: tuple[TimelineEvent, ...]
    next: str


def events_of(
    record_ids: Sequence[RecordId],
    *,
    sight: Sight,
    limit: int = 20,
    before: str = "",
    wanted: EventFilter = EVERYTHING,
) -> EventPage:
    """The events of these records and the notes on them; none for those who see no events.

    A cursor that means nothing starts at the newest. Raises TimelineTooSlow where words are looked for.
    """
    if not sight.shows(EVENTS):
        return EventPage((), "")
    until, below = _earlier(_read_cursor(before), wanted.until)
    types = current_definition().event_types
    parameters = {"records": list(record_ids), "until": until, "below": below, "rows": limit + 1}
    with stopped_after(_SECONDS, _too_slow()) if wanted.words else nullcontext():
        rows = _rows("find_events", parameters | filter_parameters(wanted, types))
    labels = {each.name: each.label for each in types}
    events = tuple(_event(row, labels.get(row[2], row[2])) for row in rows[:limit])
    return EventPage(events, events[-1].place if len(rows) > limit else "")


def event_count(record_ids: Sequence[RecordId]) -> int:
    """How many events hang on these records, and notes."""
    return int(_rows("count_events", {"records": list(record_ids)})[0][0])


def overview_of(record_ids: Sequence[RecordId], *, sight: Sight, lately: datetime | None = None) -> Overview:
    """All that hangs on these records, summed up; nothing for those who see no events. Months from `lately` on."""
    if not sight.shows(EVENTS):
        record_ids = ()
    asked = {
        "records": list(record_ids),
        "lately": lately or _BEYOND_ALL[0],
        "zone": get_current_timezone_name(),
    }
    return overview_from(_rows("sum_up_events", asked))


def totals_of(record_ids: Sequence[RecordId], *, sight: Sight) -> Totals:
    """Counts and sums over all purchases of these records; over none for those who see no events."""
    return overview_of(record_ids, sight=sight).totals


def place_of(moment: datetime, id_: EventId) -> str:
    """Where an event or a note stands on a timeline."""
    return f"{(moment - _EPOCH) // timedelta(microseconds=1)}.{id_}"


def place_at(place: str) -> datetime | None:
    """The moment of an event by its place; None where that means nothing."""
    moment = _read_cursor(place)[0]
    return moment if is_in_range(moment) else None


def from_place(place: str) -> str:
    """A cursor from which this event is the first one; "" where the place means nothing."""
    moment, _, id_ = place.partition(".")
    return f"{moment}.{int(id_) + 1}" if place_at(place) else ""


def _event(row: Sequence[Any], label: str) -> TimelineEvent:
    id_, occurred_at, name, category, amount, currency, quantity, packed, key, _, version, source_key = row
    properties: dict[str, Any] = orjson.loads(packed)
    return TimelineEvent(
        EventId(id_), occurred_at, name, label, category, amount, currency, quantity,
        summary_of(properties), properties, source_key, key, version,
    )  # fmt: skip


def _read_cursor(cursor: str) -> tuple[datetime, int]:
    moment, _, id_ = cursor.partition(".")
    try:
        return _EPOCH + timedelta(microseconds=int(moment)), min(int(id_), _BEYOND_ALL[1])
    except (ValueError, OverflowError):
        return _BEYOND_ALL


def _earlier(place: tuple[datetime, int], until: datetime | None) -> tuple[datetime, int]:
    """Below both: a place, and a moment that is itself excluded."""
    return place if until is None else min(place, (until, 0))


def _too_slow() -> TimelineTooSlow:
    return TimelineTooSlow(
        told("To look for these words took longer than {seconds} seconds and was stopped.", seconds=_SECONDS),
        "Choose a period or a kind as well.",
    )


def _rows(name: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
