"""Resolves people on Spark and writes what came out. Run: python spark_run.py MASTER FOLDER...

A folder holds records.parquet and keys.parquet, and gets scored.parquet and groups.parquet. Where it holds
pairs.parquet (left_id, right_id), it gets predicted.parquet instead, what Splink says of those pairs.
"""

import sys
from pathlib import Path

import pyarrow.parquet as pq

from customerfile.matching.batch.engines import spark_engine
from customerfile.matching.batch.grouping import NOTHING_JUDGED
from customerfile.matching.batch.inputs import Inputs
from customerfile.matching.batch.spark.scoring import predictions
from customerfile.matching.batch.spark.session import spark_session
from tests.factories.matching_batches import LIMITS, MODEL


def main(master: str, folder: Path) -> None:
    """Predict the pairs where there are some; otherwise resolve."""
    if (folder / "pairs.parquet").exists():
        _predict(master, folder)
    else:
        _resolve(master, folder)


def _predict(master: str, folder: Path) -> None:
    with spark_session(master, folder) as spark:
        records, pairs = (
            spark.read.parquet((folder / f"{name}.parquet").as_uri()) for name in ("records", "pairs")
        )
        found = predictions(records, pairs, MODEL, least=None).toArrow()
    pq.write_table(found, folder / "predicted.parquet")


def _resolve(master: str, folder: Path) -> None:
    given = Inputs(folder / "records.parquet", folder / "keys.parquet")
    engine = spark_engine(master)
    with engine(given, MODEL, folder=folder, judged=NOTHING_JUDGED, limits=LIMITS) as found:
        pq.write_table(found.pairs().read_all(), folder / "scored.parquet")
        pq.write_table(found.groups, folder / "groups.parquet")


if __name__ == "__main__":
    for name in sys.argv[2:]:
        main(sys.argv[1], Path(name))
