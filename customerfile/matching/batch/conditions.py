"""When a pair stands at which level of a comparison, as SQL. Columns of the two sides end in _l and _r."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

OTHERWISE = "ELSE"  # the lowest level takes all that is left


@dataclass(frozen=True, slots=True)
class Conditions:
    """`unknown` is asked first, then the levels from the highest number down: each only where none above holds."""

    unknown: str
    levels: Mapping[str, str]


def either_missing(column: str) -> str:
    """Whether a side says nothing."""
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def equal(column: str) -> str:
    """Whether both sides say the same."""
    return f"{column}_l = {column}_r"


def same_or(lowest: str, column: str) -> Conditions:
    """Two levels: the same, and the lowest."""
    return Conditions(either_missing(column), {"same": equal(column), lowest: OTHERWISE})
