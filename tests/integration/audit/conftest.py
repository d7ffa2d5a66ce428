"""A ledger whose rows are committed, as sealing needs them, and that is empty again afterwards."""

from collections.abc import Iterator

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from customerfile.access.models import User
from customerfile.audit.operations import record, record_reads
from customerfile.audit.sealing import seal
from customerfile.base.clock import now

TABLES = ("audit_entry", "read_entry", "audit_seal")


def triggers(state: str) -> None:
    """ENABLE or DISABLE what refuses changes, as only who owns the tables can."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} {state} TRIGGER USER")


@pytest.fixture
def ledger(db: None) -> Iterator[None]:
    """An empty ledger, on a connection outside of the transaction that is taken back after each test."""
    around = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = around.copy()
    try:
        empty()
        yield
        empty()
        User.objects.all().delete()  # whoever ran a command here first is its owner
    finally:
        connection.close()
        connections[DEFAULT_DB_ALIAS] = around


@pytest.fixture
def sealed_ledger(ledger: None) -> None:
    """Five sealed batches of both ledgers, and a few rows behind them."""
    for batch in range(5):
        write(rows=6 + batch)
        assert seal(at=now()) is not None
    write(rows=4)


def write(*, rows: int, by: str = "olive") -> None:
    """Rows in both ledgers, each in a transaction of its own."""
    for number in range(rows):
        record(
            by=by,
            at=now(),
            code="access.user.created",
            subject=f"user:{number}",
            detail={"role": 'Zoë "x"\n'},
        )
        record_reads(by=by, at=now(), page="customer", customer_ids=[number, number + 1])


def empty() -> None:
    """Forget everything, as only who owns the tables can."""
    triggers("DISABLE")
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("SELECT setval('audit_seal_witness', 0)")
    triggers("ENABLE")
