"""Notes on a customer's page: writing one, and changing or taking away one's own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from customerfile.base.clock import now
from customerfile.base.ids import EventId
from customerfile.customers.queries import CustomerFile
from customerfile.intake.errors import NoteRefused
from customerfile.intake.notes import LONGEST, NewNote, Noted, add_note, change_note, take_note_away
from customerfile.timeline.errors import NoteChanged, UnknownNote
from customerfile.timeline.note_queries import ShownNote, own_note
from customerfile.timeline.notes import Read
from customerfile.timeline.queries import place_of
from customerfile.web.lookup import customer_or_404
from customerfile.web.requests import actor, seen, wants_part
from customerfile.web.words import listed


@require_POST
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Write a note; what is refused stays in the form, to be mended."""
    file = customer_or_404(request, number)
    text = _typed(request)
    try:
        noted = add_note(NewNote(file.summary.number, text), by=actor(request), at=now())
    except NoteRefused as refused:
        return _page(request, file, text=text, problem=str(refused), status=422)
    _tell_unknown(request, noted)
    return redirect(f"{_address(file)}#event-{noted.note}")


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, number: str, note: int) -> HttpResponse:
    """Change a note of one's own, or take it away."""
    file = customer_or_404(request, number)
    found = own_note(note, [each.record_id for each in file.records], by=actor(request))
    if found is None:
        raise Http404(gettext("There is no such note of yours."))
    if request.method == "POST":
        return _change(request, file, found)
    return _page(request, file, text=found.text, note=found)


def _change(request: HttpRequest, file: CustomerFile, found: ShownNote) -> HttpResponse:
    version = request.POST.get("version", "")
    read = Read(EventId(found.id), int(version) if version.isdecimal() else 0)
    number, by, at, text = file.summary.number, actor(request), now(), _typed(request)
    try:
        if request.POST.get("do") == "remove":
            take_note_away(read, number=number, by=by, at=at)
        else:
            _tell_unknown(request, change_note(read, text, number=number, by=by, at=at))
    except NoteRefused as refused:
        return _page(request, file, text=text, note=found, problem=str(refused), status=422)
    except (NoteChanged, UnknownNote) as problem:
        return _page(
            request, file, text=text, note=found, problem=str(problem), status=409, now_says=found.text
        )
    place = place_of(found.at, EventId(found.id))
    return redirect(f"{_address(file)}?event={place}#event-{found.id}")


def _page(
    request: HttpRequest, file: CustomerFile, *, text: str, status: int = 200, **more: object
) -> HttpResponse:
    seen(request, "note", [file.summary.id])
    template = "web/note.html#form" if wants_part(request) else "web/note.html"
    context = {"file": file, "text": text, "longest": LONGEST, **more}
    return render(request, template, context, status=status)


def _tell_unknown(request: HttpRequest, noted: Noted) -> None:
    if noted.unknown:
        names = listed([f"@{name}" for name in noted.unknown])
        told = gettext("The note is kept. {names}: nobody of that name sees notes here, so nobody is told.")
        messages.info(request, told.format(names=names))


def _typed(request: HttpRequest) -> str:
    return request.POST.get("text", "")


def _address(file: CustomerFile) -> str:
    return reverse("customer", kwargs={"number": file.summary.number})
