"""The model compiled to Splink settings leaves nothing for Splink to fill in."""

import math

from matching_people import MODEL

from customerfile.matching.batch.settings import all_conditions, splink_settings
from customerfile.matching.levels import LEVELS

SETTINGS = splink_settings(MODEL, all_conditions()).get_settings("duckdb")


def test_every_level_has_a_condition_and_the_lowest_takes_the_rest() -> None:
    for name, conditions in all_conditions().items():
        assert set(conditions.levels) == set(LEVELS[name])
        assert [level for level in LEVELS[name] if conditions.levels[level] == "ELSE"] == [LEVELS[name][0]]


def test_splink_numbers_and_weighs_the_levels_as_the_model_does() -> None:
    for comparison, ours in zip(SETTINGS.comparisons, MODEL.comparisons, strict=True):
        assert comparison.output_column_name == ours.name
        found = {
            level.label_for_charts: (level.comparison_vector_value, round(level._match_weight, 9))
            for level in comparison.comparison_levels
            if level.label_for_charts != "never"
        }
        expected = {level.name: (number, round(level.weight, 6)) for number, level in enumerate(ours.levels)}
        assert found == {"unknown": (-1, 0.0), **expected}


def test_nothing_is_left_to_train() -> None:
    assert SETTINGS._is_fully_trained
    assert not SETTINGS._term_frequency_columns
    assert math.isclose(SETTINGS._probability_two_random_records_match, 0.5)  # a weight of 0
