"""The match model compiled to Splink settings: every level with its weight, nothing left for Splink to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from splink import SettingsCreator
from splink.comparison_library import CustomComparison

from customerfile.matching.batch.conditions import OTHERWISE, Conditions
from customerfile.matching.batch.contact_conditions import contact_conditions
from customerfile.matching.batch.fact_conditions import fact_conditions
from customerfile.matching.batch.name_conditions import name_conditions
from customerfile.matching.model import Comparison, Level, MatchModel

RECORD_ID = "record_id"
_NO_PRIOR = 0.5  # even odds, a weight of 0: our thresholds are for the sum of the levels alone
_DECIMALS = 6  # of a level's weight, as the online scorer adds them up


def splink_settings(model: MatchModel, conditions: Mapping[str, Conditions]) -> SettingsCreator:
    """Settings that score pairs of records as the model does. Blocking is not Splink's: see pairs.sql."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=RECORD_ID,
        comparisons=[
            CustomComparison(
                output_column_name=comparison.name,
                comparison_levels=list(_levels(comparison, conditions[comparison.name])),
            )
            for comparison in model.comparisons
        ],
        probability_two_random_records_match=_NO_PRIOR,
        retain_matching_columns=True,  # without them Splink does not say at which levels a pair stands
    )


def level_column(comparison: Comparison) -> str:
    """Where Splink writes the level of a pair; -1 is unknown, as with us."""
    return f"gamma_{comparison.name}"


def all_conditions() -> Mapping[str, Conditions]:
    """Comparison -> conditions."""
    return {**name_conditions(), **contact_conditions(), **fact_conditions()}


def _levels(comparison: Comparison, conditions: Conditions) -> Iterator[dict[str, Any]]:
    """From the null level down. Splink numbers the others by their place, the last one being 0."""
    yield {
        "sql_condition": conditions.unknown,
        "label_for_charts": "unknown",
        "is_null_level": True,
    }
    if len(comparison.levels) == 1:  # Splink wants two
        yield _level(Level("never", "never", 1.0, 1.0), "1 = 0")
    for level in reversed(comparison.levels):
        yield _level(level, conditions.levels[level.name])


def _level(level: Level, condition: str) -> dict[str, Any]:
    return {
        "sql_condition": condition if condition == OTHERWISE else f"({condition})",
        "label_for_charts": level.name,
        "m_probability": level.m,
        "u_probability": level.m / 2 ** round(level.weight, _DECIMALS),
        "fix_m_probability": True,
        "fix_u_probability": True,
    }
