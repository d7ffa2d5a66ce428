"""Changes a field of the customers that are selected: what is wanted, what that does, and having it done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.customers.bulk_changes.wish import Outcome, Way, Wish, ways_of
from customerfile.customers.bulk_changes.working import work_at_change
from customerfile.customers.customer_file import CustomerSummary
from customerfile.customers.errors import ListRefused, ListTooSlow
from customerfile.customers.golden.shown import shown_text
from customerfile.customers.listing.pages import chosen_customers
from customerfile.customers.queries import summaries
from customerfile.definition.schema import FieldDefinition
from customerfile.intake.bulk_changes import (
    MOST_CUSTOMERS,
    Forecast,
    Foreseen,
    changeable_fields,
    forecast,
    have_changed,
    wish_of,
)
from customerfile.intake.errors import BulkChangeRefused
from customerfile.web.bulk_words import way_words, wish_words
from customerfile.web.customer_list import AskedList
from customerfile.web.list_words import Choice, ChoiceGroup, choice_words
from customerfile.web.permissions import sight_here
from customerfile.web.proof import proof_for_many
from customerfile.web.requests import actor, seen
from customerfile.web.selecting import selected_list
from customerfile.web.selection import Selection, keep_selection
from customerfile.web.words import group_title

_ROWS = 20
AT_ONCE = 50  # so many are changed, or changed back, while the page is waited for; more are, beside it
SEEN_AS = "bulk-change"


@dataclass(frozen=True, slots=True)
class Line:
    """A customer of the preview: what the field holds, and what it would."""

    summary: CustomerSummary
    now: str
    then: str
    outcome: str
    reason: str


@require_http_methods(["GET", "HEAD", "POST"])
def change_selected(request: HttpRequest) -> HttpResponse:
    """GET asks what is wanted; POST shows what that does; POST with the `mark` of what was shown does it."""
    try:
        asked = selected_list(request)
        if request.method == "POST":
            return _wanted(request, asked)
        return _form(request, asked)
    except (ListRefused, ListTooSlow) as trouble:
        is_slow = isinstance(trouble, ListTooSlow)
        return render(
            request, "web/bulk_change_form.html", {"trouble": trouble}, status=503 if is_slow else 422
        )


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_selected(request: HttpRequest) -> HttpResponse:
    """GET shows of whom it would be confirmed that what is on file holds; POST with the `mark` of that does it."""
    wish, refused = Wish("", Way.CONFIRM, {}, {}), None
    try:
        asked = selected_list(request)
        foreseen = forecast(wish, asked.question, asked.fields, sight=sight_here(request))
    except (ListRefused, ListTooSlow) as trouble:
        return render(request, "web/bulk_confirm.html", {"trouble": trouble}, status=422)
    if request.method == "POST" and request.POST.get("mark") == foreseen.mark:
        try:
            return _begun(request, wish, foreseen)
        except BulkChangeRefused as problem:
            refused = problem
    found = summaries([each.customer for each in foreseen.all[:_ROWS]], sight=sight_here(request))
    seen(request, SEEN_AS, list(found))
    context = {
        "refused": refused,
        "is_again": request.method == "POST" and not refused,
        "foreseen": foreseen,
        "count": len(foreseen.all),
        "customers": list(found.values()),
        "note": request.POST.get("note", ""),
    }
    return render(request, "web/bulk_confirm.html", context, status=422 if refused else 200)


def _wanted(request: HttpRequest, asked: AskedList) -> HttpResponse:
    sent, sight = request.POST, sight_here(request)
    try:
        wish = wish_of(sent.get("field", ""), sent.get("way", ""), sent.get("value", ""), sight=sight)
        foreseen = forecast(wish, asked.question, asked.fields, sight=sight)
        if sent.get("mark") == foreseen.mark:
            return _begun(request, wish, foreseen)
    except BulkChangeRefused as refused:
        return _form(request, asked, refused)
    return _preview(request, wish, foreseen)


def _begun(request: HttpRequest, wish: Wish, foreseen: Forecast) -> HttpResponse:
    if ask := proof_for_many(request, foreseen.counts[Outcome.CHANGED]):
        return ask
    note = request.POST.get("note", "")
    number = have_changed(wish, foreseen, note=note, by=actor(request), at=now())
    keep_selection(request, Selection())
    if len(foreseen.all) <= AT_ONCE:
        work_at_change(number)
    return redirect("bulk-change", change=number)


def _form(request: HttpRequest, asked: AskedList, refused: CustomerfileError | None = None) -> HttpResponse:
    sight = sight_here(request)
    fields = {each.key: each for each in changeable_fields(sight)}
    picked = fields.get(request.POST.get("field", "") or request.GET.get("field", ""))
    chosen = chosen_customers(asked.question, asked.fields, sight=sight, field="", most=MOST_CUSTOMERS)
    context = {
        "count": len(chosen),
        "groups": list(_groups(fields, picked)),
        "picked": picked,
        "ways": _ways(picked, request.POST.get("way", "")) if picked else [],
        "choices": _choices(picked, request.POST.get("value", "")) if picked else [],
        "sent": request.POST,
        "refused": refused,
    }
    return render(request, "web/bulk_change_form.html", context, status=422 if refused else 200)


def _preview(request: HttpRequest, wish: Wish, foreseen: Forecast) -> HttpResponse:
    field = next(each for each in changeable_fields(sight_here(request)) if each.key == wish.field)
    first = foreseen.first(_ROWS)
    found = summaries([each.customer for each in first], sight=sight_here(request))
    seen(request, SEEN_AS, list(found))
    context: dict[str, Any] = {
        "title": wish_words(wish, field, request.POST.get("value", "")),
        "sent": [(key, request.POST.get(key, "")) for key in ("field", "way", "value", "note")],
        "is_again": "mark" in request.POST,
        "foreseen": foreseen,
        "count": len(foreseen.all),
        "changed": foreseen.counts[Outcome.CHANGED],
        "same": foreseen.counts[Outcome.SAME],
        "refused": foreseen.counts[Outcome.REFUSED],
        "reasons": list(foreseen.reasons.items()),
        "lines": [_line(each, field, found[each.customer]) for each in first if each.customer in found],
    }
    return render(request, "web/bulk_change_preview.html", context)


def _line(each: Foreseen, field: FieldDefinition, summary: CustomerSummary) -> Line:
    before, after = (
        ", ".join(shown_text(value, field) for value in found) for found in (each.before, each.after)
    )
    return Line(summary, before, after, each.outcome.value, each.reason)


def _groups(fields: Mapping[str, FieldDefinition], picked: FieldDefinition | None) -> Iterator[ChoiceGroup]:
    for group in dict.fromkeys(each.group for each in fields.values()):
        found = [each for each in fields.values() if each.group == group]
        yield ChoiceGroup(
            group_title(group), tuple(Choice(each.key, gettext(each.label), each is picked) for each in found)
        )


def _ways(field: FieldDefinition, chosen: str) -> list[Choice]:
    found = ways_of(field)
    return [
        Choice(each.value, way_words(each), each.value == chosen if chosen else each is found[0])
        for each in found
    ]


def _choices(field: FieldDefinition, chosen: str) -> list[Choice]:
    return [Choice(each, choice_words(each), each == chosen) for each in field.choices]
