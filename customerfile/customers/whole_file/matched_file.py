"""Reads the whole file as matching sees it: records, blocking keys, links, scored pairs, judgements, as columns.

Read within `one_moment`. Texts are streamed, numbers are held: some 300 bytes a record.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString, NamedTuple

import numpy as np
import psycopg
import pyarrow as pa
from django.db import connection
from numpy.typing import NDArray
from pyarrow import csv

from customerfile.base.database import statement
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.matching.batch.grouping import Judged
from customerfile.matching.columns import Ints
from customerfile.matching.common_values import NOTHING_COMMON, CommonValues, common_values, without_common
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared

_HEADER, _TRAILER = 19, 2  # bytes of binary COPY before the first row and after the last
_BLOCK = 1 << 22
_RECORDS: LiteralString = (
    "COPY (SELECT record.id, source_id, prepared FROM record JOIN source ON source.id = source_id"
    " JOIN comparison_input ON comparison_input.record_id = record.id"
    " WHERE source.kind = 'customers' ORDER BY record.id) TO STDOUT (FORMAT csv)"
)
_KEYS: LiteralString = "COPY (SELECT key, record_id FROM block_key) TO STDOUT (FORMAT binary)"
_LINKS: LiteralString = (
    "COPY (SELECT record_id, customer_id FROM link WHERE valid_to IS NULL ORDER BY record_id)"
    " TO STDOUT (FORMAT binary)"
)
_TYPES = {"record": pa.int64(), "source": pa.int64(), "prepared": pa.string()}


class Links(NamedTuple):
    """The customer of each record; in the order of the records."""

    record: Ints
    customer: Ints


class StoredPairs(NamedTuple):
    """The scored pairs as they are stored. `current`: scored with the model asked about."""

    left: Ints
    right: Ints
    weight: NDArray[np.float64]
    veto: Ints
    current: NDArray[np.bool_]


def common() -> CommonValues:
    """The values that are not compared."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rule, value FROM common_value")
        rows = cursor.fetchall()
    return common_values(rows) if rows else NOTHING_COMMON


@contextmanager
def records(left_out: CommonValues = NOTHING_COMMON) -> Iterator[pa.RecordBatchReader]:
    """Every record of a customer, of at least one: record, source, prepared. Without the values to be left out."""
    with _raw().cursor() as cursor, cursor.copy(_RECORDS) as copy:
        stream = io.BufferedReader(_Copied(copy), _BLOCK)
        reader = csv.open_csv(
            stream,
            read_options=csv.ReadOptions(column_names=list(_TYPES), block_size=_BLOCK),
            convert_options=csv.ConvertOptions(column_types=_TYPES, strings_can_be_null=False),
        )
        yield reader if left_out is NOTHING_COMMON else _without(reader, left_out)


def _without(reader: pa.RecordBatchReader, left_out: CommonValues) -> pa.RecordBatchReader:
    marks = [str(value) for values in left_out for value in values]

    def compared(text: str) -> str:
        if not any(mark in text for mark in marks):
            return text
        return without_common(Prepared.from_json(text), left_out).to_json().decode()

    batches = (
        batch.set_column(2, "prepared", pa.array(map(compared, batch.column(2).to_pylist()), pa.string()))
        for batch in reader
    )
    return pa.RecordBatchReader.from_batches(reader.schema, batches)


def block_keys() -> pa.Table:
    """Every key with every record that has it."""
    rows = _binary(_KEYS, ("i8", "i8"))
    return pa.table({"key": _column(rows, 0), "record": _column(rows, 1)})


def made_keys(model: MatchModel) -> pa.Table:
    """As `block_keys`, made anew by the rules of a model."""
    keys: list[int] = []
    owners: list[int] = []
    with records() as batches:
        for batch in batches:
            columns = (batch.column(name).to_pylist() for name in ("record", "prepared"))
            for record, prepared in zip(*columns, strict=True):
                found = blocking_keys(Prepared.from_json(prepared), model)
                keys.extend(found)
                owners.extend([record] * len(found))
    return pa.table({"key": np.array(keys, np.int64), "record": np.array(owners, np.int64)})


def links() -> Links:
    """The present links."""
    rows = _binary(_LINKS, ("i8", "i8"))
    return Links(_column(rows, 0), _column(rows, 1))


def stored_pairs(model: MatchModel) -> StoredPairs:
    """The scored pairs."""
    query = psycopg.sql.SQL(
        "COPY (SELECT left_id, right_id, weight, veto::bigint, (model_hash = {})::int::bigint FROM scored_pair)"
        " TO STDOUT (FORMAT binary)"
    ).format(psycopg.sql.Literal(model.hash))
    rows = _binary(query, ("i8", "i8", "f8", "i8", "i8"))
    return StoredPairs(
        _column(rows, 0),
        _column(rows, 1),
        rows["value2"].astype(np.float64),
        _column(rows, 3),
        _column(rows, 4).astype(np.bool_),
    )


def judged() -> Judged:
    """What people said, and the sources with one record per customer."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "verdicts_in_force"))
        said = cursor.fetchall()
        cursor.execute("SELECT id FROM source WHERE one_record_per_customer")
        exclusive = [row[0] for row in cursor.fetchall()]
    return Judged(
        apart=[(left, right) for left, right, verdict in said if verdict == Verdict.NOT_A_MATCH],
        together=[(left, right) for left, right, verdict in said if verdict == Verdict.MATCH],
        exclusive=exclusive,
    )


class _Copied(io.RawIOBase):
    """What COPY hands out, as a file to read."""

    def __init__(self, copy: psycopg.Copy) -> None:
        self._blocks = iter(copy)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = memoryview(next(self._blocks, b""))
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _raw() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw


def _binary(query: LiteralString | psycopg.sql.Composed, types: tuple[str, ...]) -> NDArray[Any]:
    """Rows of columns of eight bytes each, none of them null."""
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for place, kind in enumerate(types):
        layout += [(f"size{place}", ">i4"), (f"value{place}", f">{kind}")]
    with _raw().cursor() as cursor, cursor.copy(query) as copy:
        found = bytearray()
        for block in copy:
            found += block
    return np.frombuffer(memoryview(found)[_HEADER:-_TRAILER], dtype=layout)


def _column(rows: NDArray[Any], place: int) -> Ints:
    return rows[f"value{place}"].astype(np.int64)
