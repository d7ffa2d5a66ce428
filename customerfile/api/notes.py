"""What happened with one customer: its timeline page by page, and notes that people add to it."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Router

from customerfile.access.permissions import Permission
from customerfile.api.bearer import BearerToken, caller, seen, sight_of
from customerfile.api.bodies import Body, Cursor, Limit, Number
from customerfile.api.conditions import if_match
from customerfile.api.problems import answers
from customerfile.api.replying import done_once, replies
from customerfile.base.clock import now
from customerfile.customers.queries import customer_file
from customerfile.intake.notes import LONGEST, NewNote, Noted, add_note
from customerfile.timeline.note_queries import ShownNote, notes_of
from customerfile.timeline.queries import EventPage, events_of

router = Router(tags=["customers"])


class Note(Body):
    """What is to be remembered of a customer, in plain text. `@name` tells a colleague."""

    text: str = Field(
        min_length=1,
        max_length=LONGEST,
        pattern=r"^[^\x00]*$",
        examples=["Would like to be called in the morning."],
    )


@router.get("/{number}/events", auth=BearerToken(Permission.SEE_CUSTOMERS), response=answers(EventPage))
@replies
def list_events(request: HttpRequest, number: Number, before: Cursor = "", limit: Limit = 50) -> EventPage:
    """What happened with a customer, the newest first. `before`: `next` of the page before; "" where it ends."""
    sight = sight_of(request)
    file = customer_file(number, sight=sight)
    seen(request, "customer", [file.summary.id])
    return events_of([each.record_id for each in file.records], sight=sight, limit=limit, before=before)


@router.get("/{number}/notes", auth=BearerToken(Permission.SEE_CUSTOMERS), response=answers(list[ShownNote]))
@replies
def list_notes(request: HttpRequest, number: Number) -> tuple[ShownNote, ...]:
    """The notes that people wrote about a customer, the newest first, each with what it said before.

    One that was removed has no text. Notes that sources delivered are events.
    """
    sight = sight_of(request)
    file = customer_file(number, sight=sight)
    seen(request, "customer", [file.summary.id])
    return notes_of([each.record_id for each in file.records], sight=sight)


@router.post("/{number}/notes", auth=BearerToken(Permission.WRITE_CUSTOMERS), response=answers(Noted, 412))
@done_once
@if_match
def add_note_to_customer(request: HttpRequest, number: Number, body: Note) -> Noted:
    """Add a note to a customer, in the name of the caller. It stays with the record it hangs on.

    Colleagues who are mentioned as `@name` find it under "For you"; `unknown` are names that are nobody's who sees it.
    """
    return add_note(NewNote(number, body.text), by=caller(request), at=now())
