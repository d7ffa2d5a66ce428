"""Reads the ledgers as they are hashed and in the order in which they are sealed; memory does not grow with them."""

from collections.abc import Generator
from typing import Any

from django.db import connection

from customerfile.base.database import statement

FIRST, LAST = -(2**63), 2**63 - 1  # transaction numbers below and above all others
_ROWS_AT_ONCE = 5000


def ledger_rows(ledger: str, *, below: int = LAST) -> Generator[tuple[Any, ...], None, None]:
    """(number, transaction, stored hash, further values) of all rows of transactions below a number.

    Read within a transaction.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement(__package__, f"ledger_{ledger}"), {"from": FIRST, "below": below})
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from rows
