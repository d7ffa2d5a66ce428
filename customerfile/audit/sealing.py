"""Seals what was written to the ledgers, a batch at a time, in the order of the transactions that wrote it.

A batch ends below the oldest transaction that still runs, so that a row that is committed late is never missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import connection, transaction

from customerfile.audit.audit_verifier import merkle_root
from customerfile.audit.errors import LedgerMoved
from customerfile.audit.ledgers import LEDGERS, ledger_statement
from customerfile.audit.models import AuditSeal
from customerfile.audit.seals import Seal
from customerfile.base.told import told

NO_SEAL = b""  # what stands as the seal before the first
_LOCK = 0x5EA1
_ROWS_AT_ONCE = 5000


def seal(*, at: datetime) -> Seal | None:
    """Close the batch of what was written since the last one. None: nothing was, or somebody else is sealing.

    It takes a transaction of its own: nothing that the caller has not committed is sealed. Raises LedgerMoved.
    """
    with transaction.atomic():
        if not _scalar("SELECT pg_try_advisory_xact_lock(%s)", _LOCK):
            return None
        made = _next_seal(newest_seal(), at)
        if made is None:
            return None
        AuditSeal.objects.create(seal_hash=made.hash(), **_columns(made))
    _count_seals_to(made.number)
    return made


def wait_for_sealing() -> None:
    """Let nobody seal until the transaction ends."""
    _scalar("SELECT 1 FROM pg_advisory_xact_lock(%s)", _LOCK)


def _count_seals_to(number: int) -> None:
    """One after the other: only the owner of the tables may set the count, and set it back."""
    with transaction.atomic():
        _scalar("SELECT 1 FROM pg_advisory_xact_lock(%s)", _LOCK)
        while seals_made() < number:
            _scalar("SELECT nextval('audit_seal_witness')")


def newest_seal() -> Seal | None:
    """The seal that was made last."""
    found = AuditSeal.objects.order_by("-number").first()
    return as_seal(found) if found else None


def seals_made() -> int:
    """How many seals were made, by the count that stands apart from them."""
    return int(_scalar("SELECT last_value FROM audit_seal_witness"))


def as_seal(row: AuditSeal) -> Seal:
    """A stored seal as a value."""
    return Seal(
        number=row.number,
        below=row.below,
        sealed_at=row.sealed_at.astimezone(UTC),
        entry_count=row.entry_count,
        entry_root=bytes(row.entry_root),
        read_count=row.read_count,
        read_root=bytes(row.read_root),
        previous=bytes(row.previous),
    )


def _next_seal(last: Seal | None, at: datetime) -> Seal | None:
    since = last.below if last else 0
    below = int(_scalar("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))
    if below < since:
        _require_same_count(since)
        return None
    (entries, entry_root), (reads, read_root) = (_digest(ledger, since, below) for ledger in LEDGERS)
    if not entries + reads:
        return None
    number = max(last.number if last else 0, seals_made()) + 1  # the number of one that is gone stays empty
    previous = last.hash() if last else NO_SEAL
    return Seal(number, below, at.astimezone(UTC), entries, entry_root, reads, read_root, previous)


def _require_same_count(since: int) -> None:
    if int(_scalar("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")) < since:
        raise LedgerMoved(
            "This database counts its transactions from below what was sealed: it was restored into another server.",
            told(
                "Stop the server and move its count forward: pg_resetwal --next-transaction-id={next} --epoch={epoch}",
                next=since % 2**32,
                epoch=since // 2**32,
            ),
        )


def _digest(ledger: str, since: int, below: int) -> tuple[int, bytes]:
    count = 0

    def leaves() -> Iterator[bytes]:
        nonlocal count
        with connection.chunked_cursor() as cursor:
            cursor.execute(ledger_statement("ledger_hashes", ledger), {"from": since, "below": below})
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                count += len(rows)
                yield from (bytes(row[0]) for row in rows)

    root = merkle_root(leaves())
    return count, root


def _columns(made: Seal) -> dict[str, object]:
    return {name: getattr(made, name) for name in Seal.__slots__}


def _scalar(query: str, *parameters: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        ((found,),) = cursor.fetchall()
    return found  # type: ignore[no-any-return]
