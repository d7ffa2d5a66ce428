"""Notes that people write about a customer: what may stand in them, whom they mention, who did what to them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from customerfile.access.permissions import Permission
from customerfile.access.queries import roles, users
from customerfile.access.sight import EVENTS, WHOLE, Sight
from customerfile.audit.operations import record as write_down
from customerfile.base.bulk import bulk_cursor
from customerfile.base.ids import EventId
from customerfile.base.told import told
from customerfile.customers.queries import customer_file, unknown_customer
from customerfile.intake.errors import NoteRefused
from customerfile.intake.fields import Unusable, cards_in
from customerfile.sources.rows import RawRow
from customerfile.timeline.mentions import mentioned_in, unknown_in
from customerfile.timeline.notes import Read, Written, edit_note, remove_note, write_note

LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class NewNote:
    """What somebody writes about the customer a number leads to."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A note on a customer. `unknown`: names that are written as mentions and are nobody's who sees this note."""

    customer: str
    note: EventId
    at: datetime
    mentioned: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@transaction.atomic
def add_note(new: NewNote, *, by: str, at: datetime) -> Noted:
    """Write a note. Raises UnknownCustomer, NoteRefused."""
    text = _fit(new.text)
    customer = customer_file(new.number, sight=WHOLE).summary
    readers = _readers()
    mentioned = mentioned_in(text, readers)
    with connection.wrap_database_errors, bulk_cursor(connection.connection, few=True) as cursor:
        id_ = write_note(cursor, customer.id, Written(text, mentioned), by=by, at=at)
    if id_ is None:  # its last record left meanwhile
        raise unknown_customer(customer.number)
    _record("added", id_, customer.number, by=by, at=at)
    return Noted(customer.number, id_, at, mentioned, unknown_in(text, readers))


@transaction.atomic
def change_note(read: Read, text: str, *, number: str, by: str, at: datetime) -> Noted:
    """Give a note of one's own another text. Raises NoteRefused, UnknownNote, NoteChanged."""
    fit = _fit(text)
    readers = _readers()
    mentioned = mentioned_in(fit, readers)
    if edit_note(read, Written(fit, mentioned), by=by, at=at) != read.version:
        _record("edited", read.note, number, by=by, at=at)
    return Noted(number, read.note, at, mentioned, unknown_in(fit, readers))


@transaction.atomic
def take_note_away(read: Read, *, number: str, by: str, at: datetime) -> None:
    """Take away what a note of one's own says; who wrote it, and when, stays. Raises UnknownNote, NoteChanged."""
    remove_note(read, by=by, at=at)
    _record("removed", read.note, number, by=by, at=at)


def _record(what: str, note: EventId, number: str, *, by: str, at: datetime) -> None:
    write_down(
        by=by, at=at, code=f"intake.note.{what}", subject=f"note:{note}", detail={"customers": [number]}
    )


def _readers() -> frozenset[str]:
    """Whom a note may mention: those who may come in and see notes."""
    seeing = {
        key
        for key, role in roles().items()
        if Permission.SEE_CUSTOMERS in role.permissions and Sight(role.fields).shows(EVENTS)
    }
    return frozenset(each.username for each in users() if each.active and each.role in seeing)


def _fit(text: str) -> str:
    stripped = text.replace("\r\n", "\n").strip()
    if not stripped:
        raise NoteRefused("The note is empty.", "Write what is to be remembered.")
    if len(stripped) > LONGEST or "\x00" in stripped:
        raise NoteRefused(
            told("A note is a text of at most {most:,} characters.", most=LONGEST), "Write it shorter."
        )
    try:
        cards_in(RawRow(1, (stripped,)))
    except Unusable as problem:
        raise NoteRefused(
            "The note holds a payment card number, which is never stored.", "Take the number out of it."
        ) from problem
    return stripped
