"""One process at a time for each piece of work that was asked for on a page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# classes of the advisory locks on uploads, on deliveries taken back, on the demonstration, on changes of many
UPLOADS, UNDOING, DEMONSTRATION, CHANGES = 0x43_46_55, 0x43_46_56, 0x43_46_57, 0x43_46_58


@contextmanager
def alone_at(kind: int, number: int) -> Iterator[bool]:
    """Whether this process is the one that works at it. The database lets go when the process ends, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, number])
        is_ours = bool(cursor.fetchall()[0][0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, number])
