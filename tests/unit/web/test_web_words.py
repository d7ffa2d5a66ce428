"""The wording of codes, money and moments, and the vital statistics."""

from datetime import date
from decimal import Decimal

import pytest

from customerfile.web.words import (
    cause_words,
    day_text,
    group_title,
    money_text,
    rule_words,
    sentence,
    separator,
)


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("1234.5", "GBP", "£1,234.50"),
        ("-5", "EUR", "-€5.00"),
        ("100", "JPY", "JP¥100"),
        ("12.5", "XXX", "12.50"),
        ("12.5", "", "12.50"),
    ],
)
def test_money_is_written_with_its_currency(amount: str, currency: str, shown: str):
    assert money_text(Decimal(amount), currency) == shown


def test_days_are_written_without_a_leading_zero():
    assert day_text(date(2026, 5, 3)) == "3 May 2026"


@pytest.mark.parametrize(
    ("worded", "words"),
    [
        (rule_words("only_record"), "only record"),
        (rule_words("some_new_rule"), "some new rule"),
        (cause_words("matched"), "Matched"),
        (cause_words("some_cause"), "Some cause"),
        (group_title("identity"), "Identity and bank"),
        (group_title("pets_kept"), "Pets kept"),
        (separator("\t"), "tab"),
        (separator("utf-8"), "utf-8"),
        (sentence("has_header"), "Has header"),
    ],
)
def test_codes_are_put_in_words(worded: str, words: str):
    assert worded == words
