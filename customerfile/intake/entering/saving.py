"""Saves what somebody entered, with their word on the customers like it: one transaction, once for each form.

Invariant: nothing is saved past a customer like the one entered that its author has not been shown.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection, transaction

from customerfile.access.sight import Sight
from customerfile.base.clock import now
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.base.told import told
from customerfile.customers.judging.entered import judge_entered, wait_to_judge
from customerfile.customers.queries import customer_file, summaries
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.resolution.writers import after_lost_races
from customerfile.embedded import Home
from customerfile.intake.by_hand import EnteredRecord, take_in, tell_added
from customerfile.intake.entering.alike import Fate, Looked, customers_of, look_at
from customerfile.intake.errors import AlikeUndecided, NotOfCustomer
from customerfile.intake.record_reading import present_reader


class Word(StrEnum):
    """What somebody says of the customers like the one that they enter."""

    NOTHING = ""
    SAME = "same"  # as one of them
    OTHER = "other"  # than all of them that they were shown


@dataclass(frozen=True, slots=True)
class Decision:
    """`mark`: of the customers that were shown. `number`: the one that is the same."""

    word: Word = Word.NOTHING
    number: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody entered. `key` is the form's own: what is sent twice is saved once."""

    key: str
    record: EnteredRecord


@dataclass(frozen=True, slots=True)
class Saved:
    """The customer it became, or became a part of. `waits`: the word counts once a second person says the same."""

    customer: str
    joined: bool
    waits: bool


def save_entered(form: Form, decision: Decision, *, sight: Sight, home: Home, by: str) -> Saved:
    """Save a form. Durable when the outermost transaction is.

    Raises AlikeUndecided, NotOfCustomer, EnteredBefore, CustomerRefused, SourceBusy: then nothing is kept of it.
    """
    return after_lost_races(lambda _: _saved(form, decision, _Desk(sight, home, by)))


@dataclass(frozen=True, slots=True)
class _Desk:
    sight: Sight
    home: Home
    by: str


@transaction.atomic
def _saved(form: Form, decision: Decision, desk: _Desk) -> Saved:
    if decision.word is not Word.NOTHING:
        wait_to_judge()
    taken = take_in(form.record, form.key, home=desk.home, by=desk.by)
    looked = look_at(form.key, present_reader(desk.home).reading)
    if looked.mark != (decision.mark if decision.word is not Word.NOTHING else ""):
        raise AlikeUndecided(
            "There are customers like this one.", "Say whether it is one of them, or a different one."
        )
    number, waits = _as_said(looked, decision, desk, taken.customer)
    added = tell_added(taken, number, form.key, by=desk.by)
    return Saved(added.customer, added.joined, waits)


def _as_said(looked: Looked, decision: Decision, desk: _Desk, number: str) -> tuple[str, bool]:
    """The number of its customer after what its author says; and whether that waits for a second person."""
    if decision.word is Word.SAME:
        return _same(looked, decision.number, desk, number)
    if decision.word is Word.OTHER and looked.mark:
        return _other(looked, desk, number)
    return number, False


def _same(looked: Looked, chosen: str, desk: _Desk, number: str) -> tuple[str, bool]:
    target = customer_file(chosen, sight=desk.sight).summary
    if target.number == number:
        return number, False
    if any(each.fate is Fate.JOINS for each in looked.likenesses):
        raise NotOfCustomer(
            told(
                "What you entered is taken for customer {number}, so it cannot be added to {other}.",
                number=number,
                other=target.number,
            ),
            told("Add it to {number}; or, if the two are one customer, merge them first.", number=number),
        )
    return _judged(looked.record, _records_of([target.id]), Verdict.MATCH, desk.by, now())


def _other(looked: Looked, desk: _Desk, number: str) -> tuple[str, bool]:
    """Apart from all customers that have to be decided on and that this person sees."""
    weighty = [each.record for each in looked.likenesses if each.fate is not Fate.APART]
    shown = summaries(set(customers_of(weighty).values()), sight=desk.sight)
    others = set(_records_of(shown)) - {looked.record}
    return _judged(looked.record, others, Verdict.NOT_A_MATCH, desk.by, now()) if others else (number, False)


def _judged(
    record: RecordId, others: Collection[RecordId], verdict: Verdict, by: str, at: datetime
) -> tuple[str, bool]:
    done = judge_entered(record, others, verdict=verdict, by=by, at=at)
    return done.customers[0], done.waits


def _records_of(customers: Iterable[CustomerId]) -> list[RecordId]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "records_of_customers"), (list(customers),))
        return [RecordId(row[0]) for row in cursor.fetchall()]
