"""Batches are sealed in order, and a row that is committed late is in one of them all the same."""

import psycopg
import pytest
from django.db import connection

from customerfile.audit.errors import LedgerMoved
from customerfile.audit.operations import record
from customerfile.audit.sealing import newest_seal, seal
from customerfile.audit.verification import verify
from customerfile.base.clock import now
from tests.integration.audit.conftest import write

BY_HAND = (
    "INSERT INTO audit_entry (at, by, code, subject, detail) VALUES (now(), 'late', 'a.b.c', 's', '{}')"
    " RETURNING transaction"
)


def _other_connection() -> psycopg.Connection:
    return psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})


def test_what_was_written_is_sealed_once(ledger):
    write(rows=3)
    first = seal(at=now())
    assert (first.number, first.entry_count, first.read_count) == (1, 3, 3)
    assert seal(at=now()) is None
    write(rows=1)
    second = seal(at=now())
    assert (second.number, second.entry_count, second.previous) == (2, 1, first.hash())
    assert newest_seal() == second
    assert (verify().ok, verify().rows, verify().unsealed) == (True, 8, 0)


def test_a_row_that_is_committed_late_is_in_a_later_batch(ledger):
    write(rows=1)
    with _other_connection() as late:
        late.execute(BY_HAND)
        write(rows=2)
        before = seal(at=now())
        assert (before.entry_count, verify().unsealed) == (1, 4)
    after = seal(at=now())
    assert (after.entry_count, after.read_count, verify().ok, verify().unsealed) == (3, 2, True, 0)


def test_rows_that_a_transaction_took_back_are_not_missed(ledger):
    with _other_connection() as broken:
        broken.execute(BY_HAND)
        broken.rollback()
    write(rows=1)
    assert seal(at=now()).entry_count == 1
    assert verify().ok


def test_only_one_seals_at_a_time(ledger):
    write(rows=1)
    with _other_connection() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [0x5EA1])
        assert seal(at=now()) is None
    assert seal(at=now()).number == 1


def test_the_database_says_hash_and_transaction_whatever_the_writer_says(ledger):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (at, by, code, subject, detail, transaction, row_hash)"
            " VALUES (now(), 'x', 'a.b.c', 's', '{}', 1, 'mine') RETURNING transaction, row_hash"
        )
        ((number, digest),) = cursor.fetchall()
    assert number > 1
    assert len(digest) == 32
    assert verify().ok


@pytest.mark.parametrize(
    "text", ["", '\\ " \t \b \f \r \x01 \x1f \x7f', "Żółć 東京 \u2028 😀", "[1, 2]", "'; --"]
)
def test_text_of_every_kind_is_hashed_alike_here_and_there(ledger, text):
    record(by=text, at=now(), code=text, subject=text, detail={"a": text, "b": [1, 2.5, None, True]})
    assert (verify().ok, verify().rows) == (True, 1)


def test_a_server_that_counts_from_below_what_was_sealed_is_refused(ledger):
    write(rows=1)
    seal(at=now())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_seal SET below = below + 1000000")
    with pytest.raises(LedgerMoved, match="restored into another server"):
        seal(at=now())
