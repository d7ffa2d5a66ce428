"""How many pairs the blocking keys of the people files bring together, counted in DuckDB. Prints JSON.

Rows are read, standardised and prepared as an import does; only their keys are kept, so that memory stays bounded.
Run: python bench/kit/candidate_counts.py FOLDER
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from customerfile.definition.loading import load_packs
from customerfile.intake.collector import calm_collector
from customerfile.intake.context import reading_context
from customerfile.intake.opening import ImportRequest, open_delivery
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import MatchModel, default_model
from customerfile.matching.prepare import prepare
from customerfile.sources.validation import standardise_row

FILES = ("people_a", "people_b")
_MEMORY = "2GB"
_PACKS = ("base", "retail")
# A key that more records share than the model allows is passed over, in an import as here.
_BLOCKS = "CREATE TABLE block AS SELECT key, count(*) AS size FROM held GROUP BY key HAVING count(*) > 1"
_PAIRS = """
SELECT count(*) FROM (
    SELECT DISTINCT one.record, other.record
    FROM block JOIN held AS one USING (key) JOIN held AS other USING (key)
    WHERE block.size <= ? AND one.record < other.record
)
"""
_HOT = "SELECT count(*), coalesce(max(size), 0) FROM block WHERE size > ?"


def counts(folder: Path) -> dict[str, int]:
    """Records, their keys, the distinct candidate pairs, and the keys that are passed over."""
    with tempfile.TemporaryDirectory() as place, calm_collector():
        database = duckdb.connect(str(Path(place) / "keys.duckdb"))
        database.execute(f"SET memory_limit = '{_MEMORY}'")
        database.execute("SET preserve_insertion_order = false")
        database.execute("CREATE TABLE held (key bigint, record bigint)")
        model, numbers = default_model(), count()
        for name in FILES:
            for batch in _keys(folder / f"{name}.csv", Path(place), model):
                _keep(database, [(next(numbers), keys) for keys in batch])
        database.execute(_BLOCKS)
        hot, largest = _row(database, _HOT, model)
        (pairs,) = _row(database, _PAIRS, model)
        (keys,) = database.sql("SELECT count(*) FROM held").fetchall()[0]
        return {
            "records": next(numbers),
            "keys": keys,
            "pairs": pairs,
            "hot_keys": hot,
            "largest_block": largest,
        }


def _keys(path: Path, spool: Path, model: MatchModel) -> Iterator[list[tuple[int, ...]]]:
    definition = load_packs(_PACKS)
    request = ImportRequest(path, path.stem, "customers")
    opened = open_delivery(request, definition=definition, spool=spool)
    context = reading_context(opened.mapping)
    for batch in opened.stream.batches():
        rows = (standardise_row(opened.mapper.map(row), definition, context).canonical for row in batch)
        yield [blocking_keys(prepare(row), model) for row in rows]
    opened.stream.close()
    opened.spooled.path.unlink()


def _keep(database: duckdb.DuckDBPyConnection, numbered: list[tuple[int, tuple[int, ...]]]) -> None:
    keys = np.array([key for _, keys in numbered for key in keys], dtype=np.int64)
    records = np.repeat([number for number, _ in numbered], [len(keys) for _, keys in numbered])
    rows = pa.table({"key": keys, "record": records.astype(np.int64)})
    database.register("arriving", rows)
    database.execute("INSERT INTO held SELECT key, record FROM arriving")
    database.unregister("arriving")


def _row(database: duckdb.DuckDBPyConnection, query: str, model: MatchModel) -> tuple[int, ...]:
    found: tuple[int, ...] = database.execute(query, [model.max_block_size]).fetchall()[0]
    return found


def main() -> None:
    """Print the counts."""
    print(json.dumps(counts(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
