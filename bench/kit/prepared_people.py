"""The people files as the batch executor reads them: stored comparison inputs and blocking keys, as Parquet.

Rows are read, standardised and prepared as an import does, a batch at a time. A record is named by a number; the file
names.parquet says which source and key it has. Run: python bench/kit/prepared_people.py FOLDER
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from customerfile.definition.loading import load_packs
from customerfile.intake.collector import calm_collector
from customerfile.intake.context import reading_context
from customerfile.intake.opening import ImportRequest, open_delivery
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import default_model
from customerfile.matching.prepare import prepare
from customerfile.matching.prepared import Prepared
from customerfile.sources.validation import standardise_row

FILES = ("people_a", "people_b")
RECORDS, KEYS, NAMES = "records.parquet", "keys.parquet", "names.parquet"
_PACKS = ("base", "retail")
_SCHEMAS = {
    RECORDS: pa.schema([("record", pa.int64()), ("source", pa.int64()), ("prepared", pa.string())]),
    KEYS: pa.schema([("key", pa.int64()), ("record", pa.int64())]),
    NAMES: pa.schema([("record", pa.int64()), ("source", pa.string()), ("key", pa.string())]),
}

type Named = tuple[str, Prepared]


def write_prepared(folder: Path, files: Sequence[str] = FILES) -> None:
    """Write the three Parquet files beside the CSV files."""
    numbers = count()
    with ExitStack() as open_files, tempfile.TemporaryDirectory() as spool, calm_collector():
        writers = {
            name: open_files.enter_context(pq.ParquetWriter(folder / name, schema))
            for name, schema in _SCHEMAS.items()
        }
        for source, name in enumerate(files):
            for batch in _prepared(folder / f"{name}.csv", Path(spool)):
                tables = _tables(batch, [next(numbers) for _ in batch], source=source, source_name=name)
                for file, columns in tables.items():
                    writers[file].write_table(pa.table(columns, schema=_SCHEMAS[file]))


def _prepared(path: Path, spool: Path) -> Iterator[list[Named]]:
    definition = load_packs(_PACKS)
    opened = open_delivery(ImportRequest(path, path.stem, "customers"), definition=definition, spool=spool)
    context = reading_context(opened.mapping)
    for batch in opened.stream.batches():
        mapped = [opened.mapper.map(row) for row in batch]
        yield [(row.key, prepare(standardise_row(row, definition, context).canonical)) for row in mapped]
    opened.stream.close()
    opened.spooled.path.unlink()


def _tables(
    batch: list[Named], numbers: list[int], *, source: int, source_name: str
) -> dict[str, list[list[object]]]:
    model = default_model()
    keys = [
        (key, n)
        for n, (_, record) in zip(numbers, batch, strict=True)
        for key in blocking_keys(record, model)
    ]
    return {
        RECORDS: [numbers, [source] * len(batch), [record.to_json().decode() for _, record in batch]],
        KEYS: [[key for key, _ in keys], [number for _, number in keys]],
        NAMES: [numbers, [source_name] * len(batch), [key for key, _ in batch]],
    }


if __name__ == "__main__":
    write_prepared(Path(sys.argv[1]))
