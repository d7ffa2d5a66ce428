"""Slips, patterns and phone numbers of the demonstration, on single values."""

import random
from datetime import date

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.intake.demonstration.noise import misspell, shorten, swap_day_and_month
from customerfile.intake.demonstration.patterns import fill_pattern
from customerfile.intake.demonstration.phones import international
from customerfile.intake.demonstration.rare_names import rare_names
from customerfile.intake.demonstration.words import COUNTRIES, country_words


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüßéñ", min_size=4, max_size=12), st.integers())
def test_a_slip_changes_at_most_one_place_and_keeps_both_ends(word: str, seed: int) -> None:
    slipped = misspell(random.Random(seed), word)
    assert slipped[0] == word[0]
    assert abs(len(slipped) - len(word)) <= 1


def test_short_words_are_left_alone() -> None:
    assert misspell(random.Random(1), "Ann") == "Ann"


@given(st.dates())
def test_swapping_day_and_month_twice_gives_the_date_back(day: date) -> None:
    assert swap_day_and_month(swap_day_and_month(day)) == day


@pytest.mark.parametrize(("name", "short"), [("Susan", "Sue"), ("Hendrik", "Henk"), ("Zelda", "Zelda")])
def test_nicknames(name: str, short: str) -> None:
    assert shorten(random.Random(1), name) == short


@pytest.mark.parametrize(
    ("pattern", "shape"), [("LS[1-17] #@@", 7), ("[01067-01328]", 5), ("0161 496 0###", 13)]
)
def test_patterns_are_filled_in_whole(pattern: str, shape: int) -> None:
    filled = fill_pattern(random.Random(1), pattern)
    assert not set(filled) & set("[]#@-")
    assert shape - 1 <= len(filled) <= shape + 1


@pytest.mark.parametrize(
    ("country", "pattern"),
    [
        (country, pattern)
        for country in COUNTRIES
        for section in ("phones", "mobiles")
        for pattern in country_words(country, section)
    ],
)
def test_every_range_of_phone_numbers_is_valid_at_home_and_from_abroad(country: str, pattern: str) -> None:
    rng = random.Random(1)
    for _ in range(20):
        phone = fill_pattern(rng, pattern)
        at_home = phonenumbers.parse(phone, country)
        assert phonenumbers.is_valid_number(at_home), phone
        assert phonenumbers.parse(international(phone, country), None) == at_home


def test_rare_names_are_all_different() -> None:
    names = rare_names(random.Random(1), 5000)
    assert len(set(names)) == 5000
