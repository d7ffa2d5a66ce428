"""Writes rows of any number into a table: COPY for many, one statement for few. The result is the same.

COPY is fed whole blocks that are put together here: row by row through the driver it would be the slowest part of a
large import. While the server takes a block in, the next one is being put together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, LiteralString, cast

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import sql

FEW = 32
_PREPARED_AFTER = 3  # uses, from which on the server keeps a statement's plan

type Row = tuple[Any, ...]
type Query = str | sql.Composed
type Numbers = NDArray[np.int64]
type Flags = NDArray[np.bool_]


class Cursor:
    """Statements of one transaction, in order. A COPY goes on in the background until the next statement or `settle`.

    Lists of numbers are handed to the server as array literals. Whoever opens one must settle it before committing.
    """

    def __init__(self, connection: psycopg.Connection[Any], *, few: bool = False) -> None:
        connection.prepare_threshold = _PREPARED_AFTER
        self.few = few
        self._cursor = psycopg.Cursor(connection)
        self._copying: Future[None] | None = None

    def execute(self, query: Query, params: Sequence[Any] | Mapping[str, Any] | None = None) -> None:
        """Run one statement."""
        self.settle()
        # `query` is our own text or composed of quoted parts, never of values
        self._cursor.execute(cast(LiteralString, query), _literals(params))

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows of the last statement."""
        return self._cursor.fetchall()

    def copy(self, query: sql.Composed, block: bytes | str) -> None:
        """Feed a block to COPY. What the server thinks of it is raised by the next call."""
        self.settle()
        self._copying = _BACKGROUND.submit(self._copy, query, block)

    def settle(self) -> None:
        """Wait until everything so far has been taken in."""
        copying, self._copying = self._copying, None
        if copying is not None:
            copying.result()

    def _copy(self, query: sql.Composed, block: bytes | str) -> None:
        with self._cursor.copy(query) as copy:
            copy.write(block)


_BACKGROUND = ThreadPoolExecutor(max_workers=1, thread_name_prefix="copy")


@contextmanager
def bulk_cursor(connection: psycopg.Connection[Any], *, few: bool = False) -> Iterator[Cursor]:
    """A cursor for many rows in the caller's transaction, settled at the end of the block.

    With `few` rows in all, statements that answer nothing travel together with the next one that does.
    """
    if few:
        with connection.pipeline():
            yield Cursor(connection, few=True)
        return
    cursor = Cursor(connection)
    try:
        yield cursor
    finally:
        cursor.settle()


def write_rows(cursor: Cursor, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert all rows in the caller's transaction. Raises the database's own error where a constraint says no."""
    if not rows:
        return
    if cursor.few or len(rows) <= FEW:
        for start in range(0, len(rows), FEW):
            part = rows[start : start + FEW]
            cursor.execute(
                _insert(table, tuple(columns), len(part)), [value for row in part for value in row]
            )
        return
    lines = ["\t".join([_ENCODERS[type(value)](value) for value in row]) for row in rows]
    cursor.copy(_copy(table, columns, "TEXT"), "\n".join(lines) + "\n")


def write_numbers(
    cursor: Cursor, table: str, columns: Sequence[str], values: Sequence[Numbers | Flags]
) -> None:
    """As `write_rows`, for bigint and boolean columns given as arrays of one length."""
    count = len(values[0])
    if cursor.few or count <= FEW:
        types = tuple("boolean" if column.dtype == np.bool_ else "bigint" for column in values)
        cursor.execute(_insert_arrays(table, tuple(columns), types), [column.tolist() for column in values])
        return
    cursor.copy(_copy(table, columns, "BINARY"), _HEADER + _packed(values, count) + _TRAILER)


def next_ids(cursor: Cursor, sequence: str, count: int) -> list[int]:
    """`count` fresh ids, ascending, from a sequence of the database."""
    if not count:
        return []
    cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", (sequence, count))
    return [row[0] for row in cursor.fetchall()]


_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_TRAILER = b"\xff\xff"


def _packed(values: Sequence[Numbers | Flags], count: int) -> bytes:
    """The binary COPY format: per row a field count, per field its length and its bytes, all big-endian."""
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for place, column in enumerate(values):
        layout += [(f"length{place}", ">i4"), (f"value{place}", "?" if column.dtype == np.bool_ else ">i8")]
    rows = np.empty(count, dtype=layout)
    rows["fields"] = len(values)
    for place, column in enumerate(values):
        rows[f"length{place}"] = column.dtype.itemsize
        rows[f"value{place}"] = column
    return rows.tobytes()


def _copy(table: str, columns: Sequence[str], form: str) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT {})").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(form)
    )


@lru_cache(maxsize=1024)
def _insert(table: str, columns: tuple[str, ...], count: int) -> str:
    one = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    return (
        sql.SQL("INSERT INTO {} ({}) VALUES {}")
        .format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join([one] * count),
        )
        .as_string()
    )


@lru_cache(maxsize=64)
def _insert_arrays(table: str, columns: tuple[str, ...], types: tuple[str, ...]) -> str:
    """One statement for any number of rows, so that it is planned once."""
    arrays = [sql.SQL("{}::{}[]").format(sql.Placeholder(), sql.SQL(each)) for each in types]
    return (
        sql.SQL("INSERT INTO {} ({}) SELECT * FROM unnest({})")
        .format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join(arrays),
        )
        .as_string()
    )


def _text(value: str) -> str:
    if "\\" in value:
        value = value.replace("\\", "\\\\")
    if "\t" in value or "\n" in value or "\r" in value:
        value = value.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return value


def _literals(params: Sequence[Any] | Mapping[str, Any] | None) -> Sequence[Any] | Mapping[str, Any] | None:
    if params is None:
        return None
    if isinstance(params, Mapping):
        return {name: _literal(value) for name, value in params.items()}
    return [_literal(value) for value in params]


def _literal(value: Any) -> Any:
    """Lists of numbers and flags as the server writes arrays: far cheaper than value by value."""
    if type(value) is not list:
        return value
    if not value or type(value[0]) is int:
        return _array(value)
    return "{" + ",".join("t" if flag else "f" for flag in value) + "}" if type(value[0]) is bool else value


@lru_cache(maxsize=64)
def _moment(value: datetime) -> str:
    """The same few moments stand in every row of a chunk."""
    return value.isoformat()


def _array(value: Sequence[int]) -> str:
    return "{" + ",".join(map(str, value)) + "}"


_ENCODERS: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: str,
    float: repr,
    bool: lambda value: "t" if value else "f",
    type(None): lambda value: "\\N",
    datetime: _moment,
    Decimal: str,
    bytes: lambda value: "\\\\x" + value.hex(),
    list: _array,
}
