"""Lays a page of the timeline out: events under their days, notes with their mentions and earlier texts. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext

from customerfile.timeline.mentions import Part, parts_of
from customerfile.timeline.note_queries import EarlierText, earlier_texts
from customerfile.timeline.queries import TimelineEvent
from customerfile.web.words import day_text


@dataclass(frozen=True, slots=True)
class ShownText:
    """The text of a note that was written here, in pieces, with what became of it."""

    parts: tuple[Part, ...]
    by: str
    earlier: tuple[EarlierText, ...]
    edited_at: datetime | None
    removed_at: datetime | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An event. `day` is the heading before it, where a new day begins; `time` "" where only the day is known."""

    event: TimelineEvent
    day: str
    time: str
    note: ShownText | None


def entries(
    events: Sequence[TimelineEvent], *, today: date, reader: str, after: datetime | None = None
) -> Iterator[Entry]:
    """Events as they stand below each other; `after`: when the last one of the page before happened."""
    before = localtime(after).date() if after else None
    for event in events:
        moment = localtime(event.occurred_at)
        day = "" if moment.date() == before else _heading(moment.date(), today)
        before = moment.date()
        shown = "" if moment.time() == time.min else f"{moment:%H:%M}"
        yield Entry(event, day, shown, _note(event, reader) if event.version else None)


def _heading(day: date, today: date) -> str:
    if day > today:
        return gettext("Coming up: {day}").format(day=day_text(day))
    if day == today:
        return gettext("Today, {day}").format(day=day_text(day))
    if day == today - timedelta(days=1):
        return gettext("Yesterday, {day}").format(day=day_text(day))
    return day_text(day)


def _note(event: TimelineEvent, reader: str) -> ShownText:
    told = event.properties
    removed_at = _moment(told.get("removed_at"))
    return ShownText(
        parts=tuple(parts_of(told.get("text", ""), told.get("mentioned", ()))),
        by=told["agent"],
        earlier=earlier_texts(told.get("earlier", ())),
        edited_at=_moment(told.get("edited_at")),
        removed_at=removed_at,
        is_own=told["agent"] == reader and removed_at is None,
    )


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
