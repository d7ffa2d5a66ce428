"""The pages of bulk changes: all of them, how far one is and what came of it, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from customerfile.base.clock import now
from customerfile.base.ids import CustomerId
from customerfile.customers.bulk_changes.store import (
    BulkChangeInfo,
    ask_to_undo_change,
    bulk_change,
    bulk_changes,
    changed_customers,
    excepted,
)
from customerfile.customers.bulk_changes.taking_back import foresee_undo
from customerfile.customers.bulk_changes.wish import Way
from customerfile.customers.bulk_changes.working import work_at_change
from customerfile.customers.customer_file import CustomerSummary
from customerfile.customers.errors import UnknownBulkChange
from customerfile.customers.golden.shown import shown_text
from customerfile.customers.queries import summaries
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FieldDefinition
from customerfile.web.bulk_changing import AT_ONCE, SEEN_AS
from customerfile.web.bulk_words import wish_words
from customerfile.web.permissions import sight_here
from customerfile.web.proof import proof_for_many
from customerfile.web.requests import actor, seen, wants_part

_STATES = {
    "running": gettext_noop("being changed"),
    "done": gettext_noop("done"),
    "undoing": gettext_noop("being taken back"),
    "undone": gettext_noop("taken back"),
    "stopped": gettext_noop("stopped"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A bulk change in words."""

    info: BulkChangeInfo
    title: str

    @property
    def state_words(self) -> str:
        """Its state, as people say it."""
        return gettext(_STATES[self.info.state])

    @property
    def is_confirmation(self) -> bool:
        """Whether it confirms what is on file, and changes no field."""
        return self.info.wish.way is Way.CONFIRM

    @property
    def tag(self) -> str:
        """How its state is coloured."""
        return {"done": "finished", "undone": "undone", "stopped": "failed"}.get(self.info.state, "running")

    @property
    def standing_otherwise(self) -> int:
        """How many stand as they were changed, and were not looked at yet."""
        return self.info.counts.standing - self.info.counts.left

    @property
    def percent(self) -> int:
        """How much of it is done, or taken back."""
        counts = self.info.counts
        done = (
            counts.undone + counts.left if self.info.state == "undoing" else counts.selected - counts.waiting
        )
        whole = counts.changed if self.info.state == "undoing" else counts.selected
        return done * 100 // whole if whole else 0


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The latest bulk changes."""
    return render(request, "web/bulk_changes.html", {"changes": [_shown(each) for each in bulk_changes()]})


@require_safe
def report(request: HttpRequest, change: int) -> HttpResponse:
    """How far it is, and what became of all who were selected."""
    info = _change_or_404(change)
    if wants_part(request) and info.is_at_work:
        return render(request, "web/bulk_change.html#progress", {"shown": _shown(info)})
    if wants_part(request):
        return HttpResponse(headers={"HX-Refresh": "true"})
    reasons = {each.customer: each.reason for each in excepted(change)}
    found = _seen_summaries(request, [*reasons, *changed_customers(change)])
    context = {
        "shown": _shown(info),
        "excepted": [(found[each], reason) for each, reason in reasons.items() if each in found],
        "changed": [found[each] for each in found if each not in reasons],
    }
    return render(request, "web/bulk_change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, change: int) -> HttpResponse:
    """What taking it back would do; POST has it taken back."""
    info = _change_or_404(change)
    if not info.may_be_undone:
        messages.info(request, gettext("There is nothing to take back now."))
        return redirect("bulk-change", change=change)
    foreseen = foresee_undo(change)
    if request.method == "POST":
        if ask := proof_for_many(request, foreseen.changed_back):
            return ask
        is_asked = ask_to_undo_change(change, by=actor(request), at=now())
        if is_asked and info.counts.changed <= AT_ONCE:
            work_at_change(change)
        return redirect("bulk-change", change=change)
    found = _seen_summaries(request, foreseen.first_left)
    context = {"shown": _shown(info), "foreseen": foreseen, "left": list(found.values())}
    return render(request, "web/bulk_change_undo.html", context)


def _change_or_404(change: int) -> BulkChangeInfo:
    try:
        return bulk_change(change)
    except UnknownBulkChange as problem:
        raise Http404(str(problem)) from problem


def _seen_summaries(
    request: HttpRequest, customers: Sequence[CustomerId]
) -> dict[CustomerId, CustomerSummary]:
    found = summaries(customers, sight=sight_here(request))
    seen(request, SEEN_AS, list(found))
    return found


def _shown(info: BulkChangeInfo) -> Shown:
    field = next((each for each in current_definition().fields if each.key == info.wish.field), None)
    values = {_value_text(value, field) for value in info.wish.values.values()}
    return Shown(info, wish_words(info.wish, field, " / ".join(sorted(values))))


def _value_text(value: object, field: FieldDefinition | None) -> str:
    return shown_text(value, field)
