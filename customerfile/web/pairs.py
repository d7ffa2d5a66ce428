"""The page of a pair of records, side by side, where a person says whether they are one customer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods

from customerfile.base.clock import now
from customerfile.base.ids import RecordId
from customerfile.customers.errors import CustomersError, UnknownRecord
from customerfile.customers.judging.judging import Outcome, judge_pair
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.review.side_by_side import SideBySide, side_by_side
from customerfile.web.forms import VerdictForm
from customerfile.web.requests import actor, seen
from customerfile.web.review import remember, said_last, to_next_pair
from customerfile.web.waterfall import waterfall

_SAID = {
    Verdict.MATCH: gettext_noop("Noted: one customer."),
    Verdict.NOT_A_MATCH: gettext_noop("Noted: two customers. They stay apart from now on."),
    Verdict.UNSURE: gettext_noop("Noted: not sure. Somebody else will see the pair again."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, left: int, right: int, *, queue: bool = False) -> HttpResponse:
    """Show a pair; take in what the person signed in says of it. In the `queue` the next pair follows."""
    shown = _shown(left, right)
    form = VerdictForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, shown, form, queue=queue)
    verdict = Verdict(form.cleaned_data["verdict"])
    done = _judge(request, shown, verdict, form.cleaned_data["note"])
    if done is not None and queue and not _is_overruled(verdict, done):
        return to_next_pair(request)
    if done is not None:
        messages.info(request, _said(verdict, done))
    return redirect("pair", left=left, right=right)


def _judge(request: HttpRequest, shown: SideBySide, verdict: Verdict, note: str) -> Outcome | None:
    """None where it cannot be said; the person is told why."""
    left, right = shown.left.record_id, shown.right.record_id
    try:
        done = judge_pair(left, right, verdict=verdict, by=actor(request), at=now(), note=note)
    except CustomersError as problem:
        messages.error(request, str(problem))
        return None
    remember(request, verdict, left, right, done)
    return done


def _is_overruled(verdict: Verdict, done: Outcome) -> bool:
    """Whether the outcome is not what was said, so that it has to be told."""
    return not done.waits and verdict is Verdict.MATCH and len(done.customers) > 1


def _said(verdict: Verdict, done: Outcome) -> str:
    if done.waits:
        return gettext("Noted. It counts when a second person says the same and nobody says the opposite.")
    if _is_overruled(verdict, done):
        return gettext("Noted, but other judgements keep the two apart.")
    return gettext(_SAID[verdict])


def _page(request: HttpRequest, shown: SideBySide, form: VerdictForm, *, queue: bool) -> HttpResponse:
    both = shown.explanation.one, shown.explanation.other
    seen(request, "pair", sorted({each.customer_id for each in both}))
    thresholds = current_model().thresholds
    context = {
        "pair": shown,
        "sides": (shown.left, shown.right),
        "form": form,
        "queue": queue,
        "last": said_last(request),
        "thresholds": thresholds,
        "waterfall": waterfall(shown.explanation.found, thresholds),
    }
    return render(request, "web/pair.html", context)


def _shown(left: int, right: int) -> SideBySide:
    try:
        return side_by_side(RecordId(left), RecordId(right), model=current_model())
    except UnknownRecord as unknown:
        raise Http404(str(unknown)) from unknown
