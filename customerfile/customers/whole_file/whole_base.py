"""Reads of the whole customer base, streamed with a server-side cursor: memory does not grow with the file."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection, transaction

from customerfile.access.sight import Sight, branch_names
from customerfile.base.database import statement

_BATCH = 5000


@dataclass(frozen=True, slots=True)
class WholeRecord:
    """A customer with all golden values, as docs/explanation/canonical-record.md describes them."""

    number: str
    kind: str
    values: dict[str, Any]


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as of one moment, whatever is written meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def field_widths(sight: Sight) -> dict[str, int]:
    """The fields in use that are shown, each with how many values one customer has at most."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "find_widths"), {"branches": branch_names(sight)})
        return sight.part_of(dict(cursor.fetchall()))


def whole_records(sight: Sight) -> Generator[list[WholeRecord], None, None]:
    """Every active customer that is shown, with what is shown of it, in batches, the oldest number first.

    Read within `one_moment`.
    """
    for batch in _batches("find_all", {"branches": branch_names(sight)}):
        yield [
            WholeRecord(number, kind, sight.part_of(orjson.loads(golden))) for number, kind, golden in batch
        ]


def all_links() -> Generator[list[tuple[str, str, str]], None, None]:
    """(source, key, customer number) of every record in batches, in that order. Read within `one_moment`."""
    yield from _batches("find_all_links")


def _batches(name: str, parameters: Mapping[str, Any] | None = None) -> Iterator[list[tuple[Any, ...]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        while batch := cursor.fetchmany(_BATCH):
            yield batch
