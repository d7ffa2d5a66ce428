"""What a delivery refused, as a file to be corrected and handed in again: the columns as delivered, and what was wrong.

It holds whole rows, of orders all their lines, so that what comes back replaces nothing by less.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TextIO

from customerfile.intake.spreadsheet_cells import guarded, unguarded
from customerfile.sources.mapping import Mapping
from customerfile.sources.queries import Reject
from customerfile.sources.readers.opening import open_file
from customerfile.sources.rows import RawRow, ReadOptions, RowStream
from customerfile.values.cards import mask_cards

WRONG = "What was wrong"


def write_corrections(
    path: Path, target: Path, *, name: str, options: ReadOptions, mapping: Mapping, refused: Iterable[Reject]
) -> int:
    """Write the rows of a file of which something was refused; how many. Card numbers are masked."""
    reasons: dict[int, list[str]] = {}
    for each in refused:
        about = f"{each.field}: " if each.field and each.scope == "value" else ""
        reasons.setdefault(each.line, []).append(f"{about}{each.reason} {each.remedy}".strip())
    if not reasons:
        return 0
    stream = open_file(path, options, name=name)
    try:
        with closing(_private(target)) as file:
            return _write(file, stream, reasons, _column_of_orders(stream, mapping))
    finally:
        stream.close()


def write_without_guards(path: Path, target: Path, *, name: str) -> tuple[str, ...]:
    """Rewrite a corrected file, in whatever format it comes back, with the columns that were delivered alone.

    Gives those columns. Raises ReadFault.
    """
    stream = open_file(path, ReadOptions(header=True), name=name)
    kept = [place for place, column in enumerate(stream.columns) if column != WRONG]
    columns = tuple(unguarded(stream.columns[place]) for place in kept)
    try:
        with closing(_private(target)) as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            for batch in stream.batches():
                for row in batch:
                    writer.writerow(_cells(row, len(stream.columns), kept))
    finally:
        stream.close()
    return columns


def _cells(row: RawRow, width: int, kept: Sequence[int]) -> list[str]:
    if row.fault:
        cells = _split(row.text)
        return [unguarded(cell) for place, cell in enumerate(cells) if place in kept or place >= width]
    return [unguarded(row.values[place] or "") for place in kept]


def _write(file: TextIO, stream: RowStream, reasons: dict[int, list[str]], order: int | None) -> int:
    orders = _orders_of(stream, reasons, order)
    writer = csv.writer(file)
    writer.writerow([WRONG, *map(guarded, stream.columns)])
    written = 0
    for row in _rows(stream):
        is_wanted = row.line in reasons or (
            not row.fault and order is not None and row.values[order] in orders
        )
        if is_wanted:
            cells = _split(row.text) if row.fault else [cell or "" for cell in row.values]
            told = " / ".join(reasons.get(row.line, ["another line of this order was refused"]))
            writer.writerow([told, *(guarded(mask_cards(cell)) for cell in cells)])
            written += 1
    return written


def _orders_of(stream: RowStream, reasons: dict[int, list[str]], order: int | None) -> set[str | None]:
    if order is None:
        return set()
    found = {row.values[order] for row in _rows(stream) if row.line in reasons and not row.fault}
    return found - {None, ""}


def _column_of_orders(stream: RowStream, mapping: Mapping) -> int | None:
    named = [each.column for each in mapping.columns if "order.key" in each.targets]
    return stream.columns.index(named[0]) if named and mapping.kind_as == "purchases" else None


def _rows(stream: RowStream) -> Iterator[RawRow]:
    for batch in stream.batches():
        yield from batch


def _split(text: str) -> list[str]:
    """The cells of a row that could not be read, by the separator that stands in it most often."""
    separator = max(",;\t|", key=text.count)
    return next(csv.reader([text.replace("\n", " ").replace("\r", " ")], delimiter=separator), [])


def _private(path: Path) -> TextIO:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    return os.fdopen(handle, "w", encoding="utf-8", newline="")
