"""Lines of reads are written without waiting for the disk; what a transaction writes stays as durable as it was."""

from datetime import UTC, datetime

from django.db import connection, transaction

from customerfile.audit.models import ReadEntry
from customerfile.audit.operations import record_reads

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def _see(*customers: int) -> None:
    record_reads(by="ann", at=AT, page="list", customer_ids=customers)


def _waits() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return str(cursor.fetchall()[0][0])


def test_a_read_is_written_down_with_everybody_seen(ledger: None) -> None:
    usual = _waits()
    _see(7, 9)
    (entry,) = ReadEntry.objects.all()
    assert (entry.at, entry.by, entry.page, entry.customer_ids) == (AT, "ann", "list", [7, 9])
    assert len(bytes(entry.row_hash)) == 32
    assert _waits() == usual


def test_within_a_transaction_a_read_does_not_make_the_rest_wait_less(ledger: None) -> None:
    usual = _waits()
    with transaction.atomic():
        _see(7)
        assert _waits() == usual
    assert ReadEntry.objects.count() == 1


def test_nobody_seen_is_nothing_written(ledger: None) -> None:
    _see()
    assert not ReadEntry.objects.exists()
