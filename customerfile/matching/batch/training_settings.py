"""The match model as Splink trains it: u counted over random pairs of records, m found from the levels of pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from splink import SettingsCreator
from splink.comparison_library import CustomComparison

from customerfile.matching.batch.conditions import OTHERWISE
from customerfile.matching.batch.settings import RECORD_ID, all_conditions
from customerfile.matching.model import Comparison, MatchModel

UNKNOWN = "unknown"
SIDE_ID = "side"
_EVEN_ODDS = 0.5
_UNTRAINED = (
    "kind",
    "name_order",
)  # the first weighs nothing by intent; the second has one level, seen or not


def trained_comparisons(model: MatchModel) -> tuple[Comparison, ...]:
    """The comparisons whose levels are shares of one whole."""
    return tuple(comparison for comparison in model.comparisons if comparison.name not in _UNTRAINED)


def sampling_settings(model: MatchModel) -> SettingsCreator:
    """Settings for random pairs of flat records. Unknown is a level like any other, so that known pairs are counted."""
    conditions = all_conditions()
    return _settings(
        RECORD_ID,
        {
            comparison.name: [
                _level(UNKNOWN, f"({conditions[comparison.name].unknown})"),
                *(
                    _level(level.name, _in_brackets(conditions[comparison.name].levels[level.name]))
                    for level in reversed(comparison.levels)
                ),
            ]
            for comparison in trained_comparisons(model)
        },
    )


def level_settings(comparisons: tuple[Comparison, ...]) -> SettingsCreator:
    """Settings for rows that hold the levels of a pair, with m to begin with and u as it stays."""
    return _settings(
        SIDE_ID, {comparison.name: list(_numbered_levels(comparison)) for comparison in comparisons}
    )


def _numbered_levels(comparison: Comparison) -> Iterator[dict[str, Any]]:
    yield {**_level(UNKNOWN, f"{comparison.name}_l IS NULL"), "is_null_level": True}
    for number, level in reversed(list(enumerate(comparison.levels))):
        condition = f"{comparison.name}_l = {number}" if number else OTHERWISE
        yield {
            **_level(level.name, condition),
            "m_probability": level.m,
            "u_probability": level.u,
            "fix_u_probability": True,
        }


def _settings(id_column: str, comparisons: Mapping[str, list[dict[str, Any]]]) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=id_column,
        comparisons=[
            CustomComparison(output_column_name=name, comparison_levels=list(levels))
            for name, levels in comparisons.items()
        ],
        probability_two_random_records_match=_EVEN_ODDS,
    )


def _level(name: str, condition: str) -> dict[str, Any]:
    return {"sql_condition": condition, "label_for_charts": name}


def _in_brackets(condition: str) -> str:
    return condition if condition == OTHERWISE else f"({condition})"
