"""From counts to figures."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.quality.measures import (
    Counted,
    Measure,
    age,
    badness,
    completeness,
    duplication,
    in_use,
    margin,
    pooled,
    unconfirmed,
    validity,
)
from customerfile.quality.sampling import drawn, is_sparse, small_sources

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_completeness_is_the_share_that_holds_a_value():
    figure = completeness(Counted(8, 2, (5, 7)), source="shop", field="email")
    assert (figure.value, figure.affected, figure.customers) == (0.75, 2, (5, 7))


def test_duplication_and_unconfirmed_are_the_share_with_the_fault():
    assert duplication(Counted(8, 2), source="shop", field="").value == 0.25
    assert unconfirmed(Counted(4, 1)).value == 0.25


def test_age_is_the_median_in_days_and_never_negative():
    said = AT - timedelta(days=10)
    assert age(Counted(3, 1), source="", field="email", median=said, at=AT).value == 10
    assert age(Counted(3, 0), source="", field="email", median=AT + timedelta(days=1), at=AT).value == 0


def test_sample_stands_for_all():
    figure = completeness(Counted(100, 25).times(40.0), source="", field="email")
    assert (figure.is_estimate, figure.population, figure.affected_of_all) == (True, 4000, 1000)
    assert margin(figure) == pytest.approx(1.96 * (0.75 * 0.25 / 99 * (1 - 100 / 4000)) ** 0.5)


def test_what_was_counted_has_no_margin():
    assert margin(completeness(Counted(100, 25).times(1.0), source="", field="email")) == 0


def test_sources_are_pooled_by_their_size_and_the_worst_is_looked_at_first():
    small = validity(Counted(10, 5, (1, 2)).times(1), source="till", field="email")
    large = validity(Counted(10, 0, (3,)).times(9), source="shop", field="email")
    together = pooled([large, small], source="", field="email")
    assert together is not None
    assert (together.value, together.population, together.customers) == (0.95, 100, (1, 2, 3))
    assert pooled([], source="", field="email") is None


def test_margin_of_samples_together_is_no_narrower_than_of_one():
    one = completeness(Counted(100, 25).times(40), source="", field="email")
    other = completeness(Counted(100, 25).times(40), source="", field="phone")
    together = pooled([one, other], source="", field="")
    assert together is not None
    assert (together.value, together.affected_of_all) == (0.75, 2000)
    assert margin(together) >= margin(one)


def test_field_that_nobody_fills_is_not_in_use():
    figures = [
        completeness(Counted(4, 4), source="", field="fax"),
        completeness(Counted(4, 1), source="", field="email"),
    ]
    assert [each.field for each in in_use(figures, source="")] == ["email"]


def test_row_is_as_bad_as_its_worst_share():
    row = [
        completeness(Counted(10, 1), source="", field="email"),
        duplication(Counted(10, 4), source="", field="email"),
        age(Counted(10, 10), source="", field="email", median=AT - timedelta(days=4000), at=AT),
    ]
    assert badness(row) == 0.4


@given(st.integers(1, 10_000), st.data())
def test_shares_and_counts_agree(measured: int, data: st.DataObject):
    affected = data.draw(st.integers(0, measured))
    for make in (completeness, validity, duplication):
        figure = make(Counted(measured, affected), source="", field="x")
        good = 1 - affected / measured
        assert figure.value == pytest.approx(good if figure.measure.higher_is_better else 1 - good)
        together = pooled([figure], source="", field="x")
        assert together is not None
        assert (together.affected, together.measured) == (affected, measured)


def test_every_measure_says_which_way_is_better():
    assert [each for each in Measure if each.higher_is_better] == [Measure.COMPLETENESS, Measure.VALIDITY]


def test_large_file_is_drawn_from_unless_few_numbers_are_in_use():
    assert [is_sparse(100, 400), is_sparse(100, 401)] == [False, True]
    found = drawn(1000, 2000, most=100, rng=np.random.default_rng(1))
    assert 150 <= len(found) <= 200  # half of these numbers are of nobody
    assert found == sorted(set(found))
    assert (found[0] >= 1, found[-1] <= 2000) == (True, True)
    assert small_sources({1: 10, 2: 99}, small=50) == [1]
