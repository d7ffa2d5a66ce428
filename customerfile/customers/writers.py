"""Keeps writers that could meet apart: two matching records arriving at once must see each other.

A small batch locks its own blocking keys and lets others go on; a large one takes the file for itself for one chunk.
The locks end with the transaction.
"""

from collections.abc import Iterable

from customerfile.base.bulk import Cursor

_RESOLUTION = 0x43_46_52  # any fixed number of our own
_FEW_KEYS = 400


def lock_keys(cursor: Cursor, keys: Iterable[int]) -> None:
    """Wait until no other writer works on any of these blocking keys. Keys are taken in order: no deadlock."""
    wanted = set(keys)
    if len(wanted) > _FEW_KEYS:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_RESOLUTION,))
    else:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(%s), (SELECT count(pg_advisory_xact_lock(key))"
            " FROM (SELECT unnest(%s::bigint[]) AS key) AS keys)",
            (_RESOLUTION, sorted(wanted)),
        )
    cursor.fetchall()
