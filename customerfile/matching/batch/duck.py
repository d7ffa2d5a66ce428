"""A DuckDB of our own: bounded memory, what does not fit in a private folder, and the functions the levels need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
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
from customerfile.matching.spelled_names import is_one_family_name, is_one_given_name, is_one_whole_name


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
    """The functions that conditions.py asks: our own, and by DuckDB's means where those are exact.

    DuckDB's own distances count bytes and round the last bit differently. Where either matters, rapidfuzz is asked.
    """
    for name, (function, takes, gives) in _OWN.items():
        asked = _by_the_column(function, pa.int8() if gives == "TINYINT" else pa.bool_())
        database.create_function(name, asked, list(takes), gives, type=ARROW)
    database.execute(statement(__package__, "functions"))


def _by_the_column(function: Callable[..., object], gives: pa.DataType) -> Callable[..., pa.Array]:
    @wraps(function)  # DuckDB counts the parameters
    def answers(*columns: pa.Array) -> pa.Array:
        return pa.array(map(function, *(column.to_pylist() for column in columns)), gives)

    return answers


def _is_alike(one: str, other: str, least: float) -> bool:
    return JaroWinkler.normalized_similarity(one, other) >= least


def _is_one_slip(one: str, other: str) -> bool:
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _are_one_whole_name(one: str, other: str) -> bool:
    """Each as given, middle and family name on lines of their own."""
    first, second = (tuple(name.split("\n")) for name in (one, other))
    return is_one_whole_name(first, second)


_TEXT, _TRUTH = "VARCHAR", "BOOLEAN"
_OWN: Mapping[str, tuple[Callable[..., object], Sequence[str], str]] = {
    "exactly_alike": (_is_alike, (_TEXT, _TEXT, "DOUBLE"), _TRUTH),
    "exactly_one_slip": (_is_one_slip, (_TEXT,) * 2, _TRUTH),
    "one_given_name": (is_one_given_name, (_TEXT,) * 2, _TRUTH),
    "one_family_name": (is_one_family_name, (_TEXT,) * 2, _TRUTH),
    "one_whole_name": (_are_one_whole_name, (_TEXT,) * 2, _TRUTH),
    "organisation_level": (organisation_level, (_TEXT,) * 2, "TINYINT"),
}
