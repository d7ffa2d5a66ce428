"""The measures on groupings small enough to count by hand, and their laws against counting pair by pair."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.matching.evaluation import (
    CurvePoint,
    Quality,
    at_threshold,
    curve,
    measure,
    most_mixed,
    overlaps,
    thinned,
)

GROUPINGS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)


def shared(found: str, true: str):
    """Records by position: the customer is a letter of `found`, the entity the letter of `true` below it."""
    return overlaps(np.array([ord(c) for c in found]), np.array([ord(c) for c in true]))


def test_a_right_grouping_is_perfect() -> None:
    measures = measure(shared("xxyz", "aabc"))

    perfect = Quality(1.0, 1.0, 1.0)
    assert (measures.pairwise, measures.cluster, measures.b_cubed) == (perfect, perfect, perfect)
    assert (measures.records, measures.customers, measures.entities) == (4, 3, 3)
    assert measures.one_wrong_in is None


def test_a_customer_that_mixes_two_entities() -> None:
    measures = measure(shared("xxx", "aab"))

    assert (measures.pairs_joined, measures.pairs_right, measures.pairs_true) == (3, 1, 1)
    assert (measures.pairs_wrong, measures.one_wrong_in) == (2, 1.5)
    assert measures.pairwise == Quality(1 / 3, 1.0, 0.5)
    assert measures.cluster == Quality(0.0, 0.0, 0.0)
    assert measures.b_cubed.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert measures.b_cubed.recall == pytest.approx(1.0)


def test_an_entity_that_is_spread_over_two_customers() -> None:
    measures = measure(shared("xxyz", "aaab"))

    assert measures.pairwise == Quality(1.0, 1 / 3, 0.5)
    assert (measures.cluster.precision, measures.cluster.recall) == (1 / 3, 1 / 2)
    assert measures.b_cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)


def test_where_nothing_is_joined_nothing_is_wrong() -> None:
    measures = measure(shared("xyz", "aab"))

    assert measures.pairwise == Quality(1.0, 0.0, 0.0)


def test_a_large_group_is_counted_by_its_size() -> None:
    many = 300_000
    measures = measure(overlaps(np.zeros(many, dtype=np.int64), np.arange(many) // 2))

    assert measures.pairs_joined == many * (many - 1) // 2
    assert measures.pairs_right == measures.pairs_true == many // 2


@given(GROUPINGS)
def test_pairs_are_those_that_counting_them_one_by_one_gives(records: list[tuple[int, int]]) -> None:
    measures = measure(_of(records))

    pairs = list(combinations(records, 2))
    joined = [(one, other) for one, other in pairs if one[0] == other[0]]
    assert measures.pairs_joined == len(joined)
    assert measures.pairs_true == sum(one[1] == other[1] for one, other in pairs)
    assert measures.pairs_right == sum(one[1] == other[1] for one, other in joined)


@given(GROUPINGS)
def test_whole_groups_and_b_cubed_are_those_of_their_definitions(records: list[tuple[int, int]]) -> None:
    measures = measure(_of(records))

    found, true = _sets(records, 0), _sets(records, 1)
    exact = len(set(found.values()) & set(true.values()))
    assert (measures.cluster.precision, measures.cluster.recall) == (exact / len(found), exact / len(true))
    both = [(found[customer], true[entity]) for customer, entity in records]
    assert measures.b_cubed.precision == pytest.approx(sum(len(f & t) / len(f) for f, t in both) / len(both))
    assert measures.b_cubed.recall == pytest.approx(sum(len(f & t) / len(t) for f, t in both) / len(both))


@given(GROUPINGS)
def test_exchanging_links_and_truth_exchanges_precision_and_recall(records: list[tuple[int, int]]) -> None:
    one, other = measure(_of(records)), measure(_of([(entity, customer) for customer, entity in records]))

    for name in ("pairwise", "cluster", "b_cubed"):
        here, there = getattr(one, name), getattr(other, name)
        assert (here.precision, here.recall) == pytest.approx((there.recall, there.precision))


def test_the_most_mixed_come_first_and_the_unmixed_not_at_all() -> None:
    found = overlaps(np.array([1, 1, 2, 2, 2, 3, 3, 3, 4]), np.array([1, 2, 1, 2, 2, 1, 2, 3, 9]))

    assert most_mixed(found.customer, found, limit=5) == [3, 2, 1]
    assert most_mixed(found.customer, found, limit=1) == [3]
    assert most_mixed(found.entity, found, limit=5) == [2, 1]


def test_the_curve_counts_the_pairs_at_or_above_each_weight() -> None:
    points = curve(np.array([1.0, 9.0, 4.0]), np.array([2, 3, 5]), np.array([0, 3, 4]), true_pairs=10)

    assert points == [
        CurvePoint(9.0, 3, 3, 1.0, 0.3),
        CurvePoint(4.0, 8, 7, 7 / 8, 0.7),
        CurvePoint(1.0, 10, 7, 0.7, 0.7),
    ]
    assert at_threshold(points, 5.0, true_pairs=10) == CurvePoint(5.0, 3, 3, 1.0, 0.3)
    assert at_threshold(points, 4.0, true_pairs=10) == CurvePoint(4.0, 8, 7, 7 / 8, 0.7)
    assert at_threshold(points, 10.0, true_pairs=10) == CurvePoint(10.0, 0, 0, 1.0, 0.0)


def test_a_curve_without_pairs_is_empty() -> None:
    assert curve(np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int64), true_pairs=3) == []


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    ones = np.ones(10_000, dtype=np.int64)
    points = curve(np.arange(10_000.0), ones, ones, true_pairs=10_000)

    kept = thinned(points, most=50)

    assert (len(kept), kept[0], kept[-1]) == (50, points[0], points[-1])
    assert thinned(points[:3], most=50) == points[:3]


def _of(records: list[tuple[int, int]]):
    return overlaps(
        np.array([customer for customer, _ in records]), np.array([entity for _, entity in records])
    )


def _sets(records: list[tuple[int, int]], side: int) -> dict[int, frozenset[int]]:
    groups: dict[int, set[int]] = {}
    for place, record in enumerate(records):
        groups.setdefault(record[side], set()).add(place)
    return {name: frozenset(places) for name, places in groups.items()}
