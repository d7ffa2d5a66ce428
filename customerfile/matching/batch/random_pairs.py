"""How often strangers stand at each level: counted by Splink over random pairs of records."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, Linker

from customerfile.matching.batch.blending import Shares
from customerfile.matching.batch.settings import RECORD_ID
from customerfile.matching.batch.training_settings import sampling_settings
from customerfile.matching.columns import Ints
from customerfile.matching.model import MatchModel

RANDOM_RECORDS = 2_000  # two million pairs
_SEED = 1


def draw(records: Ints) -> Ints:
    """Of these records so many as are compared with one another; the same ones each time."""
    if len(records) <= RANDOM_RECORDS:
        return records
    return np.sort(np.random.default_rng(_SEED).choice(records, RANDOM_RECORDS, replace=False))


def level_counts(database: DuckDBPyConnection, model: MatchModel, strangers: Ints) -> Mapping[str, Shares]:
    """Comparison -> how many pairs of these records stand at each level. They are rows of `flat`."""
    database.register("stranger", pa.table({RECORD_ID: pa.array(strangers, pa.int64())}))
    database.sql(f"FROM flat SEMI JOIN stranger USING ({RECORD_ID})").create("strange_record")
    api = DuckDBAPI(database)
    linker = Linker(
        api.register("strange_record"),
        sampling_settings(model),
        log_level=None,
        validate_settings=False,
    )
    pairs = len(strangers) * (len(strangers) - 1) // 2
    linker.training.estimate_u_using_random_sampling(
        max_pairs=pairs + 1, seed=_SEED, min_count_per_level=None, num_chunks=1
    )
    trained = linker.misc.save_model_to_json()
    database.execute("DROP TABLE strange_record")
    return {
        found["output_column_name"]: np.rint(
            pairs
            * np.array(
                [level.get("u_probability", 0.0) for level in reversed(found["comparison_levels"][1:])]
            )
        )
        for found in trained["comparisons"]
    }
