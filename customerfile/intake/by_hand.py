"""Takes in what somebody enters by hand: as a record of the source `staff`, by the same path as a delivered one."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

import orjson
from django.db import transaction

from customerfile.access.sight import WHOLE
from customerfile.audit.operations import record as write_down
from customerfile.base.clock import now
from customerfile.customers.golden.corrections import STAFF
from customerfile.customers.queries import customer_file
from customerfile.embedded import Home
from customerfile.intake.errors import CustomerRefused
from customerfile.intake.receiving import RecordBatch, RecordOutcome, Refusal, receive_records
from customerfile.sources.source_kinds import SourceKind


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


@transaction.atomic
def add_by_hand(entered: EnteredRecord, *, home: Home, by: str) -> Added:
    """Add a customer, or another record to the one it turns out to be. Raises CustomerRefused, SourceBusy."""
    if "key" in entered.fields:
        raise CustomerRefused(
            "key: A customer that is added by hand is given its key here.", "Leave the key out."
        )
    key = str(uuid4())
    batch = RecordBatch(
        source=STAFF,
        records=[{"key": key, **entered.fields}],
        content=orjson.dumps([key]),
        kind=SourceKind.CUSTOMERS,
        country=entered.country,
        time_zone=entered.time_zone,
        name="by hand",
    )
    received = receive_records(batch, home=home, by=by)
    (outcome,) = received.results
    number = _taken(outcome)
    joined = len(customer_file(number, sight=WHOLE).records) > 1
    write_down(
        by=by,
        at=now(),
        code="intake.customer.added",
        subject=f"delivery:{received.delivery}",
        detail={"customers": [number], "joined": joined},
    )
    return Added(number, joined, f"{STAFF}/{key}", outcome.refused)


def _taken(outcome: RecordOutcome) -> str:
    """The number of the customer. What was refused is told, and leaves no trace."""
    if outcome.customer is None:
        (refused,) = outcome.refused
        field = f"{refused.field}: " if refused.field else ""
        raise CustomerRefused(f"{field}{refused.reason}", refused.remedy)
    return outcome.customer
