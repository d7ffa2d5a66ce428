"""A DuckDB of our own: bounded memory, what does not fit in a private folder, and the functions the levels need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection
from duckdb.func import ARROW
from rapidfuzz.distance import OSA, JaroWinkler

from customerfile.base.database import statement
from customerfile.matching.organisation_names import organisation_level


@dataclass(frozen=True, slots=True)
class Limits:
    """How much memory DuckDB may hold before it puts data on disk, and on how many cores it may work (0: all)."""

    memory: str = "1GB"
    threads: int = 0


USUAL = Limits()


@contextmanager
def private_duckdb(limits: Limits, folder: Path) -> Iterator[DuckDBPyConnection]:
    """A database in memory, with another one, `disk`, for a table that need not lie there.

    That, and what does not fit, goes to a new folder that we alone can read, and that is gone at the end.
    """
    with (
        TemporaryDirectory(prefix="matching-", dir=folder) as overflow,
        duckdb.connect(config=_configuration(limits, overflow)) as database,
    ):
        _add_functions(database)
        place = f"{overflow}/disk.duckdb".replace("'", "''")
        database.execute(f"ATTACH '{place}' AS disk")
        yield database


def _configuration(limits: Limits, overflow: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "memory_limit": limits.memory,
        "temp_directory": overflow,
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
    }
    return {**found, "threads": limits.threads} if limits.threads else found


def _add_functions(database: DuckDBPyConnection) -> None:
    """The functions that dialect.py asks of an engine.

    DuckDB's own distances count bytes and round the last bit differently. Where either matters, rapidfuzz is asked.
    """
    text, double, boolean, tiny = (
        duckdb.sqltype(name) for name in ("VARCHAR", "DOUBLE", "BOOLEAN", "TINYINT")
    )
    database.create_function("exactly_alike", _exactly_alike, [text, text, double], boolean, type=ARROW)
    database.create_function("exactly_one_slip", _exactly_one_slip, [text, text], boolean, type=ARROW)
    database.create_function("organisation_level", _organisation_levels, [text, text], tiny, type=ARROW)
    database.execute(statement(__package__, "functions"))


def _exactly_alike(first: pa.Array, second: pa.Array, least: pa.Array) -> pa.Array:
    rows = zip(first.to_pylist(), second.to_pylist(), least.to_pylist(), strict=True)
    return pa.array([JaroWinkler.normalized_similarity(a, b) >= limit for a, b, limit in rows], pa.bool_())


def _exactly_one_slip(first: pa.Array, second: pa.Array) -> pa.Array:
    rows = zip(first.to_pylist(), second.to_pylist(), strict=True)
    return pa.array([OSA.distance(a, b, score_cutoff=1) <= 1 for a, b in rows], pa.bool_())


def _organisation_levels(first: pa.Array, second: pa.Array) -> pa.Array:
    rows = zip(first.to_pylist(), second.to_pylist(), strict=True)
    return pa.array([organisation_level(a, b) for a, b in rows], pa.int8())
