"""Splink on Spark stands every pair at the level that it has online and on DuckDB; each level is met."""

from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from broken_people import broken_people
from local_spark import needs_java, settings, spark_run

from customerfile.matching.batch.scoring import levels_of
from customerfile.matching.cluster import Pair
from customerfile.matching.columns import Levels
from customerfile.matching.prepared import Prepared
from customerfile.matching.score import score_indexed
from tests.factories.matching_batches import MODEL, inputs, predicted

pytestmark = [pytest.mark.slow, needs_java]

PAIRS = 60_000


def test_broken_pairs_come_out_alike_on_spark(tmp_path: Path) -> None:
    people = broken_people(1500, times=4, seed=22)
    pairs = _pairs(people)
    on_spark, on_duckdb = _on_spark(people, pairs, tmp_path), predicted(people, pairs, tmp_path)
    left, right = (on_spark[f"record_id_{side}"].to_numpy() for side in ("l", "r"))
    online = score_indexed(MODEL, people, left, right).level
    assert len(online) == len(pairs) >= PAIRS
    assert levels_of(on_spark, MODEL).tolist() == levels_of(on_duckdb, MODEL).tolist() == online.tolist()
    assert _not_met(online) == []


def _on_spark(people: list[Prepared], pairs: list[Pair], folder: Path) -> pa.Table:
    pq.write_table(inputs(people).records, folder / "records.parquet")
    left, right = zip(*pairs, strict=True)
    pq.write_table(
        pa.table({"left_id": pa.array(left, pa.int64()), "right_id": pa.array(right, pa.int64())}),
        folder / "pairs.parquet",
    )
    spark_run("local[2]", folder, conf=settings(folder / "conf"))
    found = pq.read_table(folder / "predicted.parquet")
    return found.sort_by([("record_id_l", "ascending"), ("record_id_r", "ascending")])


def _pairs(people: list[Prepared]) -> list[Pair]:
    """Each record with those next to it in several orders, and with others by chance."""
    places = list(range(len(people)))
    orders = [places]
    for field in ("family", "birth", "emails", "phones", "addresses", "strong", "organisation"):
        orders.append(sorted(places, key=lambda place: getattr(people[place], field)))
    found = {(min(pair), max(pair)) for order in orders for pair in pairwise(order)}
    random = Random(6)
    while len(found) < PAIRS:
        left, right = sorted(random.sample(places, 2))
        found.add((left, right))
    return sorted(found)


def _not_met(online: Levels) -> list[str]:
    return [
        f"{comparison.name}.{level.name}"
        for place, comparison in enumerate(MODEL.comparisons)
        for number, level in enumerate(comparison.levels)
        if not np.any(online[:, place] == number)
    ]
