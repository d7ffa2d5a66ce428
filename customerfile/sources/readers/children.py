"""Spreadsheets and vCards as row streams; the parsing itself happens in a limited child process."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from customerfile.sources.readers.header import refuse_too_many
from customerfile.sources.readers.limits import ReadLimits
from customerfile.sources.readers.sheet_layout import SheetLayout, lay_out
from customerfile.sources.readers.text import open_text
from customerfile.sources.rows import Detected, RawRow, ReadOptions, RowStream
from customerfile.sources.sandbox import ask_about, ask_for_rows
from customerfile.sources.sandboxed.request import Request, WireRow


def open_spreadsheet(path: Path, options: ReadOptions, *, compression: str, limits: ReadLimits) -> RowStream:
    """One sheet of an XLSX workbook: the one asked for, or the first visible one that holds anything."""
    wait = limits.child_wait_seconds
    request = _request(path, "xlsx", limits, sheet=options.sheet)
    about = ask_about(request, wait_seconds=wait)
    layout = lay_out(about.head, options.header, limits)
    asked = replace(request, sheet=about.sheet, columns=())

    def batches() -> Iterator[list[RawRow]]:
        told = ask_for_rows(asked, wait_seconds=wait)
        rows = (_sheet_row(layout, row) for row in told if row[0] > layout.header_line)
        while batch := list(islice(rows, options.batch_rows)):
            yield batch

    notes = (*about.notes, *layout.notes)
    has_header = layout.header_line > 0
    return RowStream(
        columns=layout.columns,
        detected=Detected("xlsx", compression, has_header=has_header, sheet=about.sheet, notes=notes),
        batches=batches,
        estimated_rows=max(0, about.rows - layout.header_line),
    )


def open_vcards(path: Path, options: ReadOptions, *, compression: str, limits: ReadLimits) -> RowStream:
    """A vCard file: one row per card, under columns that known_headers/vcard.yaml knows."""
    wait = limits.child_wait_seconds
    text = open_text(path, options.encoding, limits)
    request = _request(path, "vcard", limits, encoding=text.encoding)
    about = ask_about(request, wait_seconds=wait)
    refuse_too_many(len(about.columns), limits)
    asked = replace(request, columns=about.columns)

    def batches() -> Iterator[list[RawRow]]:
        rows = (_row(*row) for row in ask_for_rows(asked, wait_seconds=wait))
        while batch := list(islice(rows, options.batch_rows)):
            yield batch

    notes = (*text.notes, *about.notes)
    return RowStream(
        columns=about.columns,
        detected=Detected("vcard", compression, text.encoding, notes=notes),
        batches=batches,
        estimated_rows=about.rows,
    )


def _sheet_row(layout: SheetLayout, told: WireRow) -> RawRow:
    line, cells, text, fault, remedy = told
    return RawRow(line, (), text, fault, remedy) if fault else layout.row(line, cells)


def _row(line: int, cells: list[str | None], text: str, fault: str, remedy: str) -> RawRow:
    return RawRow(line, tuple(cells), text, fault, remedy)


def _request(
    path: Path, file_format: str, limits: ReadLimits, *, sheet: str = "", encoding: str = ""
) -> Request:
    return Request(
        format=file_format,
        path=str(path.resolve()),
        encoding=encoding,
        sheet=sheet,
        cells=limits.cells,
        unpacked_bytes=limits.unpacked_bytes,
        inflation_ratio=limits.inflation_ratio,
        ratio_from_bytes=limits.ratio_from_bytes,
        memory_bytes=limits.child_memory_bytes,
        cpu_seconds=limits.child_cpu_seconds,
    )
