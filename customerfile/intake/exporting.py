"""Takes the customer file out again: golden records as CSV, XLSX, JSON Lines or Parquet, and which record is whose.

A file is written whole or not at all, readable by its owner alone, and in the ledger before it can be seen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from customerfile.access.sight import HOLDINGS, Sight
from customerfile.base.told import told
from customerfile.customers.queries import customer_list
from customerfile.customers.whole_file.whole_base import (
    WholeRecord,
    all_links,
    field_widths,
    one_moment,
    whole_records,
)
from customerfile.definition.queries import current_definition
from customerfile.holdings.exporting import held_by
from customerfile.intake.export_columns import Column, columns, open_values
from customerfile.intake.export_files import ExportFault
from customerfile.intake.export_formats import TableWriter, csv_table, json_line, parquet_table, xlsx_table
from customerfile.intake.export_ledger import WATERMARK, Export, Taking, exported
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


def export_customers(
    path: Path, *, sight: Sight, by: str, reason: str = "", progress: Progress = lambda done, total: None
) -> int:
    """Write the active customers that are shown, in the format of the ending; how many. Raises ExportFault."""
    if path.suffix.lower() not in FORMATS:
        raise ExportFault(
            told("{file} does not say which format is wanted.", file=path.name),
            told("End it in {endings}.", endings=", ".join(FORMATS)),
        )
    taking = Taking("customers.file.exported", path, by, reason, sight)
    with exported(taking) as export, one_moment(), closing(whole_records(sight)) as records:
        batches = _told(_taken(records, export), progress, sight)
        if path.suffix.lower() == ".jsonl":
            _write_lines(export, batches, sight)
        else:
            with TemporaryDirectory(prefix=f".{path.name}.{export.mark}.", dir=path.parent) as scratch:
                found = columns(current_definition(), field_widths(sight))
                _write_table(export, _Table(path.suffix.lower(), found, Path(scratch)), batches)
    return export.count


def export_links(path: Path, *, sight: Sight, by: str, reason: str = "") -> int:
    """Write `source,key,customer` for every record as CSV; how many. Raises ExportFault, for whoever sees a part."""
    if not sight.is_whole:
        raise ExportFault(
            "You see a part of the customers, and links are exported whole.",
            "Ask somebody who sees everything.",
        )
    taking = Taking("customers.links.exported", path, by, reason)
    with exported(taking) as export, one_moment(), closing(all_links()) as links:
        export.columns = _LINK_COLUMNS
        name, mark = ([WATERMARK], [export.watermark]) if export.watermark else ([], [])
        with csv_table(export.file, [*_LINK_COLUMNS, *name]) as write:
            for batch in _taken(links, export):
                write([[*link, *mark] for link in batch] if mark else batch)
    return export.count


def export_rejects(path: Path, delivery_id: int, *, by: str, reason: str = "") -> int:
    """Write what a delivery refused as CSV; how many. Raises ExportFault."""
    taking = Taking("sources.rejects.exported", path, by, reason, of=f"delivery:{delivery_id}")
    with exported(taking) as export:
        export.columns = _REJECT_COLUMNS
        name, mark = ([WATERMARK], [export.watermark]) if export.watermark else ([], [])
        with csv_table(export.file, [*_REJECT_COLUMNS, *name]) as write:
            for batch in _taken(batched(all_rejects(delivery_id), _REJECTS_AT_ONCE), export):
                write([[*(getattr(reject, each) for each in _REJECT_COLUMNS), *mark] for reject in batch])
    return export.count


def _taken[Batch: Sequence[object]](batches: Iterable[Batch], export: Export) -> Iterator[Batch]:
    for batch in batches:
        export.take(len(batch))
        yield batch


def _told(
    batches: Iterator[list[WholeRecord]], progress: Progress, sight: Sight
) -> Iterator[list[WholeRecord]]:
    total = customer_list(sight=sight, limit=1).total_estimate
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        progress(done, max(done, total))


def _write_lines(export: Export, batches: Iterator[list[WholeRecord]], sight: Sight) -> None:
    definition = current_definition()
    also = (HOLDINGS,) if sight.shows(HOLDINGS) else ()
    fields = (field.key for field in definition.fields if sight.shows(field.key))
    export.columns = ["number", "kind", *fields, *also]
    mark = {WATERMARK: export.watermark} if export.watermark else {}
    for batch in batches:
        held = held_by([record.number for record in batch]) if also else {}
        for record in batch:
            about = {"number": record.number, "kind": record.kind}
            holds = {HOLDINGS: held[record.number]} if record.number in held else {}
            export.file.write(json_line(about | open_values(record.values, definition) | holds | mark))


def _write_table(export: Export, table: _Table, batches: Iterator[list[WholeRecord]]) -> None:
    export.columns = [column.name for column in table.columns]
    if watermark := export.watermark:
        table = replace(table, columns=[*table.columns, Column(WATERMARK, str, lambda _: watermark)])
    with table.opened(export.file) as write:
        for batch in batches:
            write([[column.cell(record) for column in table.columns] for record in batch])
