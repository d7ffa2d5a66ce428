from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.values.kinds import display, standardise
from customerfile.values.money import NO_CURRENCY, UNKNOWN_CURRENCY
from customerfile.values.numbers import NOT_A_NUMBER, NOT_WHOLE, TOO_LARGE
from customerfile.values.outcome import Accepted, Context, Refused

NOWHERE = Context()
EUROS = Context(country="DE", currency="EUR")
POUNDS = Context(country="GB", currency="GBP")


@pytest.mark.parametrize(
    ("raw", "context", "amount", "currency"),
    [
        ("12.34", EUROS, "12.34", "EUR"),
        ("12,34", EUROS, "12.34", "EUR"),
        ("1.234,56 €", NOWHERE, "1234.56", "EUR"),
        ("1 234,56 €", NOWHERE, "1234.56", "EUR"),
        ("1'234.50 CHF", NOWHERE, "1234.50", "CHF"),
        ("$1,234.5", Context(country="US"), "1234.50", "USD"),
        ("$5", Context(country="CA"), "5.00", "CAD"),
        ("US$5", POUNDS, "5.00", "USD"),
        ("-5.20", POUNDS, "-5.20", "GBP"),
        ("−5.20", POUNDS, "-5.20", "GBP"),
        ("5.20-", POUNDS, "-5.20", "GBP"),
        ("(12.30)", POUNDS, "-12.30", "GBP"),
        ("-£12.30", NOWHERE, "-12.30", "GBP"),
        ("£-12.30", NOWHERE, "-12.30", "GBP"),
        ("EUR 12", NOWHERE, "12.00", "EUR"),
        ("12 eur", NOWHERE, "12.00", "EUR"),
        ("¥500", Context(country="JP"), "500", "JPY"),
        ("0.1234", POUNDS, "0.1234", "GBP"),
        ("0012.300", POUNDS, "12.30", "GBP"),
        ("-0.00", POUNDS, "0.00", "GBP"),
        ("2.95", POUNDS, "2.95", "GBP"),
        ("100 Kč", NOWHERE, "100.00", "CZK"),
    ],
)
def test_money(raw: str, context: Context, amount: str, currency: str) -> None:
    outcome = standardise("money", raw, context)
    assert outcome == Accepted({"amount": amount, "currency": currency})


@pytest.mark.parametrize(
    ("raw", "context", "amount", "note"),
    [
        ("12.345", Context(country="US", currency="KWD"), "12.345", "the point read as the decimal mark"),
        ("1,234", POUNDS, "1234.00", "the comma read as a thousands mark"),
        ("1,234", EUROS, "1.234", "the comma read as the decimal mark"),
        ("1.234", EUROS, "1234.00", "the point read as a thousands mark"),
        ("12.30", Context(country="GB"), "12.30", "no currency written: read as GBP"),
    ],
)
def test_what_was_assumed_is_noted(raw: str, context: Context, amount: str, note: str) -> None:
    outcome = standardise("money", raw, context)
    assert isinstance(outcome, Accepted)
    assert isinstance(outcome.value, dict)
    assert (outcome.value["amount"], outcome.notes) == (amount, (note,))


@pytest.mark.parametrize(
    ("raw", "context", "expected"),
    [
        ("12.30", NOWHERE, NO_CURRENCY),
        ("12.30 doubloons", POUNDS, UNKNOWN_CURRENCY),
        ("free", POUNDS, NOT_A_NUMBER),
        ("1.2.3,4", POUNDS, NOT_A_NUMBER),
        ("12,34.5.6", POUNDS, NOT_A_NUMBER),
        ("1,23,45.678,9", POUNDS, NOT_A_NUMBER),
    ],
)
def test_refused(raw: str, context: Context, expected: Refused) -> None:
    assert standardise("money", raw, context) == expected


def test_currency_in_a_column_of_its_own() -> None:
    raw = {"amount": "12.3", "currency": "usd"}
    assert standardise("money", raw, POUNDS) == Accepted({"amount": "12.30", "currency": "USD"})


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_amounts_are_exact(amount: Decimal) -> None:
    outcome = standardise("money", f"{amount:f}", POUNDS)
    assert isinstance(outcome, Accepted)
    assert isinstance(outcome.value, dict)
    assert Decimal(str(outcome.value["amount"])) == amount


def test_shown() -> None:
    assert display("money", {"amount": "1234.50", "currency": "EUR"}) == "€1,234.50"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("5", 5),
        ("5.0", 5),
        ("-1,234.5", -1234.5),
        ("1e3", 1000),
        ("12 %", 12),
        ("1 234 567", 1234567),
        ("(3)", -3),
    ],
)
def test_number(raw: str, expected: float) -> None:
    assert standardise("number", raw, NOWHERE) == Accepted(expected)


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("integer", "5.5", NOT_WHOLE),
        ("integer", "17850.0", Accepted(17850)),
        ("integer", "9" * 30, TOO_LARGE),
        ("number", "nan", NOT_A_NUMBER),
        ("number", "1e999", NOT_A_NUMBER),
        ("number", "", Refused("There is nothing in it.", "Leave the value out, or fill it in.")),
    ],
)
def test_whole_numbers_and_refusals(kind: str, raw: str, expected: Accepted | Refused) -> None:
    assert standardise(kind, raw, NOWHERE) == expected
