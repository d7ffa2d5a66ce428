"""Keeps writers that could meet apart: two matching records arriving at once must see each other.

A small batch locks its own blocking keys and lets others go on; a large one takes the file for itself for one chunk,
and so does one that lost a race or turned out to touch more than it had locked. Locks end with the transaction.
"""

from collections.abc import Callable, Iterable

from django.db import OperationalError

from customerfile.base.bulk import Cursor

_RESOLUTION = 0x43_46_52  # any fixed number of our own
_CORRECTING = 0x43_46_43  # likewise
_FEW_KEYS = 400
_ATTEMPTS = 5
_LOST_RACES = {"40001", "40P01"}  # serialisation failure, deadlock


class WholeFileNeeded(Exception):
    """A small batch touches records beyond its own blocking keys: it must begin again with the file for itself.

    To lock more on the way could end in a deadlock with every other writer.
    """


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


def let_nobody_correct(cursor: Cursor) -> None:
    """Wait until nobody corrects a customer, and let nobody begin until the transaction ends.

    Who changes records reads what they said before holding their keys: a correction must not change that in between.
    """
    cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", (_CORRECTING,))


def wait_to_correct(cursor: Cursor) -> None:
    """Wait until nobody else corrects or changes records, and let nobody begin until the transaction ends.

    It comes before every other lock.
    """
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_CORRECTING,))


def after_lost_races[T](work: Callable[[bool], T]) -> T:
    """Run a transaction; from the start again where the database ended it in favour of another one.

    `work` is told whether to take the file for itself: it does from the second time on, so that it comes to its end.
    """
    for attempt in range(_ATTEMPTS):
        try:
            return work(attempt > 0)
        except WholeFileNeeded:
            continue
        except OperationalError as problem:
            if getattr(problem.__cause__, "sqlstate", "") not in _LOST_RACES:
                raise
    return work(True)
