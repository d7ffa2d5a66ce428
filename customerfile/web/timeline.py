"""The timeline on a customer's page: the part that an address asks for, and how it is narrowed down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from customerfile.access.sight import Sight
from customerfile.base.ids import RecordId
from customerfile.definition.queries import current_definition
from customerfile.timeline.errors import TimelineTooSlow
from customerfile.timeline.event_filter import EventFilter
from customerfile.timeline.overview import KindOfEvent
from customerfile.timeline.queries import EventPage, events_of, from_place, place_at
from customerfile.web.lookup import customer_or_404
from customerfile.web.requests import actor
from customerfile.web.timeline_address import TimelineAddress, address_of, timeline_address
from customerfile.web.timeline_entries import Entry, entries
from customerfile.web.words import day_text

_PER_PAGE = 20
_UNREADABLE = gettext_noop("This part of the timeline cannot be read from the address.")
_AGAIN = gettext_noop("Filter the timeline again.")
NO_EVENTS = EventPage((), "")


@dataclass(frozen=True, slots=True)
class Chip:
    """What the timeline is narrowed down by, and the query without it."""

    words: str
    link: str


@dataclass(frozen=True, slots=True)
class KindChoice:
    name: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownTimeline:
    """`older` is the query of what comes next, "" at the end; `is_newest`: begins with the newest there is."""

    events: EventPage
    entries: tuple[Entry, ...]
    address: TimelineAddress
    words: str
    older: str
    is_newest: bool
    chips: tuple[Chip, ...]
    trouble: tuple[str, str] | None = None


@require_POST
def filter_timeline(request: HttpRequest, number: str) -> HttpResponse:
    """Narrow the timeline down. What was chosen is an address of its own; what was typed stands in it under seal."""
    file = customer_or_404(request, number)
    query = address_of(request.POST).query()
    page = reverse("customer", kwargs={"number": file.summary.number})
    return redirect(f"{page}{'?' if query else ''}{query}#timeline")


def shown_timeline(
    request: HttpRequest, records: Sequence[RecordId], *, sight: Sight, labels: Mapping[str, str]
) -> ShownTimeline:
    """The part that the address asks for: from an event on that it points to, below a place, or the newest."""
    address, today = timeline_address(request.GET), localdate()
    event, below = request.GET.get("event", ""), request.GET.get("older", "")
    before = from_place(event) if event else below
    wanted = address.wanted()
    events, trouble = _events(records, wanted, before, sight)
    return ShownTimeline(
        events=events,
        entries=tuple(
            entries(
                events.events, today=today, reader=actor(request), after=place_at(below) if below else None
            )
        ),
        address=address,
        words=wanted.words if wanted else "",
        older=address.query(more=[("older", events.next)]) if events.next else "",
        is_newest=not before,
        chips=tuple(_chips(address, wanted, labels)),
        trouble=trouble,
    )


def event_labels() -> dict[str, str]:
    """How people call the types of events, by their names."""
    return {each.name: gettext(each.label) for each in current_definition().event_types}


def kind_choices(
    kinds: Sequence[KindOfEvent], address: TimelineAddress, labels: Mapping[str, str]
) -> tuple[KindChoice, ...]:
    """The types of events that are there, and those that are asked for."""
    counts = {kind.name: kind.count for kind in kinds}
    names = [*counts, *(name for name in address.kinds if name not in counts)]
    return tuple(
        KindChoice(name, labels.get(name, name), counts.get(name, 0), name in address.kinds) for name in names
    )


def _events(
    records: Sequence[RecordId], wanted: EventFilter | None, before: str, sight: Sight
) -> tuple[EventPage, tuple[str, str] | None]:
    if wanted is None:
        return NO_EVENTS, (gettext(_UNREADABLE), gettext(_AGAIN))
    try:
        return events_of(records, sight=sight, limit=_PER_PAGE, before=before, wanted=wanted), None
    except TimelineTooSlow as slow:
        return NO_EVENTS, (str(slow), slow.remedy)


def _chips(address: TimelineAddress, wanted: EventFilter | None, labels: Mapping[str, str]) -> Iterator[Chip]:
    for kind in address.kinds:
        rest = [each for each in address.kinds if each != kind]
        yield Chip(labels.get(kind, kind), address.query(kinds=rest))
    if wanted is None:
        return
    periods = (("from", gettext("from {day}"), address.since), ("to", gettext("to {day}"), address.until))
    for key, words, day in periods:
        if day:
            yield Chip(words.format(day=day_text(date.fromisoformat(day))), address.query(but=key))
    if wanted.words:
        yield Chip(gettext("“{words}”").format(words=wanted.words), address.query(but="words"))
