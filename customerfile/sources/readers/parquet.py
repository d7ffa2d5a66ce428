"""Parquet, in record batches. Nested columns are flattened as in JSON Lines; typed values become plain text."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from customerfile.base.told import noted_text, told
from customerfile.sources.faults import TooLarge, UnreadableFile
from customerfile.sources.plain_values import plain_text
from customerfile.sources.readers.flatten import Nested, flatten
from customerfile.sources.readers.header import column_names
from customerfile.sources.readers.limits import ReadLimits
from customerfile.sources.rows import Detected, RawRow, ReadOptions, RowStream

_DAMAGED = noted_text("Make the file again; if it opens elsewhere, save it as CSV.")


def open_parquet(path: Path, options: ReadOptions, *, compression: str, limits: ReadLimits) -> RowStream:
    """Raises UnreadableFile for a damaged file, TooLarge for one that unpacks past the limits."""
    try:
        with pq.ParquetFile(path) as file:
            schema, rows, groups = file.schema_arrow, file.metadata.num_rows, file.metadata
            unpacked = max(
                (groups.row_group(at).total_byte_size for at in range(groups.num_row_groups)), default=0
            )
    except (pa.ArrowException, OSError) as error:
        raise UnreadableFile("The file is not readable Parquet.", _DAMAGED) from error
    if unpacked > limits.unpacked_bytes:
        raise TooLarge(
            told(
                "A row group of the file unpacks to more than {limit:,} MiB.",
                limit=limits.unpacked_bytes >> 20,
            ),
            "Write it again with smaller row groups.",
        )
    source = _Source(path, schema)
    columns = column_names(source.names(), limits)
    notes = () if rows else (noted_text("The file holds columns and no rows."),)
    return RowStream(
        columns=columns,
        detected=Detected(format="parquet", compression=compression, notes=notes),
        batches=lambda: source.batches(options.batch_rows),
        estimated_rows=rows,
    )


class _Source:
    """The rows of one file, as often as asked."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path = path
        self._is_flat = not any(map(pa.types.is_nested, schema.types))
        self._names = list(schema.names)

    def names(self) -> list[str]:
        """The columns; of nested data, every path that any row has."""
        if not self._is_flat:
            found: dict[str, None] = {}
            for batch in self._record_batches(1000):
                for row in batch.to_pylist():
                    found.update(dict.fromkeys(_nested(row)))
            self._names = list(found)
        return self._names

    def batches(self, size: int) -> Iterator[list[RawRow]]:
        rows = (_row(line, cells) for line, cells in enumerate(self._cells(size), start=1))
        while batch := list(islice(rows, size)):
            yield batch

    def _cells(self, size: int) -> Iterator[tuple[str | None, ...]]:
        for batch in self._record_batches(size):
            if self._is_flat:
                columns = [[plain_text(value) for value in column.to_pylist()] for column in batch.columns]
                yield from zip(*columns, strict=True)
            else:
                for row in map(_nested, batch.to_pylist()):
                    yield tuple([row.get(name) for name in self._names])

    def _record_batches(self, size: int) -> Iterator[pa.RecordBatch]:
        try:
            with pq.ParquetFile(self._path) as file:
                yield from file.iter_batches(batch_size=size)
        except (pa.ArrowException, OSError) as error:
            raise UnreadableFile("The file is damaged.", _DAMAGED) from error


def _nested(row: dict[str, Any]) -> dict[str, str | None]:
    made = _as_text(row)
    return flatten(made) if isinstance(made, dict) else {}


def _as_text(value: Any) -> Nested:
    if isinstance(value, dict):
        return {str(key): _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return plain_text(value)


def _row(line: int, values: tuple[str | None, ...]) -> RawRow:
    if any(value and "\x00" in value for value in values):
        shown = " | ".join((value or "").replace("\x00", "\\x00") for value in values)
        return RawRow(
            line,
            (),
            shown[:10_000],
            noted_text("The row holds NUL, which no text may hold."),
            noted_text("Write it again without."),
        )
    return RawRow(line, values)
