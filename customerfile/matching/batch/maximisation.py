"""The shares of levels among matches, found by Splink's expectation maximisation over pairs whose levels are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, Linker

from customerfile.matching.batch.blending import Shares
from customerfile.matching.batch.training_passes import PASSES, blocked_on
from customerfile.matching.batch.training_settings import SIDE_ID, level_settings
from customerfile.matching.columns import Bools, Levels
from customerfile.matching.model import NULL, Comparison

_SIDES = "pair_side"


def shares_of_matches(
    database: DuckDBPyConnection,
    comparisons: Sequence[Comparison],
    level: Levels,
    passes: Mapping[str, Bools],
) -> Mapping[str, Shares]:
    """Comparison -> m by level: the median over the passes that tell, and the value before where none does.

    Splink makes pairs by joining rows. So each pair is two rows with its number and its levels, which are joined
    again, pass by pass. That the rule names comparisons tells Splink what the pass is blocked on.
    """
    database.from_arrow(_sides(comparisons, level, passes)).create(_SIDES)
    linker = Linker(
        DuckDBAPI(database).register(_SIDES),
        level_settings(tuple(comparisons)),
        log_level=None,
        validate_settings=False,
    )
    for name in passes:
        linker.training.estimate_parameters_using_expectation_maximisation(
            " AND ".join(_conditions(name, comparisons)), estimate_without_term_frequencies=True
        )
    trained = linker.misc.save_model_to_json()
    database.execute(f"DROP TABLE {_SIDES}")
    return {
        found["output_column_name"]: np.array(
            [level.get("m_probability", 0.0) for level in reversed(found["comparison_levels"][1:])]
        )
        for found in trained["comparisons"]
    }


def _conditions(name: str, comparisons: Sequence[Comparison]) -> Iterable[str]:
    blocked = set(blocked_on(PASSES[name]))
    yield f"l.{name} = r.{name}"
    yield from (
        f"l.{each.name} IS NOT DISTINCT FROM r.{each.name}" for each in comparisons if each.name in blocked
    )


def _sides(comparisons: Sequence[Comparison], level: Levels, passes: Mapping[str, Bools]) -> pa.Table:
    """Both rows of every pair. The column of a pass holds the pair's number where it takes part."""
    pairs = np.tile(np.arange(len(level)), 2)
    columns = {SIDE_ID: pa.array(np.arange(2 * len(level)))}
    for name, takes_part in passes.items():
        columns[name] = pa.array(pairs, mask=~np.tile(takes_part, 2))
    for position, comparison in enumerate(comparisons):
        values = np.tile(level[:, position], 2)
        columns[comparison.name] = pa.array(values, pa.int8(), mask=values == NULL)
    return pa.table(columns)
