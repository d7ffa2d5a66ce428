"""The people files as the batch executor reads them."""

import csv
from pathlib import Path

import pyarrow.parquet as pq

from bench.kit.prepared_people import KEYS, NAMES, RECORDS, write_prepared
from bench.make_people import write_people
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import default_model
from customerfile.matching.prepared import Prepared


def test_every_row_is_a_record_with_its_keys_and_its_name(tmp_path: Path) -> None:
    write_people(tmp_path, rows=20, seed=1)
    write_prepared(tmp_path)

    records, keys, names = (pq.read_table(tmp_path / name).to_pylist() for name in (RECORDS, KEYS, NAMES))
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as truth:
        assert [(row["source"], row["key"]) for row in names] == [
            (row["source"], row["key"]) for row in csv.DictReader(truth)
        ]
    assert [row["record"] for row in records] == [row["record"] for row in names] == list(range(20))
    first = Prepared.from_json(records[0]["prepared"])
    assert first.family
    assert sorted(row["key"] for row in keys if row["record"] == 0) == list(
        blocking_keys(first, default_model())
    )
