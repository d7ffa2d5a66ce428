"""Weak bridges: what holds a customer together by a thread."""

from hypothesis import given, settings
from hypothesis import strategies as st

from customerfile.customers.resolution.suspicion import weak_bridges

WEAK = 29.0
TWO_PAIRS = {(1, 2): 50.0, (3, 4): 50.0}


def test_a_weak_pair_between_two_strong_ones_is_a_bridge():
    assert weak_bridges({1, 2, 3, 4}, TWO_PAIRS | {(2, 3): 24.0}, weak_below=WEAK) == [(2, 3)]


def test_a_strong_pair_or_a_second_one_is_no_thread():
    assert weak_bridges({1, 2, 3, 4}, TWO_PAIRS | {(2, 3): 40.0}, weak_below=WEAK) == []
    assert weak_bridges({1, 2, 3, 4}, TWO_PAIRS | {(2, 3): 24.0, (1, 4): 24.0}, weak_below=WEAK) == []


def test_a_single_record_at_the_end_is_usual():
    assert weak_bridges({1, 2, 3}, {(1, 2): 50.0, (2, 3): 24.0}, weak_below=WEAK) == []


def test_a_long_chain_is_followed_without_end_of_stack():
    chain = {(record, record + 1): 24.0 for record in range(5000)}
    assert len(weak_bridges(range(5001), chain, weak_below=WEAK)) == 4998


def _components(records, edges):
    groups = {record: {record} for record in records}
    for left, right in edges:
        if groups[left] is not groups[right]:
            joined = groups[left] | groups[right]
            for record in joined:
                groups[record] = joined
    return {frozenset(group) for group in groups.values()}


pairs = st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1])


@given(st.dictionaries(pairs, st.sampled_from([24.0, 50.0]), max_size=14))
@settings(deadline=None)
def test_a_bridge_is_what_the_group_falls_apart_without(edges):
    for group in _components(range(9), edges):
        inside = {pair: weight for pair, weight in edges.items() if group.issuperset(pair)}
        expected = []
        for pair, weight in inside.items():
            parts = _components(group, inside.keys() - {pair})
            if weight < WEAK and len(parts) == 2 and min(map(len, parts)) >= 2:
                expected.append(pair)
        assert weak_bridges(group, inside, weak_below=WEAK) == sorted(expected)
