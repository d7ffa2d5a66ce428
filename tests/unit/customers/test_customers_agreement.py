"""How far people agree, with a worked example."""

import pytest

from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.review.agreement import agreement

YES, NO, UNSURE = Verdict.MATCH, Verdict.NOT_A_MATCH, Verdict.UNSURE


def said(count, first, second):
    return [{"ann": first, "ben": second}] * count


def test_kappa_of_a_known_table():
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, expected 0.5, kappa 0.4."""
    overall, couples = agreement(
        [*said(20, YES, YES), *said(5, YES, NO), *said(10, NO, YES), *said(15, NO, NO)]
    )

    assert (overall.pair_count, overall.agreed_rate) == (50, 0.7)
    assert overall.kappa == pytest.approx(0.4)
    assert [(each.people, each.pair_count) for each in couples] == [(("ann", "ben"), 50)]


def test_nothing_to_compare():
    overall, couples = agreement([{"ann": YES}, {}])
    assert (overall.pair_count, overall.agreed_rate, overall.kappa, couples) == (0, None, None, [])


def test_who_always_says_the_same_agrees_by_chance():
    assert agreement(said(3, YES, YES))[0].kappa is None


def test_three_people_are_compared_two_by_two():
    _, couples = agreement([{"ann": YES, "ben": YES, "cy": UNSURE}])
    assert [(each.people, each.agreed_rate) for each in couples] == [
        (("ann", "ben"), 1.0), (("ann", "cy"), 0.0), (("ben", "cy"), 0.0),
    ]  # fmt: skip
