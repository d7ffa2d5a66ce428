"""A model learnt from invented people: what moves, what stays, and that it comes out the same each time."""

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from customerfile.matching.batch import training
from customerfile.matching.batch.errors import NotEnoughToTrain
from customerfile.matching.batch.random_pairs import RANDOM_RECORDS, draw
from customerfile.matching.batch.training import NOTHING_LABELLED, Labelled, Trained, train
from customerfile.matching.batch.training_passes import PASSES, blocked_on
from customerfile.matching.levels import LEVELS
from customerfile.matching.model import default_model
from customerfile.matching.prepare import prepare
from customerfile.matching.prepared import Prepared
from tests.factories.many_people import many_people
from tests.factories.matching_batches import LIMITS, inputs

MODEL = default_model()


@cache
def _people() -> tuple[list[Prepared], list[int]]:
    numbers, records = zip(*many_people(1200), strict=True)
    return [prepare(record) for record in records], list(numbers)


def _train(folder: Path, labelled: Labelled = NOTHING_LABELLED) -> Trained:
    people, numbers = _people()
    strangers = np.unique(numbers, return_index=True)[1]
    return train(inputs(people), MODEL, strangers, folder=folder, labelled=labelled, limits=LIMITS)


def _weights(trained: Trained) -> dict[tuple[str, str], float]:
    return {(each.name, level.name): level.weight for each in trained.comparisons for level in each.levels}


@pytest.mark.slow
def test_what_is_learnt(tmp_path: Path) -> None:
    trained = _train(tmp_path)
    before = {(each.name, level.name): level for each in MODEL.comparisons for level in each.levels}
    after = {(each.name, level.name): level for each in trained.comparisons for level in each.levels}
    people, numbers = _people()
    assert trained.records == len(people) == 1200
    assert trained.matches == pytest.approx(len(numbers) - len(set(numbers)), rel=0.1)

    assert after["email", "same"].m == pytest.approx(0.7, abs=0.07)  # as the factory has it
    assert after["phone", "same"].m == pytest.approx(0.7, abs=0.07)
    for unseen in (
        ("birth_date", "day_month_swapped"),
        ("organisation_name", "same"),
        ("suffix", "conflict"),
    ):
        assert after[unseen] == before[unseen]
    assert [level for key, level in after.items() if key[0] in ("kind", "strong_identifier")] == [
        level for key, level in before.items() if key[0] in ("kind", "strong_identifier")
    ]
    for comparison, was in zip(trained.comparisons, MODEL.comparisons, strict=True):
        assert tuple(level.name for level in comparison.levels) == LEVELS[comparison.name]
        for side in ("m", "u"):
            new, old = (sum(getattr(level, side) for level in each.levels) for each in (comparison, was))
            assert new <= max(1.0, old) + 1e-9
    assert _train(tmp_path) == trained


def _different_addresses(people: Sequence[Prepared], numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of one family name that are not one person and live apart."""
    by_name: dict[str, list[int]] = {}
    for place, record in enumerate(people):
        by_name.setdefault(record.family, []).append(place)
    pairs = (pair for places in by_name.values() for pair in combinations(places, 2))
    return [(a, b) for a, b in pairs if numbers[a] != numbers[b]]


@pytest.mark.slow
def test_what_people_say_moves_the_weights(tmp_path: Path) -> None:
    people, numbers = _people()
    said = _different_addresses(people, numbers)[:150]
    before = _weights(_train(tmp_path))
    match = _train(tmp_path, Labelled(matches=said))
    assert match.judged_matches == 150
    assert _weights(match)["email", "different"] > before["email", "different"] + 0.3
    assert _weights(match)["address", "different"] > before["address", "different"] + 0.3
    gone = _train(tmp_path, Labelled(matches=[(5_000, 5_001)]))
    assert (gone.judged_matches, _weights(gone)) == (0, before)


@pytest.mark.slow
def test_of_many_pairs_a_part_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = _train(tmp_path)
    monkeypatch.setattr(training, "MOST_PAIRS", 280)
    part = _train(tmp_path)
    assert 230 < part.pairs < 320 < everything.pairs
    assert _train(tmp_path) == part


def test_too_little_is_refused(tmp_path: Path) -> None:
    people, _ = _people()
    with pytest.raises(NotEnoughToTrain, match="the file has 300 records; training needs 1,000"):
        train(inputs(people[:300]), MODEL, np.arange(300), folder=tmp_path, limits=LIMITS)
    alone = [_alone(record, place) for place, record in enumerate(people[:1100])]
    with pytest.raises(NotEnoughToTrain, match="has 0 pairs of records that match; training needs 200"):
        train(inputs(alone), MODEL, np.arange(1100), folder=tmp_path, limits=LIMITS)


def _alone(record: Prepared, place: int) -> Prepared:
    """A record that meets no other."""
    return record._replace(given="", family=f"f{place}", birth=0, emails=[], phones=[], addresses=[])


def test_as_many_records_are_compared_at_random_as_it_takes() -> None:
    assert draw(np.arange(10)).tolist() == list(range(10))
    drawn = draw(np.arange(50_000))
    assert len(set(drawn.tolist())) == RANDOM_RECORDS
    assert drawn.tolist() == draw(np.arange(50_000)).tolist()


def test_every_comparison_of_persons_is_told_by_a_pass() -> None:
    told = {name for name in LEVELS for agreement in PASSES.values() if name not in blocked_on(agreement)}
    assert told == set(LEVELS)
    assert blocked_on(PASSES["by_email"]) == ("email", "domain")
    for agreement in PASSES.values():
        for name, levels in agreement.items():
            assert set(levels) <= set(LEVELS[name])
