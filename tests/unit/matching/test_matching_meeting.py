"""Who meets under shared blocking keys, held against the plainest way to find out."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from customerfile.matching.meeting import Keyed, Meeting, keyed, meeting

MOST = 3
KEYS = st.frozensets(st.integers(-2, 3), max_size=4)
ARRIVING = st.dictionaries(st.integers(10, 16), KEYS, max_size=6)
THERE = st.dictionaries(st.integers(1, 16), KEYS, max_size=8)


def test_those_who_arrive_meet_one_another_and_those_who_were_there():
    arriving = keyed([(1, 2), (2,)], [8, 9])
    found = meeting(arriving, Keyed.of([1, 1], [3, 10]), most=MOST)
    assert found == Meeting([(3, 8), (8, 9), (8, 10)], {})


def test_a_key_that_becomes_too_common_is_told_with_those_who_had_it():
    found = meeting(keyed([(5,), (5,)], [8, 9]), Keyed.of([5, 5], [3, 4]), most=MOST)
    assert found == Meeting([], {5: [3, 4]})


def test_a_key_that_was_too_common_already_is_passed_over():
    assert meeting(keyed([(5,)], [9]), Keyed.of([5] * 4, [1, 2, 3, 4]), most=MOST) == Meeting([], {})


def test_nobody_meets_where_nobody_has_a_key():
    assert meeting(keyed([(), ()], [8, 9]), Keyed.of([], []), most=MOST) == Meeting([], {})


@given(ARRIVING, THERE)
def test_it_is_what_comparing_everybody_gives(
    arriving: dict[int, frozenset[int]], there: dict[int, frozenset[int]]
):
    asked = frozenset[int]().union(*arriving.values())
    old = [(key, record) for record, keys in there.items() for key in sorted(keys & asked)]
    found = meeting(
        keyed([tuple(sorted(keys)) for keys in arriving.values()], list(arriving)),
        Keyed.of((key for key, _ in old), (record for _, record in old)),
        most=MOST,
    )
    assert (found.pairs, found.crowded) == _plainly(arriving, old)


def _plainly(
    arriving: dict[int, frozenset[int]], old: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], dict[int, list[int]]]:
    pairs: set[tuple[int, int]] = set()
    crowded = {}
    for key in np.unique([key for keys in arriving.values() for key in keys]).tolist():
        new = [record for record, keys in arriving.items() if key in keys]
        before = [record for had, record in old if had == key]
        if len(before) <= MOST < len(new) + len(before):
            crowded[key] = before
        if len(new) + len(before) <= MOST:
            both = [(record, True) for record in new] + [(record, False) for record in before]
            for (one, is_new), (other, _) in combinations(both, 2):
                if is_new and one != other:
                    pairs.add((min(one, other), max(one, other)))
    return sorted(pairs), crowded
