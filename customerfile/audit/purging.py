"""Drops months of the ledgers that were kept for long enough. Seals stay, and what is left can still be verified.

Only the owner of the tables can do so. That it was done is written down in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from psycopg import sql

from customerfile.audit.changes import Value
from customerfile.audit.errors import LedgerBusy, LedgerIncomplete
from customerfile.audit.ledgers import LEDGERS, ledger_statement
from customerfile.audit.months import Month, is_old_enough, kept_months, months_after, months_of
from customerfile.audit.operations import record
from customerfile.audit.purges import CODE, SUBJECT, Purged, purged
from customerfile.audit.sealing import seal, wait_for_sealing
from customerfile.base.told import told

_WAIT = "5s"


@dataclass(frozen=True, slots=True)
class PurgedMonth:
    """A month that goes: how many rows, and of how many of them the hash stays."""

    month: Month
    rows: int
    hashes_kept: int


class _Batch(NamedTuple):
    """The part of a batch that stands in one month. `found`: in the whole ledger; `hashes`: purged earlier."""

    seal: int
    sealed_at: datetime
    sealed: int
    above: int
    below: int
    here: int
    found: int
    hashes: int

    @property
    def is_whole(self) -> bool:
        return self.here == self.sealed


def purge(*, dry_run: bool, by: str, at: datetime) -> tuple[PurgedMonth, ...]:
    """Drop every month that was kept for long enough. Give the months; with `dry_run` nothing has changed.

    Raises RetentionNotPossible, LedgerIncomplete where rows are missing that nobody purged, LedgerBusy.
    """
    seal(at=at)
    try:
        with transaction.atomic():
            wait_for_sealing()
            found = [_planned(month, at) for month in _old_months(at)]
            months = tuple(month for month, _ in found if month)
            if months and not dry_run:
                for month, batches in found:
                    if month:
                        _drop(month.month, batches)
                _write_down(found, by=by, at=at)
            return months
    except OperationalError as problem:
        raise LedgerBusy(
            "The ledger is being written to by something that takes long.",
            "Try again when imports have finished: nothing was dropped.",
        ) from problem


def _old_months(at: datetime) -> Iterator[Month]:
    for ledger, months in kept_months().items():
        yield from (each for each in months_of(ledger) if is_old_enough(each, kept_months=months, at=at))


def _planned(month: Month, at: datetime) -> tuple[PurgedMonth | None, list[_Batch]]:
    """None for a month with something sealed so lately that it has to wait."""
    within = {"from": month.begins_at, "to": month.ends_at}
    with connection.cursor() as cursor:
        cursor.execute(ledger_statement("month_batches", month.ledger), within)
        batches = [_Batch(*row) for row in cursor.fetchall()]
        cursor.execute(ledger_statement("count_month", month.ledger), within)
        ((rows,),) = cursor.fetchall()
    _require_complete(month, batches)
    sealed_before = months_after(at, 1 - kept_months()[month.ledger])
    if rows > sum(each.here for each in batches) or any(each.sealed_at > sealed_before for each in batches):
        return None, []
    kept = sum(each.here for each in batches if not each.is_whole)
    return PurgedMonth(month, rows, kept), batches


def _require_complete(month: Month, batches: Sequence[_Batch]) -> None:
    wrong = next((each for each in batches if each.found + each.hashes != each.sealed), None)
    if wrong:
        raise LedgerIncomplete(
            told(
                "Batch {seal} of {ledger} is not what was sealed; nothing was dropped.",
                seal=wrong.seal,
                ledger=month.ledger,
            ),
            "See what is wrong first, with: customerfile audit verify",
        )


def _drop(month: Month, batches: Sequence[_Batch]) -> None:
    within = {"from": month.begins_at, "to": month.ends_at}
    with connection.cursor() as cursor:
        for batch in batches:
            if not batch.is_whole:
                asked: dict[str, Any] = within | {"above": batch.above, "below": batch.below}
                cursor.execute(ledger_statement("keep_hashes", month.ledger), asked)
        cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
        cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(month.table)))


def _write_down(found: Sequence[tuple[PurgedMonth | None, list[_Batch]]], *, by: str, at: datetime) -> None:
    gone = {ledger: _sum(ledger, found) for ledger in LEDGERS}
    months = [month.month.table for month, _ in found if month]
    detail: dict[str, Value] = {"months": months, "kept_months": dict(kept_months())}
    said = {ledger: {"through": each.through, "rows": each.rows} for ledger, each in gone.items()}
    record(by=by, at=at, code=CODE, subject=SUBJECT, detail=detail | said)


def _sum(ledger: str, found: Sequence[tuple[PurgedMonth | None, list[_Batch]]]) -> Purged:
    """All that is gone of a ledger, with what went earlier."""
    before = purged(ledger)
    own = [(month, batches) for month, batches in found if month and month.month.ledger == ledger]
    seals = [batch.seal for _, batches in own for batch in batches]
    return Purged(max([before.through, *seals]), before.rows + sum(month.rows for month, _ in own))
