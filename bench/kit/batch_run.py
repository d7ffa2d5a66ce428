"""Our own batch run over prepared people, from Parquet to groups. Prints JSON: seconds, candidate pairs, scored pairs.

Run: python bench/kit/batch_run.py FOLDER CLUSTERS_CSV (after bench/kit/prepared_people.py FOLDER)
"""

import json
import sys
from pathlib import Path
from time import monotonic

import duckdb

from bench.kit.prepared_people import KEYS, NAMES, RECORDS
from customerfile.matching.batch.inputs import Inputs
from customerfile.matching.batch.resolve import resolve
from customerfile.matching.model import default_model

_NAMED = """
COPY (
    SELECT source, key, "group" AS cluster FROM groups JOIN read_parquet($names) USING (record)
) TO '{target}' (HEADER)
"""


def main() -> None:
    """Write source, key, cluster; print what was measured."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    started = monotonic()
    with resolve(Inputs(folder / RECORDS, folder / KEYS), default_model(), folder=folder) as found:
        scored = sum(batch.num_rows for batch in found.pairs())
        told = {"seconds": monotonic() - started, "candidates": found.candidate_count, "scored": scored}
        groups = found.groups
    with duckdb.connect() as database:
        database.register("groups", groups)
        database.execute(_NAMED.format(target=target), {"names": str(folder / NAMES)})
    print(json.dumps(told))


if __name__ == "__main__":
    main()
