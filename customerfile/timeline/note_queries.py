"""Reads of notes: those of some records, one to be changed, and those that wait for somebody they mention."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from customerfile.access.sight import EVENTS, Sight
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, EventId, RecordId
from customerfile.timeline.models import Note


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What a note said until it was changed."""

    text: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note. `text` "" where it was removed. `earlier`: what it said before, the oldest first."""

    id: EventId
    at: datetime
    by: str
    text: str
    version: int
    edited_at: datetime | None
    removed_at: datetime | None
    mentioned: tuple[str, ...]
    earlier: tuple[EarlierText, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A note that waits for somebody it mentions."""

    note: EventId
    at: datetime
    text: str
    by: str
    edited_at: datetime | None
    mentioned: tuple[str, ...]
    customer: CustomerId


def notes_of(record_ids: Sequence[RecordId], *, sight: Sight) -> tuple[ShownNote, ...]:
    """The notes that people wrote here, the newest first; none for those who see no events."""
    if not sight.shows(EVENTS):
        return ()
    return tuple(
        _shown(each) for each in Note.objects.filter(record__in=list(record_ids)).order_by("-at", "-id")
    )


def own_note(note: int, record_ids: Sequence[RecordId], *, by: str) -> ShownNote | None:
    """A note of one's own on these records that can be changed."""
    found = Note.objects.filter(pk=note, record__in=list(record_ids), by=by, removed_at=None).first()
    return _shown(found) if found else None


def notes_mentioning(username: str, *, sight: Sight, limit: int = 100) -> tuple[Mention, ...]:
    """The notes that wait for somebody, the newest first; none for those who see no events.

    Of whom these notes are has still to be held against what this person sees.
    """
    if not sight.shows(EVENTS):
        return ()
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "notes_mentioning"), {"name": username, "rows": limit})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return tuple(
        Mention(id_, at, text, by, edited_at, tuple(mentioned), customer)
        for id_, at, text, by, edited_at, mentioned, customer in rows
    )


def earlier_texts(told: Sequence[dict[str, str]]) -> tuple[EarlierText, ...]:
    """As they are stored."""
    return tuple(EarlierText(each["text"], datetime.fromisoformat(each["until"])) for each in told)


def _shown(note: Note) -> ShownNote:
    return ShownNote(
        EventId(note.pk), note.at, note.by, note.text, note.version, note.edited_at, note.removed_at,
        tuple(note.mentioned), earlier_texts(note.earlier),
    )  # fmt: skip
