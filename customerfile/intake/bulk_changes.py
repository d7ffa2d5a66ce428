"""Reads what somebody wants of one field for many customers, foresees what it comes to, and has it done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db import transaction

from customerfile.access.sight import Sight
from customerfile.base.ids import CustomerId
from customerfile.base.told import told
from customerfile.customers.bulk_changes.store import begin_change
from customerfile.customers.bulk_changes.wish import Outcome, Way, Wish, fate_of, unfit_kind, ways_of
from customerfile.customers.golden.corrections import STAFF
from customerfile.customers.listing.offered import Offered
from customerfile.customers.listing.pages import chosen_customers
from customerfile.customers.listing.question import Question
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FieldDefinition
from customerfile.intake.correcting import value_read
from customerfile.intake.errors import BulkChangeRefused, CorrectionRefused
from customerfile.sources.kinds_of_customer import ORGANISATION, PERSON
from customerfile.sources.operations import ensure_source
from customerfile.sources.source_kinds import SourceKind

MOST_CUSTOMERS = 10_000
_LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a wish comes to for one customer: the values of the field before and after."""

    customer: CustomerId
    outcome: Outcome
    before: Sequence[Any]
    after: Sequence[Any]
    reason: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a wish comes to for all customers of a list. `mark`: another one as soon as anything in it is another."""

    all: tuple[Foreseen, ...]
    mark: str

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many of each outcome."""
        found = Counter(each.outcome for each in self.all)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def reasons(self) -> Mapping[str, int]:
        """Why customers are refused, and how many."""
        return Counter(each.reason for each in self.all if each.outcome is Outcome.REFUSED)

    def first(self, rows: int) -> tuple[Foreseen, ...]:
        """Some to be looked at: those that change first."""
        order = list(Outcome)
        return tuple(sorted(self.all, key=lambda each: order.index(each.outcome))[:rows])


def changeable_fields(sight: Sight) -> tuple[FieldDefinition, ...]:
    """The fields that somebody may change for many customers."""
    return tuple(each for each in current_definition().fields if sight.shows(each.key) and ways_of(each))


def wish_of(field: str, way: str, written: str, *, sight: Sight) -> Wish:
    """What somebody wants of a field, read for both kinds of customer. Raises BulkChangeRefused."""
    declared = next((each for each in changeable_fields(sight) if each.key == field), None)
    if declared is None or way not in ways_of(declared):
        raise BulkChangeRefused(
            "This cannot be done with this field for many customers.", "Choose one of those that are offered."
        )
    if not Way(way).takes_value:
        return Wish(field, Way(way), {}, {})
    if not written.strip():
        raise BulkChangeRefused("There is no value.", 'Write one, or choose "empty it".')
    values, refusals = dict[str, Any](), dict[str, str]()
    for kind in (PERSON, ORGANISATION):
        refusal = unfit_kind(declared, kind)
        if refusal:
            refusals[kind] = refusal
        else:
            values[kind] = _read(field, written, kind, sight)
    return Wish(field, Way(way), values, refusals)


def forecast(wish: Wish, question: Question, fields: Mapping[str, Offered], *, sight: Sight) -> Forecast:
    """What a wish comes to for the customers of a list now. Raises ListRefused where they are too many, ListTooSlow."""
    chosen = chosen_customers(question, fields, sight=sight, field=wish.field, most=MOST_CUSTOMERS)
    found = []
    for each in chosen:
        fate = fate_of(wish, each.kind, each.values)
        found.append(Foreseen(each.id, fate.outcome, each.values, fate.after, fate.reason))
    told = "\n".join(f"{each.customer} {each.outcome}" for each in found)
    return Forecast(tuple(found), blake2b(told.encode(), digest_size=8).hexdigest())


@transaction.atomic
def have_changed(wish: Wish, foreseen: Forecast, *, note: str, by: str, at: datetime) -> int:
    """Have all of these customers changed; gives the number of the bulk change. Raises BulkChangeRefused."""
    said = " ".join(note.split())
    if len(said) > _LONGEST_NOTE:
        raise BulkChangeRefused(
            told("A note has at most {most} characters.", most=_LONGEST_NOTE), "Say it in fewer words."
        )
    if not foreseen.counts[Outcome.CHANGED]:
        raise BulkChangeRefused("None of these customers would change.", "Choose others, or another value.")
    ensure_source(STAFF, country="", by=by, at=at, kind=SourceKind.CUSTOMERS)
    return begin_change(wish, [each.customer for each in foreseen.all], note=said, by=by, at=at)


def _read(field: str, written: str, kind: str, sight: Sight) -> Any:
    try:
        return value_read(field, written, kind=kind, sight=sight)
    except CorrectionRefused as refused:
        raise BulkChangeRefused(refused.faults[0].reason, refused.faults[0].remedy) from refused
