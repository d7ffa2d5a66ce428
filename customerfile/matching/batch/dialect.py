"""What differs between SQL engines in the comparisons, in one place. All else is said in the same words everywhere.

An engine must also provide these functions, exact to the last pair: alike(a, b, least), whether the Jaro-Winkler
similarity is at least that; one_slip(a, b), whether at most one letter is wrong, missing, added or exchanged with its
neighbour; date_slip(a, b), the same for two dates of eight digits that differ; organisation_level(a, b); and of
spelled_names.py one_given_name(a, b), one_family_name(a, b), and one_whole_name(a, b), of names in three lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Dialect(Protocol):
    """How an engine writes what the standard does not say."""

    @property
    def name(self) -> str:
        """The engine, as Splink calls it."""

    def share(self, values: str, others: str) -> str:
        """Whether two lists have a value in common; unknown where either is NULL."""

    def holds(self, values: str, value: str) -> str:
        """Whether a list holds a value."""

    def is_any(self, values: str, item: str, condition: str) -> str:
        """Whether the condition holds for any item of a list."""


@dataclass(frozen=True, slots=True)
class DuckDbDialect:
    name: str = "duckdb"

    def share(self, values: str, others: str) -> str:
        return f"list_has_any({values}, {others})"

    def holds(self, values: str, value: str) -> str:
        return f"list_contains({values}, {value})"

    def is_any(self, values: str, item: str, condition: str) -> str:
        asked = f"CASE WHEN {condition} THEN true ELSE false END"  # DuckDB stops early within CASE alone
        return f"len(list_filter({values}, lambda {item}: {asked})) > 0"


DUCKDB = DuckDbDialect()
