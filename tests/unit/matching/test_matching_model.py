"""The artefact: its hash, what it may hold, and how a bad one is refused."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from matching_people import MODEL

from customerfile.matching.blocking_rules import RULES
from customerfile.matching.errors import BadModel
from customerfile.matching.levels import LEVELS
from customerfile.matching.model import load_model, parse_model


def artefact() -> dict[str, Any]:
    text = resources.files("customerfile.matching").joinpath("models", "default.json").read_text("utf-8")
    raw: dict[str, Any] = json.loads(text)
    return raw


def test_the_hash_is_of_the_content_and_not_of_its_layout(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(json.dumps(artefact(), indent=7, sort_keys=True), "utf-8")
    assert load_model(path).hash == MODEL.hash
    assert len(MODEL.hash) == 64


def test_a_changed_weight_changes_the_hash() -> None:
    raw = artefact()
    raw["thresholds"]["link"] += 1
    assert parse_model(json.dumps(raw)).hash != MODEL.hash


def test_every_level_of_every_comparison_is_filled_in() -> None:
    assert {
        comparison.name: tuple(level.name for level in comparison.levels) for comparison in MODEL.comparisons
    } == LEVELS
    assert all(0 < level.m <= 1 and 0 < level.u <= 1 for each in MODEL.comparisons for level in each.levels)


def test_shares_of_a_comparison_do_not_exceed_one() -> None:
    for comparison in MODEL.comparisons:
        assert sum(level.m for level in comparison.levels) <= 1.001, comparison.name
        if comparison.name != "strong_identifier":  # conflict and different exclude one another by scheme
            assert sum(level.u for level in comparison.levels) <= 1.001, comparison.name


def test_only_names_have_frequency_tables() -> None:
    assert set(MODEL.frequencies) == {"given_name", "family_name"}


def test_every_blocking_rule_of_the_model_exists() -> None:
    assert set(MODEL.blocking_keys) <= set(RULES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no model", "not a match model"),
        ("[]", "not a match model"),
        ('{"schema_version": 99}', "schema version 99"),
        ('{"schema_version": 1}', "incomplete"),
    ],
)
def test_what_is_no_model_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(BadModel, match=said):
        parse_model(text)


def test_a_model_without_a_level_is_refused() -> None:
    raw = artefact()
    del raw["comparisons"][1]["levels"][0]
    with pytest.raises(BadModel, match="given_name"):
        parse_model(json.dumps(raw))


def test_a_level_without_probability_is_refused() -> None:
    raw = artefact()
    raw["comparisons"][1]["levels"][0]["u"] = 0
    with pytest.raises(BadModel, match="above 0"):
        parse_model(json.dumps(raw))


def test_an_unknown_blocking_rule_is_refused() -> None:
    raw = artefact()
    raw["blocking_keys"].append("star_sign")
    with pytest.raises(BadModel, match="star_sign"):
        parse_model(json.dumps(raw))


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadModel, match=r"absent\.json"):
        load_model(tmp_path / "absent.json")
