"""How far shares move: by hand on small numbers, and what always holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.matching.batch.blending import (
    JUDGED_COUNT,
    LEAST_COUNT,
    MOST_COUNT,
    PRIOR_COUNT,
    Counted,
    blended,
    is_shown,
)

BEFORE = np.array([0.1, 0.3, 0.6])
NOBODY = np.zeros(3)


def test_nothing_seen_nothing_moves() -> None:
    assert blended(BEFORE, Counted.of(NOBODY), NOBODY).tolist() == BEFORE.tolist()


def test_a_share_goes_from_before_to_what_was_counted() -> None:
    found = blended(BEFORE, Counted.of([0.0, 500.0, 500.0]), NOBODY)
    half = (PRIOR_COUNT + 500) / (PRIOR_COUNT / 0.6 + 1000)
    more = (PRIOR_COUNT + 500) / (PRIOR_COUNT / 0.3 + 1000)
    room = 0.9 / (half + more)  # the first level was not seen and keeps its share
    assert found.tolist() == pytest.approx([0.1, more * room, half * room], abs=1e-5)


def test_a_level_seen_too_seldom_keeps_its_share() -> None:
    found = blended(BEFORE, Counted.of([LEAST_COUNT - 1, 0.0, 1000.0]), NOBODY)
    assert found[:2].tolist() == [0.1, 0.3]
    assert found.sum() <= 1.0


def test_a_hidden_level_is_moved_by_people_alone() -> None:
    seen = Counted.of([0.0, 1000.0, 1000.0], [True, False, False])
    assert blended(BEFORE, seen, NOBODY)[0] == 0.1
    judged = np.array([200.0, 0.0, 0.0])
    strength, said = PRIOR_COUNT + MOST_COUNT, 200 * JUDGED_COUNT
    asked = (strength + said) / (strength / 0.1 + said)
    others = [
        (strength + 0.0) / (strength / share + said)
        for share in ((PRIOR_COUNT + 1000) / (PRIOR_COUNT / before + 2000) for before in (0.3, 0.6))
    ]
    total = max(1.0, asked + sum(others))
    assert blended(BEFORE, seen, judged)[0] == pytest.approx(asked / total, rel=1e-4)
    assert blended(BEFORE, seen, judged)[0] > 0.1


def test_shares_that_are_not_of_one_whole_stay() -> None:
    odd = np.array([0.9, 0.99])
    assert blended(odd, Counted.of([900.0, 100.0]), np.zeros(2)).tolist() == odd.tolist()


def test_enough_is_seen_or_said() -> None:
    seen = Counted.of([LEAST_COUNT, LEAST_COUNT, 0.0], [False, True, False])
    assert is_shown(seen, np.array([0.0, 0.0, LEAST_COUNT / JUDGED_COUNT])).tolist() == [True, False, True]


counts = st.lists(st.floats(0, 1e6), min_size=3, max_size=3)
judgements = st.lists(st.integers(0, 5000), min_size=3, max_size=3)
shares = st.lists(st.floats(1e-6, 1.0), min_size=3, max_size=3).map(lambda s: np.array(s) / sum(s))


@given(before=shares, seen=counts, judged=judgements)
def test_shares_stay_shares(before: np.ndarray, seen: list[float], judged: list[int]) -> None:
    found = blended(before, Counted.of(seen), np.array(judged, dtype=np.float64))
    assert (found > 0).all()
    assert found.sum() <= 1.0 + 1e-9


@given(before=shares, seen=counts)
def test_what_people_say_more_often_counts_more(before: np.ndarray, seen: list[float]) -> None:
    few, many = (blended(before, Counted.of(seen), np.array([said, 0.0, 0.0])) for said in (10.0, 100.0))
    assert many[0] / many[2] >= few[0] / few[2] * (1 - 1e-4)
