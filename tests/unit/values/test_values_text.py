import pytest

from customerfile.values.kinds import standardise
from customerfile.values.outcome import Accepted, Context, Refused
from customerfile.values.text import (
    BROKEN_CHARACTER,
    CONTROL_CHARACTER,
    EMPTY,
    LOST_CHARACTER_NOTE,
    is_absent,
    standardise_choice,
    standardise_pattern,
)

NOWHERE = Context()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  two   words ", Accepted("two words")),
        ("line one\r\nline two", Accepted("line one line two")),
        ("non\u00a0breaking", Accepted("non breaking")),
        ("e\u0301te\u0301", Accepted("été")),
        ("\ufeffmark", Accepted("mark")),
        ("so\u00adft", Accepted("soft")),
        ("می‌خواهم", Accepted("می‌خواهم")),
        ("lost \ufffd", Accepted("lost \ufffd", (LOST_CHARACTER_NOTE,))),
        ("nul \x00", CONTROL_CHARACTER),
        ("escape \x1b[31m", CONTROL_CHARACTER),
        ("cp1252 \x93quotes\x94 read as Latin 1", CONTROL_CHARACTER),
        ("half \ud83d", BROKEN_CHARACTER),
        (" \t ", EMPTY),
        ("", EMPTY),
    ],
)
def test_text(raw: str, expected: Accepted | Refused) -> None:
    assert standardise("text", raw, NOWHERE) == expected


def test_text_too_long_says_how_long_it_is() -> None:
    outcome = standardise("text", "x" * 20_001, NOWHERE)
    assert isinstance(outcome, Refused)
    assert outcome.reason == "It is 20001 characters long; at most 20000 are kept here."


@pytest.mark.parametrize(
    "raw", ["", " ", "-", "--", "n/a", "N/A", "#N/A", "(null)", "?", "...", "\\N", "#REF!"]
)
def test_cells_that_say_nothing_are_absent(raw: str) -> None:
    assert is_absent(raw)


@pytest.mark.parametrize("raw", ["Null", "Na", "None", "0", "-1", "Nan", "NA", "x"])
def test_real_names_and_numbers_are_not_absent(raw: str) -> None:
    assert not is_absent(raw)


def test_choice_ignores_case_accents_and_punctuation() -> None:
    assert standardise_choice("GOLD card", ("silver", "Gold-Card"), NOWHERE) == Accepted("Gold-Card")
    assert standardise_choice("tin", ("silver", "gold"), NOWHERE) == Refused(
        "It is none of the choices of this field.", "Use one of: silver, gold."
    )


def test_pattern_must_match_the_whole_value() -> None:
    assert standardise_pattern(" AB12 ", r"[A-Z]{2}\d\d", "two letters, two digits") == Accepted("AB12")
    assert standardise_pattern("AB123", r"[A-Z]{2}\d\d", "Two letters and two digits.") == Refused(
        "It does not follow the rule of this field.", "Two letters and two digits."
    )
