"""Judgements: what people said of pairs of records, and what waits to be judged."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Router

from customerfile.access.permissions import Permission
from customerfile.api.bearer import BearerToken, caller, permitted, seen
from customerfile.api.bodies import Body, Cursor, Id, Limit, Text
from customerfile.api.problems import answers
from customerfile.api.replying import done_once, replies
from customerfile.base.clock import now
from customerfile.customers.judging.judgement_list import Act, judgement_acts
from customerfile.customers.judging.judging import Outcome, judge_pair, withdraw_act
from customerfile.customers.record_names import records_named
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.review.explanation import PairExplanation, explain_pair
from customerfile.customers.review.review import ReviewPair, review_pairs

router = Router(tags=["judgements"])


class Pair(Body):
    """Two records, each as its source and its key there."""

    left: Text = Field(examples=["shop/17"])
    right: Text = Field(examples=["crm/A-2"])


class Judgement(Pair):
    """Whether two records are about one customer."""

    verdict: Verdict
    note: Text = ""


@router.get("/judgements", auth=BearerToken(Permission.JUDGE_PAIRS), response=answers(list[Act]))
@replies
def list_judgements(
    request: HttpRequest,
    customer: Cursor = "",
    withdrawn: bool = False,
    limit: Limit = 50,
) -> tuple[Act, ...]:
    """What people said, the newest first: of all records or of one customer's; withdrawn ones too where asked for."""
    return judgement_acts(customer, include_withdrawn=withdrawn, limit=limit)


@router.post("/judgements", auth=BearerToken(Permission.JUDGE_PAIRS), response=answers(Outcome))
@done_once
def judge_pair_of_records(request: HttpRequest, body: Judgement) -> Outcome:
    """Say whether two records are about one customer. It beats every score until it is withdrawn."""
    left, right = records_named([body.left, body.right])
    return judge_pair(left, right, verdict=body.verdict, by=caller(request), at=now(), note=body.note)


@router.delete("/judgements/{act}", auth=BearerToken(Permission.JUDGE_PAIRS), response=answers(Outcome))
@done_once
def withdraw_judgement(request: HttpRequest, act: Id) -> Outcome:
    """Take back a judgement, merge or split, with all that was said in it. What it had set aside stands again."""
    return withdraw_act(act, may=permitted(request), by=caller(request), at=now())


@router.post("/pairs/explain", auth=BearerToken(Permission.JUDGE_PAIRS), response=answers(PairExplanation))
@replies
def explain_pair_of_records(request: HttpRequest, body: Pair) -> PairExplanation:
    """Why two records stand under one customer, or not."""
    left, right = records_named([body.left, body.right])
    found = explain_pair(left, right, model=current_model())
    seen(request, "pair", sorted({found.one.customer_id, found.other.customer_id}))
    return found


@router.get("/review", auth=BearerToken(Permission.JUDGE_PAIRS), response=answers(list[ReviewPair]))
@replies
def list_review_queue(request: HttpRequest, after: Cursor = "", limit: Limit = 20) -> tuple[ReviewPair, ...]:
    """The pairs that wait for a word, the most valuable first. `after`: the `cursor` of the last one seen."""
    found = review_pairs(by=caller(request), at=now(), after=after, limit=limit)
    seen(request, "review", sorted({side.customer_id for pair in found for side in (pair.left, pair.right)}))
    return found
