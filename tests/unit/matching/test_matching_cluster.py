"""Partition: its laws on any graph, and the stories that plain connected components get wrong."""

from itertools import combinations
from random import Random
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from matching_people import MODEL, home, identity, person

from customerfile.matching.cluster import Edge, partition
from customerfile.matching.prepare import prepare
from customerfile.matching.prepared import Prepared

SIZE = 9
BLANK = {record: prepare(person()) for record in range(SIZE)}
BORN = ["1950-03-02", "1981-07-19", ""]
pairs = st.sampled_from(list(combinations(range(SIZE), 2)))
edges = st.lists(st.builds(lambda pair, weight: Edge(*pair, weight), pairs, st.floats(10, 60)), max_size=20)
judgements = st.lists(pairs, max_size=6)


def people(born: list[str]) -> dict[int, Prepared]:
    shared = {"given_name": "John", "family_name": "Smith", "email": "smiths@example.org", "address": home()}
    return {number: prepare(person(birth_date=date, **shared)) for number, date in enumerate(born)}


def group_of(groups: list[frozenset[int]]) -> dict[int, frozenset[int]]:
    return {record: group for group in groups for record in group}


@given(
    edges, judgements, judgements, st.lists(st.sampled_from(BORN), min_size=SIZE, max_size=SIZE), st.randoms()
)
@settings(max_examples=150, deadline=None)
def test_order_does_not_matter(
    links: list[Edge],
    apart: list[tuple[int, int]],
    together: list[tuple[int, int]],
    born: list[str],
    random: Random,
) -> None:
    prepared = people(born)
    first = partition(range(SIZE), prepared, links, apart, together, MODEL)
    records = list(range(SIZE))
    turned = [Edge(edge.right, edge.left, edge.weight) for edge in links]
    for shuffled in (records, turned, apart, together):
        random.shuffle(shuffled)
    assert partition(records, prepared, turned, apart, together, MODEL) == first


@given(
    st.lists(st.builds(lambda pair: Edge(*pair, 30.0), pairs), max_size=20),
    st.permutations(range(SIZE)),
    st.sampled_from([48, 3]),
)
@settings(max_examples=150, deadline=None)
def test_ids_do_not_matter_where_links_are_equally_strong(
    links: list[Edge], ids: list[int], fully_compared: int
) -> None:
    born = [BORN[number % 3] for number in range(SIZE)]
    prepared = {number: record._replace(phones=[number]) for number, record in people(born).items()}
    renamed = {ids[number]: record for number, record in prepared.items()}
    others = [Edge(ids[edge.left], ids[edge.right], edge.weight) for edge in links]
    with patch("customerfile.matching.cluster.FULLY_COMPARED", fully_compared):
        first = partition(range(SIZE), prepared, links, [], [], MODEL)
        again = partition(range(SIZE), renamed, others, [], [], MODEL)
    assert {frozenset(ids[record] for record in group) for group in first} == set(again)


@given(edges, judgements, judgements, st.lists(st.sampled_from(BORN), min_size=SIZE, max_size=SIZE))
@settings(max_examples=150, deadline=None)
def test_groups_cover_every_record_once_and_keep_cannot_links(
    links: list[Edge], apart: list[tuple[int, int]], together: list[tuple[int, int]], born: list[str]
) -> None:
    groups = partition(range(SIZE), people(born), links, apart, together, MODEL)
    assert sorted(record for group in groups for record in group) == list(range(SIZE))
    assert not [pair for pair in apart for group in groups if group.issuperset(pair)]


@given(edges, judgements, st.lists(st.sampled_from(BORN), min_size=SIZE, max_size=SIZE))
@settings(max_examples=100, deadline=None)
def test_must_links_hold_where_no_judgement_stands_against_them(
    links: list[Edge], together: list[tuple[int, int]], born: list[str]
) -> None:
    groups = group_of(partition(range(SIZE), people(born), links, [], together, MODEL))
    assert all(groups[left] is groups[right] for left, right in together)


def test_records_without_an_edge_stand_alone() -> None:
    assert partition([3, 1], BLANK, [], [], [], MODEL) == [frozenset({1}), frozenset({3})]


def test_two_records_join_at_the_link_threshold_and_not_below() -> None:
    link = MODEL.thresholds.link
    assert partition([1, 2], BLANK, [Edge(2, 1, link)], [], [], MODEL) == [frozenset({1, 2})]
    assert len(partition([1, 2], BLANK, [Edge(2, 1, link - 0.01)], [], [], MODEL)) == 2


