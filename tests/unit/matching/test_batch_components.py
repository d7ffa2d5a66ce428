"""Which places hang together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from customerfile.matching.batch.components import component_numbers
from customerfile.matching.columns import Ints

pairs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60)


def _numbers(found: list[tuple[int, int]], count: int) -> Ints:
    left, right = (np.array([pair[side] for pair in found], dtype=np.int64) for side in (0, 1))
    return component_numbers(left, right, count)


def test_a_chain_is_one_component_named_by_its_smallest_place() -> None:
    assert _numbers([(3, 4), (1, 3), (4, 5)], 6).tolist() == [0, 1, 2, 1, 1, 1]


def test_a_long_chain_in_the_worst_order() -> None:
    chain = [(place, place + 1) for place in range(10_000)]
    assert not _numbers(chain[::2] + chain[1::2], 10_001).any()


def test_no_pairs() -> None:
    assert _numbers([], 3).tolist() == [0, 1, 2]


@given(pairs)
def test_as_by_walking(found: list[tuple[int, int]]) -> None:
    lowest = list(range(31))
    for _ in range(31):
        for a, b in found:
            lowest[a] = lowest[b] = min(lowest[a], lowest[b])
    assert _numbers(found, 31).tolist() == lowest
