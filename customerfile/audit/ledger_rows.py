"""Reads the ledgers as they are hashed and in the order in which they are sealed; memory does not grow with them."""

from collections.abc import Generator, Sequence
from contextlib import closing
from heapq import merge
from typing import Any

from django.db import connection

from customerfile.base.database import statement

FIRST, LAST = -(2**63), 2**63 - 1  # transaction numbers below and above all others
_ROWS_AT_ONCE = 5000
_HASH_ALONE = 3


def ledger_rows(ledger: str, *, below: int = LAST) -> Generator[tuple[Any, ...], None, None]:
    """(number, transaction, stored hash, further values) of all rows of transactions below a number.

    Where a row was purged and its hash was kept there are no further values. Read within a transaction.
    """
    standing = _rows(f"ledger_{ledger}", {"from": FIRST, "below": below})
    purged = _rows("purged_hashes", {"ledger": ledger, "below": below})
    with closing(standing), closing(purged):
        yield from merge(standing, purged, key=lambda row: (row[1], row[0]))


def is_purged(row: Sequence[Any]) -> bool:
    """Whether nothing but the hash is left of a row."""
    return len(row) == _HASH_ALONE


def _rows(name: str, asked: dict[str, Any]) -> Generator[tuple[Any, ...], None, None]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement(__package__, name), asked)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from rows
