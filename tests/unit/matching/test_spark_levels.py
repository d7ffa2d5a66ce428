"""On Spark one function finds all levels of a pair; every level of the model asks it. No Java is needed to say so."""

import pyarrow as pa
from matching_people import MODEL, organisation, person

from customerfile.matching.batch.settings import splink_settings
from customerfile.matching.batch.spark.levels import asked_conditions, pair_levels
from customerfile.matching.levels import LEVELS
from customerfile.matching.prepare import prepare
from customerfile.matching.score import score_indexed

PEOPLE = [
    prepare(record)
    for record in (
        person(given_name="Ann", family_name="Quist", birth_date="1978-12-11", email="ann@example.org"),
        person(given_name="Anne", family_name="Quist", birth_date="1978-11-12"),
        organisation("Quist Export Ltd", email="sales@quist.example"),
        {},
    )
]


def test_pairs_stand_at_the_levels_they_have_online() -> None:
    texts = [record.to_json().decode() for record in PEOPLE]
    pairs = [(left, right) for left in range(4) for right in range(4)]
    left, right = (pa.array([pair[side] for pair in pairs]) for side in (0, 1))
    found = pair_levels(MODEL, pa.array(texts).take(left), pa.array(texts).take(right))
    online = score_indexed(MODEL, PEOPLE, left.to_numpy(), right.to_numpy()).level
    assert [list(row.values()) for row in found.to_pylist()] == online.tolist()
    assert [field.name for field in found.type] == [comparison.name for comparison in MODEL.comparisons]


def test_no_pairs_at_all() -> None:
    nothing = pa.array([], pa.string())
    assert pair_levels(MODEL, nothing, nothing).to_pylist() == []


def test_every_level_asks_and_the_lowest_takes_the_rest() -> None:
    for name, conditions in asked_conditions(MODEL).items():
        assert set(conditions.levels) == set(LEVELS[name])
        assert [level for level in LEVELS[name] if conditions.levels[level] == "ELSE"] == [LEVELS[name][0]]
    asked = asked_conditions(MODEL)["birth_date"]
    assert asked.unknown == "pair_levels(prepared_l, prepared_r).birth_date = -1"
    assert asked.levels["same"] == (
        f"pair_levels(prepared_l, prepared_r).birth_date = {LEVELS['birth_date'].index('same')}"
    )


def test_splink_numbers_the_levels_for_spark_as_the_model_does() -> None:
    settings = splink_settings(MODEL, asked_conditions(MODEL)).get_settings("spark")
    for comparison, ours in zip(settings.comparisons, MODEL.comparisons, strict=True):
        found = {
            level.label_for_charts: level.comparison_vector_value
            for level in comparison.comparison_levels
            if level.label_for_charts != "never"
        }
        assert found == {
            "unknown": -1,
            **{level.name: number for number, level in enumerate(ours.levels)},
        }
