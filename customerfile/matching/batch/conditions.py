"""When a pair stands at which level of a comparison, as DuckDB's SQL. Columns of the two sides end in _l and _r.

Conditions also ask functions that duck.py adds, exact to the last pair: alike(a, b, least), whether the Jaro-Winkler
similarity is at least that; one_slip(a, b), whether at most one letter is wrong, missing, added or exchanged with its
neighbour; date_slip(a, b), the same for two dates of eight digits that differ; organisation_level(a, b); and of
spelled_names.py one_given_name(a, b), one_family_name(a, b), and one_whole_name(a, b), of names in three lines.
"""

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


def share(values: str, others: str) -> str:
    """Whether two lists have a value in common; unknown where either is NULL."""
    return f"list_has_any({values}, {others})"


def holds(values: str, value: str) -> str:
    """Whether a list holds a value."""
    return f"list_contains({values}, {value})"


def is_any(values: str, item: str, condition: str) -> str:
    """Whether the condition holds for any item of a list."""
    asked = f"CASE WHEN {condition} THEN true ELSE false END"  # DuckDB stops early within CASE alone
    return f"len(list_filter({values}, lambda {item}: {asked})) > 0"


def of_any_pair(column: str, condition: str) -> str:
    """Whether the condition holds for any item `a` of the left list with any item `b` of the right one."""
    return f"({is_any(f'{column}_l', 'a', is_any(f'{column}_r', 'b', condition))})"


def same_or(lowest: str, column: str) -> Conditions:
    """Two levels: the same, and the lowest."""
    return Conditions(either_missing(column), {"same": equal(column), lowest: OTHERWISE})
