"""Prepared records as the batch executor reads them, and what it says of pairs of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from customerfile.matching.batch.duck import Limits, private_duckdb
from customerfile.matching.batch.inputs import Inputs, load
from customerfile.matching.batch.scoring import flatten, predictions
from customerfile.matching.cluster import Pair
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import default_model
from customerfile.matching.prepared import Prepared

MODEL = default_model()
LIMITS = Limits(memory="1GB", threads=2)


def inputs(people: Sequence[Prepared], sources: Sequence[int] = ()) -> Inputs:
    """A record's id is its place."""
    keys = [(key, place) for place, record in enumerate(people) for key in blocking_keys(record, MODEL)]
    records = {
        "record": pa.array(range(len(people)), pa.int64()),
        "source": pa.array(sources or [1] * len(people), pa.int64()),
        "prepared": pa.array([record.to_json().decode() for record in people], pa.string()),
    }
    return Inputs(pa.table(records), key_table(keys))


def key_table(keys: Sequence[tuple[int, int]]) -> pa.Table:
    return pa.table(
        {
            "key": pa.array([key for key, _ in keys], pa.int64()),
            "record": pa.array([record for _, record in keys], pa.int64()),
        }
    )


@contextmanager
def with_pairs(
    people: Sequence[Prepared], pairs: Sequence[Pair], folder: Path
) -> Iterator[DuckDBPyConnection]:
    """A database with the people flattened, and these pairs in place of candidate pairs."""
    with private_duckdb(LIMITS, folder) as database:
        load(database, inputs(people), MODEL)
        table = {
            name: pa.array([pair[side] for pair in pairs], pa.int64())
            for side, name in enumerate(("left_id", "right_id"))
        }
        database.from_arrow(pa.table(table)).create("pair")
        flatten(database)
        yield database


def predicted(people: Sequence[Prepared], pairs: Sequence[Pair], folder: Path) -> pa.Table:
    """What Splink says of the pairs, in their order by record ids."""
    with with_pairs(people, pairs, folder) as database:
        found = pa.concat_tables(predictions(database, MODEL, least=None))
    return found.sort_by([("record_id_l", "ascending"), ("record_id_r", "ascending")])
