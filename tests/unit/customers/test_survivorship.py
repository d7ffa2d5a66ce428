"""Each survivorship rule on a tiny case, and the law that the order of arrival never matters."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.customers.golden.golden import GoldenRules, LinkedRecord
from customerfile.customers.golden.survivorship import Offer, choose, collect
from customerfile.definition.loading import load_packs
from customerfile.definition.schema import Survivorship

LONG_AGO, LATELY = 900.0, 100.0


@pytest.mark.parametrize(
    ("rule", "winner"),
    [
        (Survivorship.SOURCE_PRIORITY, 1),
        (Survivorship.MOST_RECENT, 2),
        (Survivorship.MOST_FREQUENT, 3),
        (Survivorship.MOST_COMPLETE, 2),
    ],
)
def test_a_rule_chooses(rule, winner):
    offers = [
        Offer("Ann", 1, LONG_AGO),
        Offer("Annabella", 2, LATELY),
        Offer("Anna", 3, LONG_AGO),
        Offer("Anna", 4, LONG_AGO),
    ]

    assert choose(offers, rule).record_id == winner


def test_a_confirmed_value_comes_before_a_trusted_one():
    offers = [Offer({"value": "a"}, 1, LATELY), Offer({"value": "b", "confirmed": True}, 2, LONG_AGO)]

    assert choose(offers, Survivorship.CONFIRMED_FIRST).record_id == 2


def test_values_are_collected_once_whatever_they_are_used_for():
    offers = [
        Offer([{"value": "x@example.org", "use": "work"}], 1, LATELY),
        Offer([{"value": "x@example.org", "use": "home"}, {"value": "y@example.org"}], 2, LONG_AGO),
    ]

    assert collect(offers) == [
        ({"value": "x@example.org", "use": "work"}, 1),
        ({"value": "y@example.org"}, 2),
    ]


def test_an_address_that_says_less_is_left_out():
    full = {"line": "1 High St", "city": "Leeds", "region": "ENG", "country": "GB"}
    less = {"line": "1 High St", "city": "Leeds", "country": "GB", "use": "home"}
    other = {"line": "2 Low St", "city": "Leeds", "country": "GB"}

    assert collect([Offer([less, other], 1, LATELY), Offer([full], 2, LONG_AGO)]) == [(other, 1), (full, 2)]


RULES = GoldenRules(load_packs(["retail"]))
NAMES = st.sampled_from(["Ann", "Anna", "Annabella"])
RECORDS = st.lists(
    st.builds(
        lambda given, born, email, priority, day: (given, born, email, priority, day),
        st.none() | NAMES,
        st.none() | st.sampled_from(["1980-05-17", "1980-05-18"]),
        st.lists(st.sampled_from(["a@example.org", "b@example.org"]), max_size=2, unique=True),
        st.sampled_from([1, 2]),
        st.integers(1, 28),
    ),
    min_size=1,
    max_size=5,
)


@given(RECORDS, st.randoms())
def test_the_golden_record_does_not_depend_on_order(drawn, chance):
    records = [_record(number, *values) for number, values in enumerate(drawn, start=1)]
    shuffled = list(records)
    chance.shuffle(shuffled)

    assert RULES.golden_record(shuffled) == RULES.golden_record(records)


@given(RECORDS)
def test_every_golden_value_is_said_by_the_record_it_is_traced_to(drawn):
    records = {number: _record(number, *values) for number, values in enumerate(drawn, start=1)}

    golden = RULES.golden_record(list(records.values()))

    for key, value in golden.values.items():
        for single, origin in zip(
            value if isinstance(value, list) else [value], golden.origins[key], strict=True
        ):
            said = records[origin].canonical[key]
            assert single in said if isinstance(said, list) else single == said


def _record(number, given, born, email, priority, day):
    canonical = {"kind": "person", "given_name": given, "birth_date": born}
    canonical["email"] = [{"value": value} for value in email]
    present = {key: value for key, value in canonical.items() if value}
    return LinkedRecord(number, present, priority, datetime(2026, 1, day, tzinfo=UTC))
