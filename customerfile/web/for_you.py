"""The notes that mention somebody, until they put them aside."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from customerfile.base.ids import EventId
from customerfile.customers.queries import CustomerSummary, summaries
from customerfile.timeline.mentions import Part, parts_of
from customerfile.timeline.note_queries import notes_mentioning
from customerfile.timeline.notes import put_aside
from customerfile.timeline.queries import place_of
from customerfile.web.permissions import sight_here
from customerfile.web.requests import actor, seen


@dataclass(frozen=True, slots=True)
class ShownMention:
    """A note for somebody, with the customer it is about and its place on their timeline."""

    note: EventId
    customer: CustomerSummary
    by: str
    at: datetime
    parts: tuple[Part, ...]
    place: str


@require_safe
def for_you(request: HttpRequest) -> HttpResponse:
    """What waits for the person signed in, the newest first. Of customers they do not see, nothing."""
    sight = sight_here(request)
    found = notes_mentioning(actor(request), sight=sight)
    customers = summaries({each.customer for each in found}, sight=sight)
    shown = [
        ShownMention(
            each.note, customers[each.customer], each.by, each.at,
            tuple(parts_of(each.text, each.mentioned)), place_of(each.at, each.note),
        )
        for each in found
        if each.customer in customers
    ]  # fmt: skip
    seen(request, "for-you", sorted({each.customer.id for each in shown}))
    return render(request, "web/for_you.html", {"mentions": shown})


@require_POST
def done(request: HttpRequest, note: int) -> HttpResponse:
    """Put a note aside."""
    put_aside(EventId(note), by=actor(request))
    return redirect("for-you")
