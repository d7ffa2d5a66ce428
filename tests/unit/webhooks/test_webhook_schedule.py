"""When a message is tried again, and when an endpoint is given up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.webhooks.schedule import DELAYS, is_given_up, next_attempt

AT = datetime(2026, 3, 1, tzinfo=UTC)


def test_ten_attempts_in_three_days():
    after = [next_attempt(attempts, AT, chance=0) for attempts in range(1, 12)]
    assert [each - AT for each in after[:9]] == list(DELAYS)
    assert after[9:] == [None, None]
    assert sum(DELAYS, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)


@given(st.integers(1, 9), st.floats(0, 1))
def test_chance_stretches_a_delay_by_a_fifth_at_most(attempts, chance):
    delay = next_attempt(attempts, AT, chance=chance) - AT
    assert DELAYS[attempts - 1] <= delay <= DELAYS[attempts - 1] * 1.2


@pytest.mark.parametrize(
    ("wish", "delay"),
    [
        (timedelta(seconds=1), timedelta(seconds=5)),
        (timedelta(minutes=2), timedelta(minutes=2)),
        (timedelta(days=90), timedelta(days=1)),
    ],
)
def test_a_receiver_that_asks_for_time_gets_it_up_to_a_day(wish, delay):
    assert next_attempt(1, AT, chance=0, wish=wish) == AT + delay


def test_an_endpoint_is_given_up_after_five_days_of_failures():
    assert not is_given_up(None, AT)
    assert not is_given_up(AT, AT + timedelta(days=5) - timedelta(seconds=1))
    assert is_given_up(AT, AT + timedelta(days=5))
