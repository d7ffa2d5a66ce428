"""What people's words on a pair come to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.customers.resolution.verdicts import Said, Verdict, verdict_of

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
MATCH, NOT, UNSURE = Verdict.MATCH, Verdict.NOT_A_MATCH, Verdict.UNSURE


def said(*words: tuple[str, Verdict]) -> list[Said]:
    """In the order in which they were said."""
    return [
        Said(NOON + timedelta(minutes=number), number, by, verdict)
        for number, (by, verdict) in enumerate(words)
    ]


@pytest.mark.parametrize(
    ("words", "alone", "together"),
    [
        ([], None, None),
        ([("ann", UNSURE)], None, None),
        ([("ann", MATCH)], MATCH, None),
        ([("ann", MATCH), ("ben", MATCH)], MATCH, MATCH),
        ([("ann", NOT), ("ben", NOT), ("cy", UNSURE)], NOT, NOT),
        ([("ann", MATCH), ("ben", NOT)], NOT, None),
        ([("ann", MATCH), ("ben", MATCH), ("cy", NOT)], NOT, None),
        ([("ann", MATCH), ("ann", MATCH)], MATCH, None),
    ],
)
def test_what_words_come_to(words, alone, together):
    assert verdict_of(said(*words), people_needed=1) is alone
    assert verdict_of(said(*words), people_needed=2) is together


words = st.lists(st.tuples(st.sampled_from(["ann", "ben", "cy"]), st.sampled_from(list(Verdict))), max_size=5)


@given(words, st.integers(1, 2), st.randoms())
def test_the_order_in_which_they_are_read_does_not_matter(words, people_needed, random):
    told = said(*words)
    shuffled = list(told)
    random.shuffle(shuffled)
    assert verdict_of(told, people_needed=people_needed) is verdict_of(shuffled, people_needed=people_needed)


@given(words)
def test_what_two_people_agree_on_is_what_the_newest_of_them_says(words):
    together = verdict_of(said(*words), people_needed=2)
    assert together is None or together is verdict_of(said(*words), people_needed=1)
