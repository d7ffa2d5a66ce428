"""The levels of a pair on Spark: one function in SQL, which asks the online scorer's own comparisons.

Spark lets no Python function into a condition on the items of a list, and works a Python function out for every row,
wherever in a CASE it stands. So nothing is won by writing the comparisons as SQL once more; asked of one function, a
batch of pairs at a time, they are the online scorer's to the last pair. Spark calls it once a pair, for all levels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from customerfile.matching.batch.conditions import OTHERWISE, Conditions
from customerfile.matching.batch.spark.same_code import code_digest, require_same_code
from customerfile.matching.columns import Levels
from customerfile.matching.model import NULL, Comparison, MatchModel
from customerfile.matching.prepared import Prepared
from customerfile.matching.score import score_indexed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PREPARED = "prepared"  # the column that holds a record's stored comparison inputs
_FUNCTION = "pair_levels"

type Asked = Callable[[pa.Array, pa.Array], pa.Array]


def asked_conditions(model: MatchModel) -> Mapping[str, Conditions]:
    """Comparison -> conditions, each of which asks the function."""
    return {comparison.name: _asked(comparison) for comparison in model.comparisons}


def add_function(spark: SparkSession, model: MatchModel) -> None:
    """Make the function known to a session."""
    from pyspark.sql.pandas.functions import arrow_udf  # noqa: PLC0415 - workers, which import this module, need it not

    fields = ", ".join(f"{comparison.name}: tinyint" for comparison in model.comparisons)
    asked = arrow_udf(_asker(model), f"struct<{fields}>")  # type: ignore[call-overload] # the kind follows from hints
    spark.udf.register(_FUNCTION, asked)


def pair_levels(model: MatchModel, left: pa.Array, right: pa.Array) -> pa.Array:
    """The levels of left[i] against right[i], both given as JSON; a field for each comparison."""
    texts = pa.concat_arrays([left, right]).dictionary_encode()
    records = [Prepared.from_json(text) for text in texts.dictionary.to_pylist()]
    place = texts.indices.to_numpy().astype(np.int64)
    return _struct(model, score_indexed(model, records, place[: len(left)], place[len(left) :]).level)


def _asked(comparison: Comparison) -> Conditions:
    level = f"{_FUNCTION}({PREPARED}_l, {PREPARED}_r).{comparison.name}"
    lowest, *others = enumerate(comparison.levels)
    conditions = {found.name: f"{level} = {number}" for number, found in others}
    return Conditions(f"{level} = {NULL}", {lowest[1].name: OTHERWISE, **conditions})


def _asker(model: MatchModel) -> Asked:
    """What travels to the workers, with the model in it."""
    digest = code_digest()

    def asked(left: pa.Array, right: pa.Array) -> pa.Array:
        require_same_code(digest)
        return pair_levels(model, left, right)

    return asked


def _struct(model: MatchModel, level: Levels) -> pa.Array:
    columns = [pa.array(np.ascontiguousarray(level[:, place])) for place in range(level.shape[1])]
    return pa.StructArray.from_arrays(columns, names=[comparison.name for comparison in model.comparisons])
