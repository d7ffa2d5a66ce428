"""A new customer: the form, what is understood of it and whom it is like while it is filled in, and saving it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from uuid import uuid4

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from customerfile.access.permissions import Permission
from customerfile.access.sight import Sight
from customerfile.base.errors import CustomerfileError
from customerfile.definition.queries import current_definition
from customerfile.embedded import home
from customerfile.intake.by_hand import EnteredRecord
from customerfile.intake.entering.alike import Foreseen, foresee
from customerfile.intake.entering.layout import EntryLayout, entry_layout
from customerfile.intake.entering.saving import Decision, Form, Saved, Word, save_entered
from customerfile.intake.entering.understanding import TypedForm, Understood, missing, understand
from customerfile.intake.errors import AlikeUndecided, EnteredBefore
from customerfile.sources.kinds_of_customer import PERSON
from customerfile.sources.queries import sources
from customerfile.web.entering.entry_form import (
    KINDS,
    Found,
    from_search,
    kept_aside,
    shown_entry,
    typed_lines,
)
from customerfile.web.importing.forms import countries
from customerfile.web.permissions import permissions_here, sight_here
from customerfile.web.requests import actor, seen
from customerfile.web.search import last_query

_SALT = "entry"
_COUNTRY = "entry_country"
_NOBODY = Sight(branches=frozenset())
_OTHER_WORDS = gettext_noop(
    "This form was saved before, and you changed it since. Nothing of that is saved yet: look whether it is the same"
    " customer."
)
_BUSY = gettext_noop("Nothing is saved yet: the file is being written to. Save again in a moment.")


@dataclass(slots=True)
class _Entry:
    """The form under work. `key` is its own; `problem` is told above it."""

    layout: EntryLayout
    form: TypedForm
    key: str
    foreseen: Foreseen = field(default_factory=Foreseen)
    understood: dict[tuple[str, int], Understood] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    more: str = ""
    problem: str = ""
    undecided: bool = False

    @property
    def record(self) -> EnteredRecord:
        """What is to be saved."""
        asked = {each.key for each in self.layout.fields} | {"kind"}
        said = {key: value for key, value in self.form.record.items() if key in asked}
        return EnteredRecord(said, country=self.form.country)

    @property
    def is_faulty(self) -> bool:
        """Whether something on it has to be mended before it can be saved."""
        asked = {each.key for each in self.layout.fields}
        return bool(self.missing) or any(
            each.problem for (key, _), each in self.understood.items() if key in asked
        )


@require_http_methods(["GET", "HEAD", "POST"])
def new_customer(request: HttpRequest) -> HttpResponse:
    """Show an empty form, or with what was looked for in vain; take one in, and save it or say what is missing."""
    entry = _entry(request)
    if request.method != "POST":
        return _page(request, entry)
    request.session[_COUNTRY] = entry.form.country
    what, _, which = request.POST.get("do", "save").partition(":")
    entry.understood = understand(entry.form, current_definition())
    if what in ("kind", "more"):
        entry.more = which if what == "more" else ""
        entry.foreseen = _foreseen(request, entry)
        return _page(request, entry)
    entry.missing = missing(entry.form, entry.layout)
    if entry.is_faulty:
        entry.problem = gettext("Nothing is saved yet. Mend what is marked below.")
        entry.foreseen = _foreseen(request, entry)
        return _page(request, entry, status=422)
    return _save(request, entry, _decision(request, what, which))


@require_POST
def check_entry(request: HttpRequest) -> HttpResponse:
    """What is understood of a form that is being filled in, and whom it is like. Nothing is kept of it."""
    entry = _entry(request)
    entry.understood = understand(entry.form, current_definition())
    entry.foreseen = _foreseen(request, entry)
    return render(request, "web/entering/checked.html", _context(entry))


def _entry(request: HttpRequest) -> _Entry:
    sent = request.POST
    what, _, which = sent.get("do", "").partition(":")
    kind = which if what == "kind" else sent.get("kind", request.GET.get("kind", ""))
    kind = kind if kind in KINDS else PERSON
    definition, sight = current_definition(), sight_here(request)
    layout = entry_layout(definition, kind=kind, sight=sight)
    if request.method == "POST":
        lines = typed_lines(sent, [each for each in definition.fields if sight.shows(each.key)])
        country = sent.get("country", "")[:2].upper()
    else:
        lines = from_search(last_query(request), kind, definition) if "found" in request.GET else {}
        country = request.session.get(_COUNTRY) or _home_country()
    return _Entry(layout, TypedForm(kind, lines, country), _key(request))


def _key(request: HttpRequest) -> str:
    """The key of the form that was sent, where this person was given it; else a new one."""
    try:
        user, key = signing.loads(request.POST.get("form", ""), salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return str(uuid4())
    return str(key) if user == request.user.pk else str(uuid4())


def _home_country() -> str:
    """The country that most sources are of."""
    found = Counter(each.country for each in sources() if each.country)
    return found.most_common(1)[0][0] if found else ""


def _decision(request: HttpRequest, what: str, which: str) -> Decision:
    word = {"add": Word.SAME, "apart": Word.OTHER}.get(what, Word.NOTHING)
    return Decision(word, which[:40], request.POST.get("mark", "")[:40])


def _save(request: HttpRequest, entry: _Entry, decision: Decision) -> HttpResponse:
    try:
        saved = save_entered(
            Form(entry.key, entry.record), decision, sight=_sight(request), home=home(), by=actor(request)
        )
    except EnteredBefore as before:
        if before.is_same:
            return _to_customer(request, before.customer, gettext("This form was saved already."))
        entry.key, entry.problem = str(uuid4()), gettext(_OTHER_WORDS)
    except AlikeUndecided:
        entry.undecided = True
    except CustomerfileError as problem:
        entry.problem = str(problem)
    else:
        return _to_customer(request, saved.customer, _told(saved))
    entry.foreseen = _foreseen(request, entry)
    if entry.undecided and entry.foreseen.is_busy:
        entry.undecided, entry.problem = False, gettext(_BUSY)
    return _page(request, entry, status=409)


def _to_customer(request: HttpRequest, number: str, told: str) -> HttpResponse:
    """On to the customer; who may look none up is told no number."""
    if Permission.SEE_CUSTOMERS not in permissions_here(request):
        messages.success(request, gettext("Saved."))
        return redirect("new-customer")
    messages.success(request, told)
    return redirect("customer", number=number)


def _told(saved: Saved) -> str:
    said = gettext("Added to customer {number}.") if saved.joined else gettext("Saved as customer {number}.")
    told = said.format(number=saved.customer)
    if not saved.waits:
        return told
    waits = gettext("What you said of the customers like it counts once a second person says the same.")
    return f"{told} {waits}"


def _sight(request: HttpRequest) -> Sight:
    """What somebody sees of customers; who may enter them and not look them up sees none."""
    return sight_here(request) if Permission.SEE_CUSTOMERS in permissions_here(request) else _NOBODY


def _foreseen(request: HttpRequest, entry: _Entry) -> Foreseen:
    if entry.form.is_empty:
        return Foreseen()
    found = foresee(entry.record, sight=_sight(request), home=home(), by=actor(request))
    shown = [each.file.summary.id for each in found.alike] + [each.id for each in found.namesakes]
    if shown:
        seen(request, "new-customer", sorted(shown))
    return found


def _page(request: HttpRequest, entry: _Entry, *, status: int = 200) -> HttpResponse:
    context = _context(entry) | {
        "entry": entry,
        "form_key": signing.dumps([request.user.pk, entry.key], salt=_SALT),
        "kept": kept_aside(entry.form.lines, entry.layout),
        "countries": countries(),
    }
    return render(request, "web/entering/new_customer.html", context, status=status)


def _context(entry: _Entry) -> dict[str, object]:
    found = Found(entry.understood, entry.missing, entry.more)
    more = shown_entry(entry.layout.more, entry.layout, entry.form, found)
    return {
        "foreseen": entry.foreseen,
        "undecided": entry.undecided,
        "groups": shown_entry(entry.layout.at_once, entry.layout, entry.form, found),
        "more_groups": more,
        "more_open": any(field.is_open for group in more for field in group.fields),
    }
