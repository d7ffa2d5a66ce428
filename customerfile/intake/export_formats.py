"""Writes rows of cells as CSV, XLSX, JSON Lines or Parquet, a batch at a time: memory does not grow with the file."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from customerfile.intake.export_columns import Cell, Column
from customerfile.intake.spreadsheet_cells import guarded

ROWS_OF_A_SHEET = 1_048_575  # beside the header
LONGEST_CELL = 32_767

type Row = Sequence[Cell]


class TableWriter(Protocol):
    def __call__(self, rows: Sequence[Row], /) -> None:
        """Write a batch of rows, each with one cell per column."""


@contextmanager
def csv_table(file: BinaryIO, header: Sequence[str]) -> Iterator[TableWriter]:
    """UTF-8, commas, a header row. No text cell can become a formula: see spreadsheet_cells."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)

    def write(rows: Sequence[Row]) -> None:
        writer.writerows(
            [[guarded(cell) if type(cell) is str else _plain(cell) for cell in row] for row in rows]
        )

    try:
        yield write
        text.flush()
    finally:
        text.detach()


def _plain(cell: Cell) -> Cell:
    return ("true" if cell else "false") if type(cell) is bool else cell


@contextmanager
def xlsx_table(file: BinaryIO, header: Sequence[str], *, scratch: Path) -> Iterator[TableWriter]:
    """Typed cells: text is stored as text, whatever it begins with. A further sheet where one is full."""
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "tmpdir": str(scratch),
        },
    )
    sheets = _Sheets(book, header)
    yield sheets.write
    book.close()


class _Sheets:
    def __init__(self, book: xlsxwriter.Workbook, header: Sequence[str]) -> None:
        self._book = book
        self._header = header
        self._bold = book.add_format({"bold": True})
        self._begin()

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if self._row > ROWS_OF_A_SHEET:
                self._begin()
            self._write_row(row)

    def _begin(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for position, name in enumerate(self._header):
            self._sheet.write_string(0, position, name, self._bold)
        self._row = 1

    def _write_row(self, row: Row) -> None:
        for position, cell in enumerate(row):
            if type(cell) is str:
                self._sheet.write_string(self._row, position, cell[:LONGEST_CELL])
            elif type(cell) is bool:
                self._sheet.write_boolean(self._row, position, cell)
            elif cell is not None:
                self._sheet.write_number(self._row, position, cell)
        self._row += 1


@contextmanager
def parquet_table(file: BinaryIO, columns: Sequence[Column]) -> Iterator[TableWriter]:
    """Typed columns, Zstandard-compressed; a batch is a row group."""
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    schema = pa.schema([(column.name, types[column.type]) for column in columns])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:

        def write(rows: Sequence[Row]) -> None:
            arrays = [
                pa.array(cells, type=field.type)
                for cells, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))

        yield write


def json_line(value: object) -> bytes:
    """One line of JSON Lines."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
