"""Writes rows of any number into a table: COPY for many, one pipelined round trip for few. The result is the same."""

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from psycopg import sql

FEW = 32

type Row = tuple[Any, ...]
type Cursor = psycopg.Cursor[tuple[Any, ...]]


def write_rows(cursor: Cursor, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert all rows in the caller's transaction. Raises the database's own error where a constraint says no."""
    if not rows:
        return
    if len(rows) <= FEW:
        _insert(cursor, table, columns, rows)
    else:
        _copy(cursor, table, columns, rows)


def next_ids(cursor: Cursor, sequence: str, count: int) -> list[int]:
    """`count` fresh ids, ascending, from a sequence of the database."""
    if not count:
        return []
    cursor.execute(_NEXT_IDS, (sequence, count))
    return [row[0] for row in cursor.fetchall()]


_NEXT_IDS = "SELECT nextval(%s::regclass) FROM generate_series(1, %s)"


def _insert(cursor: Cursor, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    one = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    statement = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join([one] * len(rows)),
    )
    cursor.execute(statement, _flat(rows))


def _flat(rows: Iterable[Row]) -> list[Any]:
    return [value for row in rows for value in row]


def _copy(cursor: Cursor, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
