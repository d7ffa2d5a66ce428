"""Where a whole file is resolved: DuckDB on this machine, or Spark on many. They are asked alike and answer alike."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from customerfile.matching.batch.duck import Limits
from customerfile.matching.batch.errors import NoSpark
from customerfile.matching.batch.grouping import Judged
from customerfile.matching.batch.inputs import Inputs
from customerfile.matching.batch.resolve import Resolution, resolve
from customerfile.matching.model import MatchModel


class Engine(Protocol):
    """What `resolve` promises."""

    def __call__(
        self, inputs: Inputs, model: MatchModel, *, folder: Path, judged: Judged, limits: Limits
    ) -> AbstractContextManager[Resolution]: ...


DUCKDB: Engine = resolve


def spark_engine(master: str) -> Engine:
    """Spark, at a master as Spark writes it: local[*], spark://host:7077. Raises NoSpark where it is not installed."""
    if find_spec("pyspark") is None:
        raise NoSpark(
            "Matching on Spark needs PySpark, which is not installed.",
            "Install it beside Customerfile: pip install 'customerfile[spark]'. It needs Java 17 or newer, too.",
        )
    from customerfile.matching.batch.spark.resolve import OnSpark  # noqa: PLC0415 - PySpark is an extra

    return OnSpark(master).resolve
