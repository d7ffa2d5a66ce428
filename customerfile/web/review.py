"""The review queue: what waits for a person's word; the next pair; taking the last word back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from customerfile.base.clock import now
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.errors import NothingToWithdraw
from customerfile.customers.judging.judging import Outcome, withdraw_act
from customerfile.customers.number import numbered_id
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.review.review import claim_pairs, review_pairs
from customerfile.web.permissions import permissions_here
from customerfile.web.requests import actor, seen

_PER_PAGE = 25
_LAST = "last_judgement"
_SAID = {  # in English: it stays in the session, and is translated where it is shown
    Verdict.MATCH: gettext_noop("One customer"),
    Verdict.NOT_A_MATCH: gettext_noop("Two customers"),
    Verdict.UNSURE: gettext_noop("Not sure"),
}


@require_safe
def review_queue(request: HttpRequest) -> HttpResponse:
    """What waits for the person signed in, the most valuable first."""
    after = request.GET.get("after", "")
    found = review_pairs(by=actor(request), at=now(), after=after, limit=_PER_PAGE + 1)
    pairs = found[:_PER_PAGE]
    sides = (side for pair in pairs for side in (pair.left, pair.right))
    seen(request, "review", sorted({CustomerId(numbered_id(side.customer)) for side in sides}))
    context = {
        "pairs": pairs,
        "next": pairs[-1].cursor if len(found) > _PER_PAGE else "",
        "is_first": not after,
        "last": request.session.get(_LAST),
    }
    return render(request, "web/review.html", context)


@require_POST
def next_pair(request: HttpRequest) -> HttpResponse:
    """Take the next pair and go to its page."""
    return to_next_pair(request)


def to_next_pair(request: HttpRequest) -> HttpResponse:
    """Where whoever works through the queue goes on: the next pair, or the queue where nothing is left."""
    taken = claim_pairs(by=actor(request), at=now())
    if not taken:
        messages.info(request, gettext("Nothing waits for your word any more."))
        return redirect("review")
    (pair,) = taken
    return redirect("review-pair", left=pair.left.record_id, right=pair.right.record_id)


def remember(request: HttpRequest, verdict: Verdict, left: RecordId, right: RecordId, done: Outcome) -> None:
    """Keep what was said last, so that a slip of the finger can be taken back from the next page."""
    request.session[_LAST] = {"act": done.act, "said": _SAID[verdict], "left": left, "right": right}


def said_last(request: HttpRequest) -> dict[str, object] | None:
    """What the person signed in said last in this session."""
    found: dict[str, object] | None = request.session.get(_LAST)
    return found


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Withdraw what was said last, and show the pair again."""
    last = request.session.pop(_LAST, None)
    if last is None:
        return redirect("review")
    try:
        withdraw_act(last["act"], may=permissions_here(request), by=actor(request), at=now())
        messages.info(request, gettext("Taken back."))
    except NothingToWithdraw as problem:
        messages.info(request, str(problem))
    return redirect("review-pair", left=last["left"], right=last["right"])
