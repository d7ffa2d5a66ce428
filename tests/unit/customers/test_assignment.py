"""Which number a group of records stands under."""

from datetime import UTC, datetime

from customerfile.customers.resolution import assignment
from customerfile.customers.resolution.assignment import Assignment

EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
ONE, TWO, THREE = frozenset({1}), frozenset({2}), frozenset({3})


def assign(groups, present, former, late=()):
    since = {record: LATE if record in late else EARLY for record in present}
    return assignment.assign(groups, present, since=since, former=former)


def test_a_newcomer_gets_a_number_of_its_own():
    assert assign([ONE], {}, {}) == [Assignment(ONE, None)]


def test_a_newcomer_that_joins_takes_the_number_that_is_there():
    assert assign([ONE | TWO], {1: 10}, {}) == [Assignment(ONE | TWO, 10)]


def test_where_groups_join_the_oldest_number_survives():
    assert assign([ONE | TWO | THREE], {1: 12, 2: 10, 3: 11}, {}) == [
        Assignment(ONE | TWO | THREE, 10, (11, 12))
    ]


def test_where_one_splits_the_oldest_record_keeps_the_number():
    assert assign([TWO | THREE, ONE], {1: 10, 2: 10, 3: 10}, {}) == [
        Assignment(ONE, 10),
        Assignment(TWO | THREE, None),
    ]


def test_a_group_that_once_had_a_number_takes_it_up_again():
    assert assign([ONE, TWO], {1: 10, 2: 10}, {2: 11}) == [Assignment(ONE, 10), Assignment(TWO, 11)]


def test_two_groups_cannot_take_up_the_same_number():
    assert assign([ONE, TWO, THREE], {1: 10, 2: 10, 3: 10}, {2: 11, 3: 11}) == [
        Assignment(ONE, 10),
        Assignment(TWO, 11),
        Assignment(THREE, None),
    ]


def test_the_record_that_was_there_first_keeps_the_number_however_young_it_is():
    assert assign([ONE | TWO, THREE], {1: 10, 2: 10, 3: 10}, {1: 11, 2: 11}, late={1, 2}) == [
        Assignment(ONE | TWO, 11),
        Assignment(THREE, 10),
    ]


def test_a_number_stays_with_the_records_left_behind_rather_than_being_taken_over():
    assert assign([ONE | TWO, THREE], {1: 10, 2: 11, 3: 11}, {}) == [
        Assignment(ONE | TWO, 10),
        Assignment(THREE, 11),
    ]
