"""Writes rows of any number into a table: COPY for many, one statement for few. The result is the same.

COPY is fed whole blocks that are put together here: row by row through the driver it would be the slowest part of a
large import.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import sql

FEW = 32

type Row = tuple[Any, ...]
type Cursor = psycopg.Cursor[tuple[Any, ...]]
type Numbers = NDArray[np.int64]
type Flags = NDArray[np.bool_]


def write_rows(cursor: Cursor, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert all rows in the caller's transaction. Raises the database's own error where a constraint says no."""
    if not rows:
        return
    if len(rows) <= FEW:
        cursor.execute(_insert(table, tuple(columns), len(rows)), [value for row in rows for value in row])
        return
    lines = ["\t".join([_ENCODERS[type(value)](value) for value in row]) for row in rows]
    with cursor.copy(_copy(table, columns, "TEXT")) as copy:
        copy.write("\n".join(lines) + "\n")


def write_numbers(
    cursor: Cursor, table: str, columns: Sequence[str], values: Sequence[Numbers | Flags]
) -> None:
    """As `write_rows`, for bigint and boolean columns given as arrays of one length."""
    count = len(values[0])
    if count <= FEW:
        write_rows(cursor, table, columns, list(zip(*(column.tolist() for column in values), strict=True)))
        return
    with cursor.copy(_copy(table, columns, "BINARY")) as copy:
        copy.write(_HEADER + _packed(values, count) + _TRAILER)


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


def _insert(table: str, columns: tuple[str, ...], count: int) -> sql.Composed:
    one = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    return sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join([one] * count),
    )


def _text(value: str) -> str:
    if "\\" in value:
        value = value.replace("\\", "\\\\")
    if "\t" in value or "\n" in value or "\r" in value:
        value = value.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return value


def _array(value: Sequence[int]) -> str:
    return "{" + ",".join(map(str, value)) + "}"


_ENCODERS: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: str,
    float: repr,
    bool: lambda value: "t" if value else "f",
    type(None): lambda value: "\\N",
    datetime: datetime.isoformat,
    Decimal: str,
    bytes: lambda value: "\\\\x" + value.hex(),
    list: _array,
}
