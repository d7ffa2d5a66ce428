"""Takes a list of customers out as it is shown: its columns, filters and order. Written down as every export is."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from customerfile.access.sight import Sight
from customerfile.base.told import told
from customerfile.customers.listing.offered import Offered
from customerfile.customers.listing.pages import Cell, ListRow, listed
from customerfile.customers.listing.question import Question
from customerfile.customers.whole_file.whole_base import one_moment
from customerfile.intake import export_columns
from customerfile.intake.export_files import ExportFault
from customerfile.intake.export_formats import TableWriter, csv_table, xlsx_table
from customerfile.intake.export_ledger import WATERMARK, Export, Taking, exported

LIST_FORMATS = (".csv", ".xlsx")


def export_list(
    path: Path, question: Question, fields: Mapping[str, Offered], *, sight: Sight, taken: tuple[str, str]
) -> int:
    """Write the list in the format of the ending; how many. `taken`: by whom, and why. `question` is checked.

    Raises ExportFault, and ListRefused where so many cannot be sorted so.
    """
    if path.suffix not in LIST_FORMATS:
        raise ExportFault(
            told("{file} does not say which format is wanted.", file=path.name),
            told("End it in {endings}.", endings=", ".join(LIST_FORMATS)),
        )
    by, reason = taken
    taking = Taking("customers.list.exported", path, by, reason, sight, _filters(question))
    header = [told("Name"), *(told(fields[key].label) for key in question.columns)]
    with exported(taking) as export, one_moment(), TemporaryDirectory(dir=path.parent) as scratch:
        header += [WATERMARK] if export.watermark else []
        export.columns = ["file.name", *question.columns]
        if path.suffix == ".csv":
            with csv_table(export.file, header) as write:
                _write(export, write, question, fields, sight)
        else:
            with xlsx_table(export.file, header, scratch=Path(scratch)) as write:
                _write(export, write, question, fields, sight)
    return export.count


def _write(
    export: Export, write: TableWriter, question: Question, fields: Mapping[str, Offered], sight: Sight
) -> None:
    mark = [export.watermark] if export.watermark else []
    with closing(listed(question, fields, sight=sight)) as batches:
        for batch in batches:
            export.take(len(batch))
            write([[*_cells(row), *mark] for row in batch])


def _cells(row: ListRow) -> list[export_columns.Cell]:
    return [row.name, *(_cell(cell) for cell in row.cells)]


def _cell(cell: Cell) -> export_columns.Cell:
    return cell.date().isoformat() if isinstance(cell, datetime) else cell


def _filters(question: Question) -> str:
    """By what it was filtered, for the ledger: not with which values, which may be anybody's name."""
    chosen = "selected" if question.among is not None else ""
    return f"list:{chosen}" + ",".join(f"{each.field}~{each.operator}" for each in question.conditions)
