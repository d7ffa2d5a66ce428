"""Questions that the database may not take too long for: they are stopped, and whoever asked is told so."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from customerfile.base.errors import CustomerfileError


@contextmanager
def told_where_stopped(too_slow: CustomerfileError) -> Iterator[None]:
    """Raises `too_slow` where a time limit ends a statement inside."""
    try:
        yield
    except OperationalError as problem:
        if isinstance(problem.__cause__, QueryCanceled):
            raise too_slow from problem
        raise


@contextmanager
def stopped_after(seconds: int, too_slow: CustomerfileError) -> Iterator[None]:
    """In a transaction: a statement inside that takes longer is stopped. Raises `too_slow`."""
    with told_where_stopped(too_slow), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds}s"])
        yield
