"""Explanations: the outcome of a pair in words, what holds a group together, the way between two records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_people import MODEL, home, identity, person

from customerfile.matching.explanation import Hold, Outcome, Tie, holds, pair_reasons, path
from customerfile.matching.explanation_chart import waterfall
from customerfile.matching.prepare import prepare
from customerfile.matching.score import score_pairs

ANN = {"given_name": "Ann", "family_name": "Lee", "birth_date": "1978-12-11"}
TWIN = ANN | {"given_name": "Beatrice", "address": home()}


def reasons(left, right):
    scored = score_pairs(MODEL, [prepare(person(**left))], [prepare(person(**right))])
    return scored, pair_reasons(MODEL, scored.level[0].tolist())


@pytest.mark.parametrize(
    ("left", "right", "outcome"),
    [
        (ANN | {"email": "ann@example.org"}, ANN | {"email": "ann@example.org"}, Outcome.LINK),
        (ANN, ANN | {"family_name": "Shaw", "address": home()}, Outcome.REVIEW),
        (ANN | {"address": home()}, TWIN, Outcome.VETO),
        (ANN, {"given_name": "Carl", "family_name": "Katz", "birth_date": "1950-01-02"}, Outcome.APART),
    ],
)
def test_outcome(left: dict[str, str], right: dict[str, str], outcome: Outcome) -> None:
    scored, found = reasons(left, right)
    assert found.outcome is outcome
    assert found.weight == pytest.approx(float(scored.weight[0]), abs=1e-9)
    assert bool(found.veto) is bool(scored.veto[0])


def test_a_veto_is_told_in_words() -> None:
    left, right = ANN | {"national_id": identity("1")}, ANN | {"address": home()}
    assert reasons(left | {"address": home()}, TWIN)[1].veto == MODEL.vetoes[4].words
    assert reasons(left, right)[1].veto == ""


def test_what_holds_a_group_together_the_weakest_first() -> None:
    ties = [Tie(1, 2, 40), Tie(2, 3, 30), Tie(1, 3, 25), Tie(3, 4, 24)]
    assert holds([1, 2, 3, 4], ties) == [
        Hold(Tie(3, 4, 24), alone=True),
        Hold(Tie(2, 3, 30), alone=False),
        Hold(Tie(1, 2, 40), alone=False),
    ]


def test_the_way_between_two_records() -> None:
    ties = [Tie(1, 2, 40), Tie(2, 3, 30), Tie(3, 4, 24)]
    assert path(4, 1, ties) == [Tie(3, 4, 24), Tie(2, 3, 30), Tie(1, 2, 40)]
    assert path(1, 5, ties) == []


@given(
    st.lists(
        st.builds(Tie, st.integers(0, 4), st.integers(5, 9), st.integers(23, 60).map(float)),
        max_size=15,
        unique_by=lambda tie: tie[:2],
    )
)
def test_a_tie_is_alone_exactly_when_the_rest_leaves_its_sides_apart(ties: list[Tie]) -> None:
    for hold in holds(range(10), ties):
        rest = [tie for tie in ties if tie != hold.tie]
        assert hold.alone is (path(hold.tie.left, hold.tie.right, rest) == [])


def test_the_waterfall_ends_at_the_weight() -> None:
    _, found = reasons(ANN | {"address": home()}, TWIN)
    drawn = waterfall(found, MODEL.thresholds, title="Ann and Beatrice").to_dict()
    bars = drawn["datasets"][drawn["layer"][0]["data"]["name"]]
    assert bars[-1]["end"] == found.weight == pytest.approx(bars[-2]["end"])
    assert bars[0]["words"] == found.reasons[0].words
