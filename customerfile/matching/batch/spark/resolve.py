"""The entry point: every record of a file resolved at once, on Spark. The same decisions as on DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from duckdb import DuckDBPyConnection
from pyarrow import dataset
from pyspark.sql import SparkSession

from customerfile.matching.batch.duck import USUAL, Limits, private_duckdb
from customerfile.matching.batch.grouping import NOTHING_JUDGED, Judged, grouped
from customerfile.matching.batch.inputs import Inputs, Rows, load
from customerfile.matching.batch.resolve import Resolution
from customerfile.matching.batch.scoring import ROUNDING, SCORED, scored
from customerfile.matching.batch.spark.errors import spark_failures_in_words
from customerfile.matching.batch.spark.scoring import candidate_pairs, predictions
from customerfile.matching.batch.spark.session import require_spark, spark_session
from customerfile.matching.model import MatchModel

_RECORDS, _KEYS, _PAIRS, _PREDICTED = "records.parquet", "keys.parquet", "pairs", "predicted"


@dataclass(frozen=True, slots=True)
class OnSpark:
    """Spark at a master, as Spark writes it: spark://host:7077, local[*]."""

    master: str

    @contextmanager
    def resolve(
        self,
        inputs: Inputs,
        model: MatchModel,
        *,
        folder: Path,
        judged: Judged = NOTHING_JUDGED,
        limits: Limits = USUAL,
    ) -> Iterator[Resolution]:
        """Block and score on Spark, group here. What is handed over lies in a private part of `folder` until the end.

        The workers must see `folder` under the same path, as the same user. Raises NoSpark, and BatchFailed where
        Spark gives up.
        """
        require_spark(self.master)
        with (
            TemporaryDirectory(prefix="matching-", dir=folder) as place,
            private_duckdb(limits, folder) as database,
        ):
            shared = Path(place).resolve()
            with spark_failures_in_words():
                exported = _export(database, inputs, shared)
                with spark_session(self.master, shared) as spark:
                    candidate_count = _predict(spark, shared, model)
                load(database, exported, model)
                _take(database, shared, model)
                groups = grouped(database, model, judged)
            yield Resolution(candidate_count, groups, database)


def _export(database: DuckDBPyConnection, inputs: Inputs, shared: Path) -> Inputs:
    """Written anew wherever it came from: the workers may not see that place."""
    return Inputs(
        _written(database, inputs.records, shared / _RECORDS), _written(database, inputs.keys, shared / _KEYS)
    )


def _written(database: DuckDBPyConnection, rows: Rows, path: Path) -> Path:
    relation = database.read_parquet(str(rows)) if isinstance(rows, Path) else database.from_arrow(rows)
    relation.write_parquet(str(path), compression="zstd")
    return path


def _predict(spark: SparkSession, shared: Path, model: MatchModel) -> int:
    """Write the pairs, and what Splink says of those near or above the review threshold; how many pairs there are."""
    records, keys, pairs, predicted = (
        (shared / name).as_uri() for name in (_RECORDS, _KEYS, _PAIRS, _PREDICTED)
    )
    candidate_pairs(spark.read.parquet(keys), model).write.parquet(pairs)
    known, blocked = spark.read.parquet(records), spark.read.parquet(pairs)
    least = model.thresholds.review - ROUNDING
    predictions(known, blocked, model, least=least).write.parquet(predicted)
    return int(blocked.count())


def _take(database: DuckDBPyConnection, shared: Path, model: MatchModel) -> None:
    """Fill table `scored_pair`."""
    database.from_arrow(SCORED.empty_table()).create("scored_pair")
    for batch in dataset.dataset(shared / _PREDICTED, format="parquet").to_batches():
        database.from_arrow(scored(pa.table(batch), model)).insert_into("scored_pair")
