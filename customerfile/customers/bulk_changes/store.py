"""Writes and reads about bulk changes: what is wanted, how far each is, and what became of every customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from customerfile.audit.operations import record as write_down
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId
from customerfile.base.told import told
from customerfile.customers.bulk_changes.wish import Way, Wish
from customerfile.customers.errors import UnknownBulkChange
from customerfile.customers.models import BulkChange, BulkChangeItem

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of all that were selected: `waiting` + `changed` + `same` + `refused`; of the changed, the rest."""

    waiting: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    undone: int = 0
    left: int = 0

    @property
    def selected(self) -> int:
        """How many there are."""
        return self.waiting + self.changed + self.same + self.refused

    @property
    def standing(self) -> int:
        """How many changes were not taken back."""
        return self.changed - self.undone


@dataclass(frozen=True, slots=True)
class BulkChangeInfo:
    """A bulk change. `state`: running, done, undoing, undone or stopped; `message`: why it stopped."""

    id: int
    wish: Wish
    note: str
    by: str
    at: datetime
    state: str
    attempts: int
    message: str
    finished_at: datetime | None
    undone_by: str
    undone_at: datetime | None
    counts: Counts

    @property
    def is_at_work(self) -> bool:
        """Whether something is still to be done."""
        return self.state in ("running", "undoing")

    @property
    def may_be_undone(self) -> bool:
        """Whether there is something to take back, and nobody does."""
        return not self.is_at_work and self.counts.changed > self.counts.undone + self.counts.left


@dataclass(frozen=True, slots=True)
class Excepted:
    """A customer that was not changed, or was not changed back, and why."""

    customer: CustomerId
    reason: str


@transaction.atomic
def begin_change(wish: Wish, customers: Sequence[CustomerId], *, note: str, by: str, at: datetime) -> int:
    """Have a field of these customers changed; gives the number of the change."""
    change = BulkChange.objects.create(
        field=wish.field,
        way=wish.way.value,
        values=dict(wish.values),
        refusals=dict(wish.refusals),
        note=note,
        by=by,
        at=at,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement(__package__, "add_items"), {"change": change.pk, "customers": list(customers)}
        )
    detail = {"field": wish.field, "way": wish.way.value, "count": len(customers)}
    write_down(by=by, at=at, code="customers.bulk_change.begun", subject=_subject(change.pk), detail=detail)
    return change.pk


@transaction.atomic
def ask_to_undo_change(number: int, *, by: str, at: datetime) -> bool:
    """Have a bulk change taken back; False where there is nothing to take back now. Raises UnknownBulkChange."""
    BulkChange.objects.select_for_update().filter(pk=number).first()
    if not bulk_change(number).may_be_undone:
        return False
    BulkChange.objects.filter(pk=number).update(
        state="undoing", attempts=0, message="", undone_by=by, undone_at=at
    )
    write_down(by=by, at=at, code="customers.bulk_change.undo_begun", subject=_subject(number), detail={})
    return True


def bulk_change(number: int) -> BulkChangeInfo:
    """Raises UnknownBulkChange."""
    found = BulkChange.objects.filter(pk=number).first()
    if found is None:
        raise UnknownBulkChange(
            told("There is no bulk change {number}.", number=number), "Choose one of the list."
        )
    return _info(found, _counts([number]))


def bulk_changes(*, limit: int = _SHOWN) -> tuple[BulkChangeInfo, ...]:
    """The latest ones, the newest first."""
    found = list(BulkChange.objects.order_by("-pk")[:limit])
    counts = _counts([each.pk for each in found])
    return tuple(_info(each, counts) for each in found)


def changes_at_work() -> tuple[int, ...]:
    """Those that something is still to be done of, the oldest first."""
    found = BulkChange.objects.filter(state__in=("running", "undoing")).order_by("pk")
    return tuple(found.values_list("pk", flat=True))


def excepted(number: int, *, limit: int = _SHOWN) -> tuple[Excepted, ...]:
    """The first customers that were refused, or left when the change was taken back."""
    found = (
        BulkChangeItem.objects.filter(change=number)
        .exclude(reason="", undo_reason="")
        .order_by("customer_id")[:limit]
    )
    return tuple(Excepted(CustomerId(each.customer_id), each.undo_reason or each.reason) for each in found)


def changed_customers(number: int, *, limit: int = _SHOWN) -> tuple[CustomerId, ...]:
    """The first customers that it changed."""
    found = BulkChangeItem.objects.filter(change=number, outcome="changed").order_by("customer_id")
    return tuple(CustomerId(each) for each in found.values_list("customer_id", flat=True)[:limit])


def begin_attempt(number: int) -> BulkChangeInfo | None:
    """The change with one more attempt counted; None where nothing is to be done any more."""
    with transaction.atomic():
        found = (
            BulkChange.objects.select_for_update().filter(pk=number, state__in=("running", "undoing")).first()
        )
        if found is None:
            return None
        found.attempts += 1
        found.save(update_fields=["attempts"])
    return _info(found, _counts([number]))


@transaction.atomic
def tell_finished(number: int, *, at: datetime) -> None:
    """All of it was done, or taken back."""
    info = bulk_change(number)
    is_undone = info.state == "undoing"
    BulkChange.objects.filter(pk=number).update(
        **({"state": "undone", "undone_at": at} if is_undone else {"state": "done", "finished_at": at})
    )
    counts = info.counts
    told = (
        {"undone": counts.undone, "left": counts.left}
        if is_undone
        else {"changed": counts.changed, "same": counts.same, "refused": counts.refused}
    )
    write_down(
        by=info.undone_by if is_undone else info.by,
        at=at,
        code=f"customers.bulk_change.{'undone' if is_undone else 'finished'}",
        subject=_subject(number),
        detail=told,
    )


def tell_stopped(number: int, message: str) -> None:
    """It cannot go on. What was done stays, and can be taken back."""
    BulkChange.objects.filter(pk=number).update(state="stopped", message=message)


def _subject(number: int) -> str:
    return f"bulk_change:{number}"


def _counts(numbers: Sequence[int]) -> Mapping[int, Counts]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "counts"), {"changes": list(numbers)})
        return {number: Counts(*counts) for number, *counts in cursor.fetchall()}


def _info(found: BulkChange, counts: Mapping[int, Counts]) -> BulkChangeInfo:
    return BulkChangeInfo(
        found.pk,
        Wish(found.field, Way(found.way), found.values, found.refusals),
        found.note,
        found.by,
        found.at,
        found.state,
        found.attempts,
        found.message,
        found.finished_at,
        found.undone_by,
        found.undone_at,
        counts.get(found.pk, Counts()),
    )
