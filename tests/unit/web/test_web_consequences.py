"""What follows from a merge or split, in words."""

from datetime import UTC, datetime

import pytest

from customerfile.customers.judging.foresight import Foreseen
from customerfile.customers.queries import CustomerFile, CustomerSummary
from customerfile.web.consequences import of_merge, of_split
from customerfile.web.words import act_words, listed, verdict_words

MORNING = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def file(
    number: str, *, records: int = 1, kind: str = "person", aliases: tuple[str, ...] = ()
) -> CustomerFile:
    summary = CustomerSummary(int(number[:-1]), number, kind, "Ann Poe", "", "", records, MORNING)
    return CustomerFile(summary, number, MORNING, (), (), (), (), aliases, ())


def foreseen(before: tuple[CustomerFile, ...], after: tuple[CustomerFile, ...], *, waits: bool = False):
    return Foreseen(before, after, waits, (), (), "")


def test_a_merge_says_which_number_stays_and_what_comes_along():
    found = foreseen((file("00000036", records=2), file("0000001X")), (file("0000001X", records=3),))

    assert of_merge(found, (1, 1200))[:2] == (
        "0000001X stays, as the older number. 00000036 leads to it from now on, wherever it is written.",
        "Nothing is deleted: all 3 records and 1,201 events stand under 0000001X.",
    )


def test_a_merge_of_a_person_and_an_organisation_says_what_they_become():
    both = (file("0000001X"), file("00000028", kind="organisation"))
    found = foreseen(both, (file("0000001X", kind="organisation"),))

    assert (
        "One is a person and one an organisation; together they are taken for an organisation."
        in of_merge(found, (0, 0))
    )


def test_where_a_second_person_is_needed_that_comes_first():
    both = (file("0000001X"), file("00000028"))

    assert of_merge(foreseen(both, both[:1], waits=True), (0, 0))[0].startswith("Nothing changes yet")
    parts = foreseen(both[:1], both, waits=True)
    assert of_split(parts, (0, 0))[0].startswith("Nothing changes yet")


def test_a_split_says_which_part_has_which_number():
    whole = file("0000001X", records=3, aliases=("00000028", "00000036"))
    again = file("0000001X", records=2, aliases=("00000036",)), file("00000028")

    assert of_split(foreseen((whole,), again), (0, 1))[:3] == (
        "What stays, 2 records and no events, keeps the number 0000001X.",
        "What leaves, 1 record and 1 event, takes up its number 00000028 again.",
        "00000036 still leads to 0000001X.",
    )
    anew = file("00000044", records=2), file("0000001X")
    assert of_split(foreseen((whole,), anew), (0, 1))[:2] == (
        "What stays, 2 records and no events, gets a new number.",
        "What leaves, 1 record and 1 event, keeps the number 0000001X.",
    )


@pytest.mark.parametrize(
    ("things", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listed(things: list[str], words: str):
    assert listed(things) == words


def test_what_people_said_and_did_is_worded():
    assert [verdict_words(each) for each in ("match", "not_a_match", "unsure")] == [
        "one customer",
        "two customers",
        "not sure",
    ]
    assert [act_words(each) for each in ("judge", "merge", "split")] == ["Judged", "Merged", "Split"]
