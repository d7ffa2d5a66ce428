"""Texts for people: English where nobody translates, else what the translation gives, with the values put in."""

import pytest

from customerfile.base.errors import CustomerfileError
from customerfile.base.told import Reader, tell_to, told, told_counted

FRENCH = {
    "The row is empty.": "La ligne est vide.",
    "At most {number:,} rows.": "{number:,} lignes au plus.",
    "{number} row": "{number} ligne",
    "{number} rows": "{number} lignes",
}


@pytest.fixture
def french():
    before = tell_to(
        Reader(
            lambda text: FRENCH.get(text, text),
            lambda one, many, number: FRENCH[many if number > 1 else one],
            lambda number: number.translate({ord(","): " ", ord("."): ","}),
        )
    )
    yield
    tell_to(before)


def test_english_where_nobody_translates():
    assert told("At most {number:,} rows.", number=3000) == "At most 3,000 rows."
    assert told("At most {number} rows.", number=3000) == "At most 3000 rows."
    assert [told_counted("{number} row", "{number} rows", n) for n in (0, 1, 2)] == [
        "0 rows",
        "1 row",
        "2 rows",
    ]
    assert told("") == ""
    assert told("100 {percent}") == "100 {percent}"


@pytest.mark.usefixtures("french")
def test_another_language_has_its_own_order_and_plural():
    assert told("At most {number:,} rows.", number=3000) == "3 000 lignes au plus."
    assert told("{weight:.1f} of {number}", weight=12.34, number=3000) == "12,3 of 3000"
    assert [told_counted("{number} row", "{number} rows", n) for n in (0, 2)] == ["0 ligne", "2 lignes"]


@pytest.mark.usefixtures("french")
def test_errors_for_people_are_told():
    error = CustomerfileError("The row is empty.", "Mend it.")
    assert (error.reason, error.remedy, str(error)) == (
        "La ligne est vide.",
        "Mend it.",
        "La ligne est vide. Mend it.",
    )