def test_a_record_between_father_and_son_goes_to_the_stronger_and_does_not_join_them() -> None:
    prepared = people(["1950-03-02", "", "1981-07-19"])
    links = [Edge(0, 1, 40.0), Edge(1, 2, 39.0)]
    assert partition([0, 1, 2], prepared, links, [], [], MODEL) == [frozenset({0, 1}), frozenset({2})]


def test_a_judgement_beats_every_score() -> None:
    prepared = people(["1950-03-02", "1950-03-02", "1950-03-02"])
    links = [Edge(a, b, 60.0) for a, b in combinations(range(3), 2)]
    groups = partition(range(3), prepared, links, [(0, 2)], [], MODEL)
    assert groups == [frozenset({0, 1}), frozenset({2})]


def test_a_must_link_joins_what_a_veto_would_part() -> None:
    prepared = people(["1950-03-02", "", "1981-07-19"])
    links = [Edge(0, 1, 40.0), Edge(1, 2, 39.0)]
    assert partition(range(3), prepared, links, [], [(0, 2)], MODEL) == [frozenset({0, 1, 2})]


def test_a_cannot_link_stands_against_must_links_around_it() -> None:
    groups = partition(range(3), BLANK | people(["", "", ""]), [], [(0, 2)], [(0, 1), (1, 2)], MODEL)
    assert groups == [frozenset({0, 1}), frozenset({2})]


def test_a_wrong_birth_date_is_forgiven_where_the_rest_of_the_person_speaks_for_it() -> None:
    shared = {"given_name": "Ann", "family_name": "Lee", "address": home()}
    prepared = {
        0: prepare(person(birth_date="1950-03-02", national_id=identity("219099999"), **shared)),
        1: prepare(person(birth_date="1981-07-19", national_id=identity("219099999"), **shared)),
        2: prepare(person(birth_date="1950-03-02", **shared)),
    }
    groups = partition(range(3), prepared, [Edge(0, 1, 50.0), Edge(0, 2, 40.0)], [], [], MODEL)
    assert groups == [frozenset({0, 1, 2})]


def test_a_chain_of_links_does_not_join_strangers() -> None:
    """Each neighbour shares one contact point with the next, and nothing else."""
    names = [("Ann", "Lee"), ("A", "Lee"), ("Arthur", "Lee")]
    prepared = {
        number: prepare(person(given_name=given, family_name=family, phone=f"+4411349600{number:02}"))
        for number, (given, family) in enumerate(names)
    }
    groups = partition(range(3), prepared, [Edge(0, 1, 25.0), Edge(1, 2, 24.0)], [], [], MODEL)
    assert frozenset({0, 1, 2}) not in groups


def test_a_large_component_is_settled_too() -> None:
    count = 120
    prepared = people(["1950-03-02", "1981-07-19"] * (count // 2))
    links = [Edge(number, number + 2, 50.0) for number in range(count - 2)]
    bridge = Edge(10, 11, 30.0)
    groups = partition(range(count), prepared, [*links, bridge], [], [], MODEL)
    assert groups == [frozenset(range(0, count, 2)), frozenset(range(1, count, 2))]


def test_a_source_with_one_record_per_customer_keeps_its_records_apart() -> None:
    """Records 0 and 1 are of the register 7; record 2 fits both, and goes to the one it fits better."""
    prepared = people(["1950-03-02"] * 3)
    links = [Edge(0, 1, 60.0), Edge(0, 2, 50.0), Edge(1, 2, 55.0)]
    register = {0: 7, 1: 7}

    assert len(partition([0, 1], prepared, links[:1], [], [], MODEL, one_each=register)) == 2
    assert partition(range(3), prepared, links, [], [], MODEL, one_each=register) == [
        frozenset({0}),
        frozenset({1, 2}),
    ]


def test_a_judgement_beats_the_rule_of_one_record_per_source() -> None:
    prepared = people(["1950-03-02"] * 3)
    links = [Edge(1, 2, 50.0)]
    register = {0: 7, 1: 7, 2: 8}

    assert partition(range(3), prepared, links, [], [(0, 1)], MODEL, one_each=register) == [
        frozenset({0, 1, 2})
    ]


@given(edges, judgements, st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 2)))
@settings(max_examples=100, deadline=None)
def test_without_judgements_no_group_has_two_records_of_such_a_source(
    links: list[Edge], apart: list[tuple[int, int]], sources: dict[int, int]
) -> None:
    for group in partition(range(SIZE), BLANK, links, apart, [], MODEL, one_each=sources):
        found = [sources[record] for record in group if record in sources]
        assert len(found) == len(set(found))
