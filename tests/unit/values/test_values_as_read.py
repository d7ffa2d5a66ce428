"""Standard values as people read them in another language: months, countries, languages, money, yes and no."""

from collections.abc import Iterator
from datetime import date

import pytest

from customerfile.base.told import Reader, tell_to
from customerfile.values.dates import displayed_day
from customerfile.values.kinds import display
from customerfile.values.outcome import Json

FRENCH = {
    "en": "fr",
    "January": "janvier",
    "Yes": "Oui",
    "Female": "Féminin",
    "{phone} ext. {extension}": "{phone}, poste {extension}",
}


@pytest.fixture
def french() -> Iterator[None]:
    """A reader of French."""
    before = tell_to(Reader(lambda text: FRENCH.get(text, text)))
    yield
    tell_to(before)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("date", "1991-01-09", "9 janvier 1991"),
        ("date", "1991-01", "janvier 1991"),
        ("country", "DE", "Allemagne"),
        ("address", {"line": "Rue X 1", "city": "Köln", "country": "DE"}, "Rue X 1, Köln, Allemagne"),
        ("language", "pt-BR", "portugais"),
        ("boolean", True, "Oui"),
        ("gender", "female", "Féminin"),
        ("money", {"amount": "1234.50", "currency": "EUR"}, "1\u202f234,50\xa0€"),
        ("phone", "+442079460018;ext=12", "+44 20 7946 0018, poste 12"),
    ],
)
@pytest.mark.usefixtures("french")
def test_as_a_reader_of_french_reads_it(kind: str, value: Json, shown: str):
    assert display(kind, value) == shown


@pytest.mark.usefixtures("french")
def test_a_day_that_is_shown_is_read_again_in_the_same_language():
    assert displayed_day("9 janvier 1991") == date(1991, 1, 9)


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("9 January 1991", date(1991, 1, 9)),
        ("January 1991", None),
        ("30 February 1991", None),
        ("9 janvier 1991", None),
        ("", None),
        ("••••", None),
    ],
)
def test_a_day_that_is_shown_in_english(shown: str, day: date | None):
    assert displayed_day(shown) == day
