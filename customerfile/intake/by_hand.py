"""Takes in what somebody enters by hand: as a record of the source `staff`, by the same path as a delivered one."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

import orjson
from django.db import transaction

from customerfile.access.sight import WHOLE
from customerfile.audit.operations import record as write_down
from customerfile.base.clock import now
from customerfile.base.ids import DeliveryId
from customerfile.base.told import told
from customerfile.customers.golden.corrections import STAFF
from customerfile.customers.queries import customer_file
from customerfile.embedded import Home
from customerfile.intake.errors import CustomerRefused, EnteredBefore
from customerfile.intake.receiving import Became, RecordBatch, RecordOutcome, Refusal, receive_records
from customerfile.sources.source_kinds import SourceKind

DELIVERY_NAME = "by hand"


@dataclass(frozen=True, slots=True)
class EnteredRecord:
    """What somebody says of a customer, by field. `country` is where numbers and addresses that name none are from."""

    fields: Mapping[str, object]
    country: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A customer added by hand. `record` is named by source and key; `joined`: the file held the customer already.

    `refused` are single values that were left out.
    """

    customer: str
    joined: bool
    record: str
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A record of the staff that was taken in. `customer`: the number of whom it is, by its likeness alone."""

    delivery: DeliveryId
    customer: str
    refused: tuple[Refusal, ...]


@transaction.atomic
def add_by_hand(entered: EnteredRecord, *, home: Home, by: str) -> Added:
    """Add a customer, or another record to the one it turns out to be. Raises CustomerRefused, SourceBusy."""
    key = str(uuid4())
    taken = take_in(entered, key, home=home, by=by)
    return tell_added(taken, taken.customer, key, by=by)


@transaction.atomic
def take_in(entered: EnteredRecord, key: str, *, home: Home, by: str) -> Taken:
    """Take in a record under a key of its own, without telling of it yet.

    Raises CustomerRefused, SourceBusy; EnteredBefore where the key was used.
    """
    if "key" in entered.fields:
        raise CustomerRefused(
            "key: A customer that is added by hand is given its key here.", "Leave the key out."
        )
    batch = RecordBatch(
        source=STAFF,
        records=[{"key": key, **entered.fields}],
        content=orjson.dumps([key]),
        kind=SourceKind.CUSTOMERS,
        country=entered.country,
        time_zone=entered.time_zone,
        name=DELIVERY_NAME,
    )
    received = receive_records(batch, home=home, by=by)
    (outcome,) = received.results
    return Taken(received.delivery, _taken(outcome), outcome.refused)


def tell_added(taken: Taken, number: str, key: str, *, by: str) -> Added:
    """Write down that a record became one of this customer."""
    joined = len(customer_file(number, sight=WHOLE).records) > 1
    write_down(
        by=by,
        at=now(),
        code="intake.customer.added",
        subject=f"delivery:{taken.delivery}",
        detail={"customers": [number], "joined": joined},
    )
    return Added(number, joined, f"{STAFF}/{key}", taken.refused)


def _taken(outcome: RecordOutcome) -> str:
    """The number of the customer. What was refused is told, and leaves no trace."""
    if outcome.customer is None:
        (refused,) = outcome.refused
        field = f"{refused.field}: " if refused.field else ""
        raise CustomerRefused(field + told(refused.reason), refused.remedy)
    if outcome.outcome is not Became.CREATED:
        raise EnteredBefore(outcome.customer, is_same=outcome.outcome is Became.UNCHANGED)
    return outcome.customer
