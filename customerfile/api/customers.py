"""Customers: the whole file of one, merge, split."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Router, Schema

from customerfile.access.permissions import Permission
from customerfile.api.bearer import BearerToken, caller, seen
from customerfile.api.problems import answers
from customerfile.base.clock import now
from customerfile.customers.judgement_list import records_named
from customerfile.customers.judging import Outcome
from customerfile.customers.merging import merge_customers, split_customer
from customerfile.customers.queries import CustomerFile, customer_file
from customerfile.timeline.queries import EventPage, Totals, events_of, totals_of

router = Router(tags=["customers"])


class WholeFile(Schema):
    """Everything on one customer."""

    customer: CustomerFile
    events: EventPage
    totals: Totals


class Merge(Schema):
    """Numbers of customers that are the same as the one in the address."""

    others: list[str] = Field(min_length=1, max_length=100, examples=[["00000026"]])
    note: str = Field("", max_length=1000, examples=["asked on the phone"])


class Split(Schema):
    """Records that leave, together, as a customer of their own."""

    records: list[str] = Field(min_length=1, max_length=1000, examples=[["shop/17"]])
    note: str = Field("", max_length=1000)


@router.get("/{number}", auth=BearerToken(Permission.SEE_CUSTOMERS), response=answers(WholeFile))
def read_customer(request: HttpRequest, number: str) -> WholeFile:
    """The whole file of a customer: golden values with their origin, records, events, totals.

    A number that was merged away leads to the customer it became.
    """
    file = customer_file(number)
    seen(request, "customer", [file.summary.id])
    records = [record.record_id for record in file.records]
    return WholeFile(customer=file, events=events_of(records), totals=totals_of(records))


@router.post("/{number}/merge", auth=BearerToken(Permission.MERGE_CUSTOMERS), response=answers(Outcome))
def merge_into_one(request: HttpRequest, number: str, body: Merge) -> Outcome:
    """Make one customer of several. The oldest number stays; the others lead to it from now on."""
    return merge_customers([number, *body.others], by=caller(request), at=now(), note=body.note)


@router.post("/{number}/split", auth=BearerToken(Permission.MERGE_CUSTOMERS), response=answers(Outcome))
def split_off(request: HttpRequest, number: str, body: Split) -> Outcome:
    """Let some records leave as a customer of their own. They are kept apart from now on.

    `customers` of the answer: first the one that stays, last the new one.
    """
    leaving = records_named(body.records)
    return split_customer(number, leaving, by=caller(request), at=now(), note=body.note)
