"""Writes notes on records, changes and removes them, and moves them on before a record goes.

Who wrote a note changes it. What it said before is kept; of one that is removed nothing but who and when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from customerfile.base.bulk import Cursor, next_ids
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, EventId, RecordId
from customerfile.timeline.errors import NoteChanged, UnknownNote
from customerfile.timeline.models import Note


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a note, and whom it mentions."""

    text: str
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A note as its writer read it, so that nothing is changed unseen."""

    note: EventId
    version: int


def write_note(
    cursor: Cursor, customer: CustomerId, written: Written, *, by: str, at: datetime
) -> EventId | None:
    """Hang a note on a record of a customer, in the caller's transaction. None: no record stands there any more."""
    held = cursor.ask(statement(__package__, "hold_record_for_note"), (customer,)).rows()
    if not held:
        return None
    (id_,) = next_ids(cursor, "event_id_seq", 1)
    cursor.execute(
        "INSERT INTO note (id, record_id, text, by, at, version, earlier, mentioned, done_by)"
        " VALUES (%s, %s, %s, %s, %s, 1, '[]', %s::text[], '{}')",
        (id_, held[0][0], written.text, by, at, list(written.mentioned)),
    )
    return EventId(id_)


def edit_note(read: Read, written: Written, *, by: str, at: datetime) -> int:
    """Give a note of one's own another text; gives its version. Raises UnknownNote, NoteChanged."""
    note = _own(read, by)
    if note.text == written.text:
        return note.version
    with connection.cursor() as cursor:
        cursor.execute(
            statement(__package__, "edit_note"),
            {
                "note": read.note,
                "seen": read.version,
                "text": written.text,
                "at": at,
                "mentioned": list(written.mentioned),
            },
        )
    return note.version + 1


def remove_note(read: Read, *, by: str, at: datetime) -> None:
    """Take away what a note of one's own says, and said before. Raises UnknownNote, NoteChanged."""
    note = _own(read, by)
    Note.objects.filter(pk=note.pk).update(
        text="", earlier=[], mentioned=[], done_by=[], removed_at=at, version=note.version + 1
    )


def put_aside(note: EventId, *, by: str) -> None:
    """Whoever is mentioned in a note need not be told of it any more. Nothing happens where they are not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE note SET done_by = done_by || %(name)s::text"
            " WHERE id = %(note)s AND mentioned @> ARRAY[%(name)s] AND NOT done_by @> ARRAY[%(name)s]",
            {"note": note, "name": by},
        )


def move_notes(cursor: Cursor, gone: Sequence[RecordId]) -> None:
    """Hang the notes on records that are about to go on others of their customers; with the last record they go.

    Whoever writes a note on one of these records meanwhile waits.
    """
    cursor.execute("SELECT FROM record WHERE id = ANY(%s) ORDER BY id FOR UPDATE", (list(gone),))
    cursor.execute(statement(__package__, "move_notes"), {"gone": list(gone)})
    cursor.execute("DELETE FROM note WHERE record_id = ANY(%s)", (list(gone),))


def _own(read: Read, by: str) -> Note:
    """The note, held until the transaction ends."""
    note = Note.objects.select_for_update().filter(pk=read.note, by=by).first()
    if note is None:
        raise UnknownNote("There is no such note of yours.", "Who wrote a note changes it.")
    if note.version != read.version or note.removed_at is not None:
        raise NoteChanged(
            "You changed or removed this note meanwhile, in another window.", "Look at it, and write again."
        )
    return note
