"""Keeps writers that could meet apart: two matching records arriving at once must see each other.

A small batch locks its own blocking keys and lets others go on; a large one takes the file for itself for one chunk.
The locks end with the transaction.
"""

from collections.abc import Callable, Iterable

from django.db import OperationalError, connection

from customerfile.base.bulk import Cursor

_RESOLUTION = 0x43_46_52  # any fixed number of our own
_FEW_KEYS = 400
_ATTEMPTS = 5
_LOST_RACES = {"40001", "40P01"}  # serialisation failure, deadlock


def lock_keys(cursor: Cursor, keys: Iterable[int]) -> bool:
    """Wait until no other writer works on any of these blocking keys. Keys are taken in order: no deadlock.

    True where this writer has the whole file for itself: no customer needs a lock of its own then.
    """
    wanted = set(keys)
    alone = len(wanted) > _FEW_KEYS
    if alone:
        hold_the_file(cursor)
    else:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(%s), (SELECT count(pg_advisory_xact_lock(key))"
            " FROM (SELECT unnest(%s::bigint[]) AS key) AS keys)",
            (_RESOLUTION, sorted(wanted)),
        )
    return alone


def hold_the_file(cursor: Cursor) -> None:
    """Wait until nobody else resolves, and let nobody begin until the transaction ends."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_RESOLUTION,))


def after_lost_races[T](work: Callable[[], T]) -> T:
    """Run a transaction, from the start again where the database ended it in favour of another one."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return work()
        except OperationalError as problem:
            is_lost = getattr(problem.__cause__, "sqlstate", "") in _LOST_RACES
            if not is_lost or connection.in_atomic_block:
                raise
    return work()
