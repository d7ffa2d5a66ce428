"""Merging two customers: find the other one, see what it would come to, confirm."""

from collections.abc import Sequence
from itertools import chain

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from customerfile.access.sight import WHOLE
from customerfile.base.clock import now
from customerfile.customers.errors import (
    ChangedMeanwhile,
    ContradictingJudgements,
    NothingToMerge,
    UnknownCustomer,
)
from customerfile.customers.judging.foresight import Foreseen, foresee_merge
from customerfile.customers.judging.judging import Outcome
from customerfile.customers.judging.merging import merge_customers
from customerfile.customers.judging.unchanged import if_unchanged
from customerfile.customers.queries import CustomerFile
from customerfile.customers.relationships.relationships import relationships_of
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.review.evidence import evidence_between
from customerfile.customers.review.side_by_side import compared_fields
from customerfile.timeline.queries import event_count
from customerfile.web.consequences import of_merge
from customerfile.web.forms import ActForm
from customerfile.web.judgements import shown_acts
from customerfile.web.lookup import customer_or_404
from customerfile.web.proof import proof_for_many
from customerfile.web.requests import actor, seen, wants_part
from customerfile.web.search import answer, typed
from customerfile.web.undoing import Offer, offer_undo

_LAST_QUERY = "last_merge_query"


@require_http_methods(["GET", "HEAD", "POST"])
def find_other(request: HttpRequest, number: str) -> HttpResponse:
    """Look for the customer that is the same. It begins with those of the same name."""
    file = customer_or_404(request, number)
    here = file.summary.number
    if request.method == "POST":
        query = typed(request)
        request.session[_LAST_QUERY] = {here: query}
        if not wants_part(request):
            return redirect("merge-find", number=here)
    else:
        query = request.session.get(_LAST_QUERY, {}).get(here, file.summary.display_name)
    context = {"file": file, "query": query, "merge_with": here} | answer(request, query, without=here)
    if wants_part(request):
        return render(request, "web/search.html#results", context)
    seen(request, "merge", [file.summary.id])
    return render(request, "web/merge_find.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, number: str, other: str) -> HttpResponse:
    """Show what merging two customers would come to; merge them."""
    form = ActForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _preview(request, (number, other), form)
    records = sum(customer_or_404(request, each).summary.record_count for each in (number, other))
    if ask := proof_for_many(request, records):
        return ask
    try:
        done = _merge(request, (number, other), form)
    except (ChangedMeanwhile, ContradictingJudgements, NothingToMerge) as problem:
        return _preview(request, (number, other), form, refused=problem.reason)
    except UnknownCustomer as unknown:
        raise Http404(str(unknown)) from unknown
    shown = number if done.waits else done.customers[0]
    offer_undo(request, Offer(act=done.act, number=shown, text=_told(done, (number, other)), others=[]))
    return redirect("customer", number=shown)


def _merge(request: HttpRequest, numbers: Sequence[str], form: ActForm) -> Outcome:
    by, at, note = actor(request), now(), form.cleaned_data["note"]
    return if_unchanged(
        lambda: merge_customers(numbers, by=by, at=at, note=note),
        numbers=numbers,
        marked=form.cleaned_data["mark"],
        at=at,
    )


def _told(done: Outcome, numbers: Sequence[str]) -> str:
    if done.waits:
        told = gettext("Noted: {one} and {other} become one customer once a second person says the same")
        return told.format(one=numbers[0], other=numbers[1])
    gone = next((number for number in numbers if number not in done.customers), "")
    return gettext("Merged: {number} leads here from now on").format(number=gone)


def _preview(
    request: HttpRequest, numbers: Sequence[str], form: ActForm, *, refused: str = ""
) -> HttpResponse:
    try:
        found = foresee_merge(numbers, by=actor(request), at=now())
    except NothingToMerge as problem:
        messages.info(request, refused or problem.reason)
        return redirect("customer", number=numbers[0])
    except UnknownCustomer as unknown:
        raise Http404(str(unknown)) from unknown
    seen(request, "merge", sorted(file.summary.id for file in found.before))
    context = {"found": found, "form": form, "refused": refused} | _context(found)
    return render(request, "web/merge.html", context, status=409 if refused else 200)


def _context(found: Foreseen) -> dict[str, object]:
    left, right = found.before
    events = [event_count([record.record_id for record in file.records]) for file in found.before]
    number = left.summary.number
    return {
        "sides": tuple(zip(found.before, events, strict=True)),
        "survivor": min(left.summary, right.summary, key=lambda each: each.id).number,
        "rows": _rows(found),
        "evidence": evidence_between(left.summary.id, right.summary.id, model=current_model()),
        "relatives": [
            each
            for each in relationships_of(left.summary.id, sight=WHOLE)
            if each.number == right.summary.number
        ],
        "consequences": of_merge(found, events) if found.after else (),
        "set_aside": shown_acts(found.set_aside, number),
        "opposed_by": shown_acts(found.opposed_by, number),
    }


def _rows(found: Foreseen) -> tuple[tuple[object, object], ...]:
    """Each field of the two, with what the golden record says of it afterwards."""
    left, right = found.before
    after = _values(found.after)
    return tuple((field, after.get(field.label, ())) for field in compared_fields(left.fields, right.fields))


def _values(files: Sequence[CustomerFile]) -> dict[str, object]:
    return {field.label: field.values for field in chain.from_iterable(file.fields for file in files)}
