"""Customers: list, search, the whole file of one, add, correct, merge, split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router

from customerfile.access.permissions import Permission
from customerfile.api.bearer import BearerToken, caller, seen, sight_of
from customerfile.api.bodies import RECORD, Body, Country, Cursor, FieldKey, Limit, Number, Text, TimeZone
from customerfile.api.conditions import if_match, if_match_alone
from customerfile.api.problems import answers
from customerfile.api.replying import done_once, replies, tagged
from customerfile.base.clock import now
from customerfile.customers.correcting.correcting import Corrected
from customerfile.customers.judging.judging import Outcome
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.judging.revision import revision_of
from customerfile.customers.queries import CustomerFile, CustomerPage, customer_file, customer_list
from customerfile.customers.record_names import records_named
from customerfile.customers.search.search import Found, find
from customerfile.embedded import home
from customerfile.holdings.queries import Holdings, customers_in, holdings_of
from customerfile.intake.by_hand import Added, EnteredRecord, add_by_hand
from customerfile.intake.correcting import Entered, correct, give_back
from customerfile.timeline.queries import EventPage, Totals, events_of, totals_of

router = Router(tags=["customers"])


@dataclass(frozen=True, slots=True)
class WholeFile:
    """Everything on one customer."""

    customer: CustomerFile
    events: EventPage
    totals: Totals
    holdings: Holdings


def _revision(whole: WholeFile) -> str:
    return revision_of(whole.customer)


class NewCustomer(Body):
    """What somebody says of a customer: fields of the file definition, and `kind`, person or organisation."""

    record: dict[str, Any] = Field(min_length=1, examples=[RECORD])
    country: Country = ""
    time_zone: TimeZone = ""


class Correction(Body):
    """Fields by name: what each holds, as in a record. `null`: what is on record is wrong."""

    fields: dict[str, Any] = Field(
        min_length=1,
        max_length=200,
        examples=[{"family_name": "Lindner-Braun", "email": ["rosa@example.org"], "birth_date": None}],
    )
    note: Text = Field("", examples=["told us on the phone"])
    country: Country = ""


class Merge(Body):
    """Numbers of customers that are the same as the one in the address."""

    others: list[Number] = Field(min_length=1, max_length=100, examples=[["00000026"]])
    note: Text = Field("", examples=["asked on the phone"])


class Split(Body):
    """Records that leave, together, as a customer of their own."""

    records: list[Text] = Field(min_length=1, max_length=1000, examples=[["shop/17"]])
    note: Text = ""


class Query(Body):
    """What somebody says of a customer: words of the name or place, a contact point, a number."""

    q: Text = Field(min_length=1, examples=["rosa lindner berlin"])
    limit: Annotated[int, Field(ge=1, le=100)] = 10


@router.get("", auth=BearerToken(Permission.SEE_CUSTOMERS), response=answers(CustomerPage))
@replies
def list_customers(
    request: HttpRequest, after: Cursor = "", before: Cursor = "", limit: Limit = 50
) -> CustomerPage:
    """The customers in the order of their names. `after`: `next` of the page before; "" where it ends."""
    found = customer_list(sight=sight_of(request), after=after, before=before, limit=limit)
    seen(request, "customers", [customer.id for customer in found.customers])
    return found


@router.post("", auth=BearerToken(Permission.WRITE_CUSTOMERS), response=answers(Added))
@done_once
def add_customer(request: HttpRequest, body: NewCustomer) -> Added:
    """Add a customer by hand: a record of the source `staff` under a new key, matched like any that is delivered.

    `joined` tells that the file held this customer already, and the record was added to it. A record that cannot be
    taken is told 409, and nothing is kept of it.
    """
    record = EnteredRecord(body.record, country=body.country.upper(), time_zone=body.time_zone)
    return add_by_hand(record, home=home(), by=caller(request))


@router.post("/search", auth=BearerToken(Permission.SEE_CUSTOMERS), response=answers(list[Found]))
@replies
def search_customers(request: HttpRequest, body: Query) -> tuple[Found, ...]:
    """The customers that answer best, the best first, each with the reasons. No address ever holds what is asked."""
    found = find(body.q, sight=sight_of(request), limit=body.limit)
    seen(request, "search", [each.customer.id for each in found])
    return found


@router.get("/{number}", auth=BearerToken(Permission.SEE_CUSTOMERS), response=answers(WholeFile))
@tagged(_revision)
def read_customer(request: HttpRequest, number: Number) -> WholeFile:
    """The whole file of a customer: golden values with their origin, records, events, totals, holdings.

    A number that was merged away leads to the customer it became. The `ETag` is of the customer: its number, golden
    values and records; events that are added leave it as it is.
    """
    sight = sight_of(request)
    file = customer_file(number, sight=sight)
    records = [record.record_id for record in file.records]
    held = holdings_of(records, sight=sight, today=now().date())
    seen(request, "customer", sorted({file.summary.id, *customers_in(held)}))
    return WholeFile(
        customer=file,
        events=events_of(records, sight=sight),
        totals=totals_of(records, sight=sight),
        holdings=held,
    )


@router.patch("/{number}", auth=BearerToken(Permission.WRITE_CUSTOMERS), response=answers(Corrected, 412))
@done_once
@if_match_alone
def correct_values(request: HttpRequest, number: Number, body: Correction) -> Corrected:
    """Correct fields of a customer, all or none. What is said stands before what every source says, now and later.

    Of a field with several values all that are right are named. It is taken back with
    `DELETE .../corrections/{field}`. `errors` tells of each field that could not be taken.
    """
    entered = Entered(body.fields, note=body.note, country=body.country)
    return correct(number, entered, sight=sight_of(request), by=caller(request), at=now())


@router.delete(
    "/{number}/corrections/{field}",
    auth=BearerToken(Permission.WRITE_CUSTOMERS),
    response=answers(Corrected, 412),
)
@done_once
@if_match_alone
def withdraw_correction(request: HttpRequest, number: Number, field: FieldKey) -> Corrected:
    """Take back what was corrected of a field: the records say again what it holds."""
    return give_back(number, [field], sight=sight_of(request), by=caller(request), at=now())


@router.post("/{number}/merge", auth=BearerToken(Permission.MERGE_CUSTOMERS), response=answers(Outcome, 412))
@done_once
@if_match
def merge_into_one(request: HttpRequest, number: Number, body: Merge) -> Outcome:
    """Make one customer of several. The oldest number stays; the others lead to it from now on."""
    return merge_customers([number, *body.others], by=caller(request), at=now(), note=body.note)


@router.post("/{number}/split", auth=BearerToken(Permission.MERGE_CUSTOMERS), response=answers(Outcome, 412))
@done_once
@if_match
def split_off(request: HttpRequest, number: Number, body: Split) -> Outcome:
    """Let some records leave as a customer of their own. They are kept apart from now on.

    `customers` of the answer: first the one that stays, last the new one.
    """
    leaving = records_named(body.records)
    return split_customer(number, leaving, by=caller(request), at=now(), note=body.note)
