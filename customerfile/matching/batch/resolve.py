"""The entry point: every record of a file resolved at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from customerfile.matching.batch.duck import USUAL, Limits, private_duckdb
from customerfile.matching.batch.errors import failures_in_words
from customerfile.matching.batch.grouping import NOTHING_JUDGED, Judged, grouped
from customerfile.matching.batch.inputs import Inputs, candidate_pairs, load
from customerfile.matching.batch.scoring import SCORED, flatten, scored_pairs
from customerfile.matching.model import MatchModel

ROWS_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Resolution:
    """What came out. `groups`: record, group (its smallest record), every record once, in order."""

    candidate_count: int
    groups: pa.Table
    _database: DuckDBPyConnection

    def pairs(self) -> pa.RecordBatchReader:
        """The pairs at or above the review threshold as `SCORED` batches, in order; to be read before the end."""
        query = "SELECT * FROM scored_pair ORDER BY left_id, right_id"
        return self._database.sql(query).to_arrow_reader(ROWS_AT_ONCE)


@contextmanager
def resolve(
    inputs: Inputs,
    model: MatchModel,
    *,
    folder: Path,
    judged: Judged = NOTHING_JUDGED,
    limits: Limits = USUAL,
) -> Iterator[Resolution]:
    """Block, score and group. What does not fit in memory lies in a private part of `folder` until the end.

    Raises BatchFailed where the database gives up.
    """
    with private_duckdb(limits, folder) as database:
        with failures_in_words():
            load(database, inputs, model)
            candidate_count = candidate_pairs(database, model)
            _score(database, model)
            groups = grouped(database, model, judged)
        yield Resolution(candidate_count, groups, database)


def _score(database: DuckDBPyConnection, model: MatchModel) -> None:
    """Fill table `scored_pair`; what was only needed for it is dropped."""
    database.from_arrow(SCORED.empty_table()).create("scored_pair")
    flatten(database)
    for scored in scored_pairs(database, model):
        database.from_arrow(scored).insert_into("scored_pair")
    for table in ("disk.flat_record", "pair"):
        database.execute(f"DROP TABLE {table}")
