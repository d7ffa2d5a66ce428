"""Prepared people matched on one engine, from Parquet to groups. Prints JSON: seconds, candidate pairs, scored pairs.

Run: python bench/kit/engine_run.py FOLDER NAME [SPARK_MASTER] (after bench/kit/prepared_people.py FOLDER). What came
out goes to FOLDER/NAME-pairs.parquet and FOLDER/NAME-groups.parquet.
"""

import json
import sys
from pathlib import Path
from time import monotonic

import pyarrow.parquet as pq

from bench.kit.prepared_people import KEYS, RECORDS
from customerfile.matching.batch.duck import USUAL
from customerfile.matching.batch.engines import DUCKDB, spark_engine
from customerfile.matching.batch.grouping import NOTHING_JUDGED
from customerfile.matching.batch.inputs import Inputs
from customerfile.matching.model import default_model


def main(folder: Path, name: str, master: str | None) -> None:
    """Write what came out; print what was measured."""
    engine = spark_engine(master) if master else DUCKDB
    given = Inputs(folder / RECORDS, folder / KEYS)
    started = monotonic()
    with engine(given, default_model(), folder=folder, judged=NOTHING_JUDGED, limits=USUAL) as found:
        pairs = found.pairs().read_all()
        told = {"seconds": monotonic() - started, "candidates": found.candidate_count, "scored": len(pairs)}
        pq.write_table(pairs, folder / f"{name}-pairs.parquet")
        pq.write_table(found.groups, folder / f"{name}-groups.parquet")
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)
