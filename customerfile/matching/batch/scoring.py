"""Scores the candidate pairs through Splink, a part of them at a time, so that memory does not grow with the file.

Splink finds the level of every comparison. Weight, threshold and veto then follow from the levels by the very
functions the online scorer uses, so that no decision can hang on the order in which a database adds numbers up.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, Linker

from customerfile.base.database import statement
from customerfile.matching.batch.settings import RECORD_ID, all_conditions, level_column, splink_settings
from customerfile.matching.columns import Levels
from customerfile.matching.compare_contacts import SEVEN_DIGITS, WITH_AREA
from customerfile.matching.model import MatchModel
from customerfile.matching.score import vetoes_of, weights_of

PAIRS_AT_ONCE = 400_000  # some 400 MB while they are compared
ROUNDING = 1e-6  # Splink's sum may differ from ours in the last bits

SCORED = pa.schema(
    [
        ("left_id", pa.int64()),  # the smaller of the two record ids
        ("right_id", pa.int64()),
        ("weight", pa.float64()),
        ("levels", pa.binary()),  # a signed byte for each comparison of the model; -1 unknown
        ("veto", pa.int8()),  # the 1-based position of the first veto that holds; 0 none
    ]
)


def flatten(database: DuckDBPyConnection) -> None:
    """Make `flat` from `staged`, for the records in `pair`: on disk, for each part of the pairs needs little of it."""
    numbers = {"seven_digits": SEVEN_DIGITS, "with_area": WITH_AREA}
    database.execute(statement(__package__, "flatten"), numbers)
    database.table("disk.flat_record").create_view("flat")


def scored_pairs(database: DuckDBPyConnection, model: MatchModel) -> Iterator[pa.Table]:
    """The pairs at or above the review threshold, as tables of `SCORED`."""
    least = model.thresholds.review - ROUNDING
    for predicted in predictions(database, model, least=least):
        yield scored(predicted, model)


def predictions(
    database: DuckDBPyConnection, model: MatchModel, *, least: float | None
) -> Iterator[pa.Table]:
    """What Splink says: record_id_l, record_id_r, match_weight and a column of levels for each comparison."""
    api = DuckDBAPI(database)
    settings = splink_settings(model, all_conditions())
    linker = Linker(
        api.register("flat"), settings, log_level=None, validate_settings=False
    )  # ours are tested
    names = [level_column(comparison) for comparison in model.comparisons]
    levels = ", ".join(f"{name}::TINYINT AS {name}" for name in names)
    for part in _parts(database):
        linker.table_management.register_blocked_pairs_for_predict(api.register(part))
        predicted = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        wanted = f"{RECORD_ID}_l, {RECORD_ID}_r, match_weight, {levels}"
        found = predicted.as_duckdbpyrelation().select(wanted).to_arrow_table()
        predicted.drop_table_from_database_and_remove_from_cache()
        database.execute(f"DROP VIEW {part}")
        yield found


def _parts(database: DuckDBPyConnection) -> Iterator[str]:
    """Views on `pair` as Splink wants its blocked pairs, cut by the left record into parts of about equal size."""
    for number, (low, high) in enumerate(_spans(database)):
        name = f"part_{number}"
        wanted = "left_id AS join_key_l, right_id AS join_key_r, '0' AS match_key"
        span = f"left_id > {low} AND left_id <= {high}"
        database.table("pair").filter(span).select(wanted).create_view(name)
        yield name


def _spans(database: DuckDBPyConnection) -> Iterator[tuple[int, int]]:
    """Left record ids above the first and up to the second of each span."""
    [(count,)] = database.execute("SELECT count(*) FROM pair").fetchall()
    if count:
        parts = -(-count // PAIRS_AT_ONCE)
        shares = [number / parts for number in range(1, parts + 1)]
        [(cuts,)] = database.execute(
            "SELECT quantile_disc(left_id, $shares) FROM pair", {"shares": shares}
        ).fetchall()
        yield from pairwise([_LOWEST, *cuts[:-1], _HIGHEST])


def scored(predicted: pa.Table, model: MatchModel) -> pa.Table:
    """Of what Splink said, the pairs at or above the review threshold, as `SCORED`."""
    level = levels_of(predicted, model)
    weight = weights_of(model, level)
    kept = np.flatnonzero(weight >= model.thresholds.review)
    level = np.ascontiguousarray(level[kept])
    rows = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(level.shape[1]), len(kept), [None, pa.py_buffer(level)]
    )
    columns = [
        predicted.column(f"{RECORD_ID}_l").take(pa.array(kept)),
        predicted.column(f"{RECORD_ID}_r").take(pa.array(kept)),
        pa.array(weight[kept]),
        rows.cast(pa.binary()),
        pa.array(vetoes_of(model, level)),
    ]
    return pa.Table.from_arrays(columns, schema=SCORED)


def levels_of(predicted: pa.Table, model: MatchModel) -> Levels:
    """A row of levels for each pair, a column for each comparison."""
    columns = [predicted.column(level_column(comparison)).to_numpy() for comparison in model.comparisons]
    return np.stack(columns, axis=1).astype(np.int8)


_LOWEST, _HIGHEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max
