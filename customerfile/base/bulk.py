"""Writes rows of any number into a table: COPY for many, one statement for few. The result is the same.

COPY is fed whole blocks that are put together here: row by row through the driver it would be the slowest part of a
large import. While the server works on one statement, the next one is being put together.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
_TURN = 0.0005  # seconds; ten times as long, as Python has it, the server would wait for every next statement
_PREPARED_AFTER = 3  # uses, from which on the server keeps a statement's plan
_BY_INDEX = (  # until the transaction ends
    "SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),"
    " set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)"
)

type Row = tuple[Any, ...]
type Query = str | sql.Composed
type Parameters = Sequence[Any] | Mapping[str, Any] | None
type Numbers = NDArray[np.int64]
type Flags = NDArray[np.bool_]


class Answer:
    """The rows of a statement that is on its way."""

    def __init__(self, fetch: Callable[[], list[Row]]) -> None:
        self._fetch = fetch
        self._rows: list[Row] | None = None

    def rows(self) -> list[Row]:
        """All rows, once they are there. Raises the database's own error, of this statement or of one before it."""
        if self._rows is None:
            self._rows = self._fetch()
        return self._rows


class Cursor:
    """Statements of one transaction, taken in by the server in their order while the caller goes on.

    What the server thinks of a statement is raised when an answer is read, or by `settle`, which whoever opens a cursor
    must call before committing. Lists of numbers are handed to the server as array literals.
    """

    def __init__(self, connection: psycopg.Connection[Any], *, few: bool = False) -> None:
        connection.prepare_threshold = _PREPARED_AFTER
        self.few = few
        self._connection = connection
        self._cursor = psycopg.Cursor(connection)
        self._line = None if few else _line()
        self._aside: list[Callable[[], object]] | None = None  # statements that are put together but not sent
        self._last: Future[Any] | None = None
        self._failed: psycopg.Error | None = None

    def execute(self, query: Query, params: Parameters = None) -> None:
        """Run a statement whose answer is of no interest."""
        values = _literals(params)
        self._do(lambda: self._send(self._cursor, query, values))

    def ask(self, query: Query, params: Parameters = None) -> Answer:
        """Run a statement; its rows are read when they are needed."""
        values = _literals(params)
        if self.few:
            cursor = psycopg.Cursor(self._connection)
            self._send(cursor, query, values)
            return Answer(cursor.fetchall)
        return Answer(self._queue(lambda: self._send(self._cursor, query, values).fetchall()).result)

    def copy(self, query: sql.Composed, block: bytes | str) -> None:
        """Feed a block to COPY."""
        if self.few:
            raise TypeError("a cursor for few rows does not COPY")
        self._do(lambda: self._copy(query, block))

    def set_aside(self, work: Callable[[], object]) -> Callable[[], None]:
        """Let `work` put statements together whose answers nobody reads. They run once the function given is called."""
        kept: list[Callable[[], object]] = []
        self._aside = kept
        try:
            work()
        finally:
            self._aside = None

        def run() -> None:
            for each in kept:
                self._do(each)

        return run

    def settle(self) -> None:
        """Wait until everything so far has been taken in."""
        if self._last is not None:
            self._last.result()

    def close(self) -> None:
        """Settle; nothing can be run after that."""
        try:
            self.settle()
        finally:
            if self._line is not None:
                self._line.shutdown()

    def _send(self, cursor: psycopg.Cursor[Row], query: Query, values: Parameters) -> psycopg.Cursor[Row]:
        # `query` is our own text or composed of quoted parts, never of values
        return cursor.execute(cast(LiteralString, query), values)

    def _copy(self, query: sql.Composed, block: bytes | str) -> None:
        with self._cursor.copy(query) as copy:
            copy.write(block)

    def _do(self, work: Callable[[], object]) -> None:
        """A statement whose answer nobody reads."""
        if self._aside is not None:
            self._aside.append(work)
        elif self._line is None:
            work()
        else:
            self._queue(work)

    def _queue[T](self, work: Callable[[], T]) -> Future[T]:
        if self._line is None:
            raise TypeError("a cursor for few rows has no line")
        future = self._line.submit(self._run, work)
        self._last = future
        return future

    def _run[T](self, work: Callable[[], T]) -> T:
        """One statement; none after one that failed, whose error stands for theirs."""
        if self._failed is not None:
            raise self._failed
        try:
            return work()
        except psycopg.Error as problem:
            self._failed = problem
            raise


def _line() -> ThreadPoolExecutor:
    """A thread that hands statements over while its caller goes on working, and does not wait long for its turn."""
    sys.setswitchinterval(_TURN)
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="statements")


@contextmanager
def bulk_cursor(connection: psycopg.Connection[Any], *, few: bool = False) -> Iterator[Cursor]:
    """A cursor in the caller's transaction, settled at the end of the block.

    With `few` rows in all, statements travel together with the next one whose answer is read, and are planned once for
    the connection, always by index: planning anew each time would take longer than running.
    """
    if few:
        with connection.pipeline():
            cursor = Cursor(connection, few=True)
            cursor.execute(_BY_INDEX)
            yield cursor
        return
    cursor = Cursor(connection)
    try:
        yield cursor
    finally:
        cursor.close()


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
    return [row[0] for row in _ask_ids(cursor, sequence, count).rows()]


class IdPool:
    """Fresh ids of a sequence, asked for before it is known how many are needed; the rest is kept for later."""

    def __init__(self, sequence: str) -> None:
        self._sequence = sequence
        self._ids: deque[int] = deque()
        self._asked: Answer | None = None

    def ask(self, cursor: Cursor, count: int) -> None:
        """Have as many on their way as `count` needs."""
        lacking = count - len(self._ids)
        self._asked = _ask_ids(cursor, self._sequence, lacking) if lacking > 0 else None

    def take(self, cursor: Cursor, count: int) -> list[int]:
        """`count` ids, the lowest first."""
        asked, self._asked = self._asked, None
        if asked is not None:
            self._ids.extend(row[0] for row in asked.rows())
        if count > len(self._ids):
            self._ids.extend(next_ids(cursor, self._sequence, count - len(self._ids)))
        return [self._ids.popleft() for _ in range(count)]


def _ask_ids(cursor: Cursor, sequence: str, count: int) -> Answer:
    return cursor.ask("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", (sequence, count))


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


def _literals(params: Parameters) -> Parameters:
    if params is None:
        return None
    if isinstance(params, Mapping):
        return {name: array_literal(value) for name, value in params.items()}
    return [array_literal(value) for value in params]


def array_literal(value: Any) -> Any:
    """Lists of numbers, flags, bytes as the server writes arrays: far cheaper than value by value, always one type."""
    if type(value) is not list:
        return value
    element = _ELEMENTS.get(type(value[0])) if value else str
    return "{" + ",".join(map(element, value)) + "}" if element else value


def text_array(values: Iterable[str]) -> str:
    """Texts as the server writes an array of them, for a column of a row."""
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join([f'"{value}"' for value in quoted]) + "}"


@lru_cache(maxsize=64)
def _moment(value: datetime) -> str:
    """The same few moments stand in every row of a chunk."""
    return value.isoformat()


def _array(value: Sequence[int]) -> str:
    return "{" + ",".join(map(str, value)) + "}"


_ELEMENTS: dict[type, Callable[[Any], str]] = {
    int: str,
    float: repr,
    bool: lambda value: "t" if value else "f",
    bytes: lambda value: f'"\\\\x{value.hex()}"',
}
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
