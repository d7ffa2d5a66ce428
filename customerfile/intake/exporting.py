"""Takes the customer file out again: golden records as CSV, XLSX, JSON Lines or Parquet, and which record is whose.

A file is written whole or not at all, readable by its owner alone.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from customerfile.access.sight import Sight
from customerfile.customers.queries import customer_list
from customerfile.customers.whole_file.whole_base import (
    WholeRecord,
    all_links,
    field_widths,
    one_moment,
    whole_records,
)
from customerfile.definition.queries import current_definition
from customerfile.intake.export_columns import Column, columns, open_values
from customerfile.intake.export_files import ExportFault, written_whole
from customerfile.intake.export_formats import TableWriter, csv_table, json_line, parquet_table, xlsx_table
from customerfile.sources.queries import all_rejects

__all__ = ["FORMATS", "ExportFault", "export_customers", "export_links", "export_rejects"]

FORMATS = (".csv", ".xlsx", ".jsonl", ".parquet")
_LINK_COLUMNS = ("source", "key", "customer")
_REJECT_COLUMNS = ("line", "scope", "key", "field", "text", "reason", "remedy")
_REJECTS_AT_ONCE = 5000

type Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class _Table:
    """How a table is laid out: the ending of its format, its columns, a folder for what is put together on the way."""

    ending: str
    columns: Sequence[Column]
    scratch: Path

    def opened(self, file: BinaryIO) -> AbstractContextManager[TableWriter]:
        header = [column.name for column in self.columns]
        if self.ending == ".xlsx":
            return xlsx_table(file, header, scratch=self.scratch)
        return parquet_table(file, self.columns) if self.ending == ".parquet" else csv_table(file, header)


def export_customers(path: Path, *, sight: Sight, progress: Progress = lambda done, total: None) -> int:
    """Write the active customers that are shown, in the format of the ending; how many. Raises ExportFault."""
    if path.suffix.lower() not in FORMATS:
        raise ExportFault(
            f"{path.name} does not say which format is wanted.", f"End it in {', '.join(FORMATS)}."
        )
    with written_whole(path) as file, one_moment():
        batches = _told(whole_records(sight), progress, sight)
        if path.suffix.lower() == ".jsonl":
            return _write_lines(file, batches)
        with TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as scratch:
            found = columns(current_definition(), field_widths(sight))
            return _write_table(file, _Table(path.suffix.lower(), found, Path(scratch)), batches)


def export_links(path: Path, *, sight: Sight) -> int:
    """Write `source,key,customer` for every record as CSV; how many. Raises ExportFault, for whoever sees a part."""
    if not sight.is_whole:
        raise ExportFault(
            "You see a part of the customers, and links are exported whole.",
            "Ask somebody who sees everything.",
        )
    count = 0
    with written_whole(path) as file, one_moment(), csv_table(file, _LINK_COLUMNS) as write:
        for batch in all_links():
            write(batch)
            count += len(batch)
    return count


def export_rejects(path: Path, delivery_id: int) -> int:
    """Write what a delivery refused as CSV; how many. Raises ExportFault."""
    count = 0
    with written_whole(path) as file, csv_table(file, _REJECT_COLUMNS) as write:
        for batch in batched(all_rejects(delivery_id), _REJECTS_AT_ONCE):
            write([[getattr(reject, column) for column in _REJECT_COLUMNS] for reject in batch])
            count += len(batch)
    return count


def _told(
    batches: Iterator[list[WholeRecord]], progress: Progress, sight: Sight
) -> Iterator[list[WholeRecord]]:
    total = customer_list(sight=sight, limit=1).total_estimate
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        progress(done, max(done, total))


def _write_lines(file: BinaryIO, batches: Iterator[list[WholeRecord]]) -> int:
    definition = current_definition()
    count = 0
    for batch in batches:
        for record in batch:
            about = {"number": record.number, "kind": record.kind}
            file.write(json_line(about | open_values(record.values, definition)))
        count += len(batch)
    return count


def _write_table(file: BinaryIO, table: _Table, batches: Iterator[list[WholeRecord]]) -> int:
    count = 0
    with table.opened(file) as write:
        for batch in batches:
            write([[column.cell(record) for column in table.columns] for record in batch])
            count += len(batch)
    return count
