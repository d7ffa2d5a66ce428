from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.values.dates import FUTURE_BIRTH, NOT_A_DATE, OLD_BIRTH, detect_date_order
from customerfile.values.kinds import display, mask, standardise
from customerfile.values.outcome import Accepted, Context, Refused

NOWHERE = Context()
CERTAIN = Context(date_order="dmy")
MONTH_FIRST = Context(date_order="mdy")
YEAR_FIRST = Context(date_order="ymd")


@pytest.mark.parametrize(
    ("raw", "context", "expected"),
    [
        ("1978-12-11", NOWHERE, "1978-12-11"),
        ("1978/12/11", NOWHERE, "1978-12-11"),
        ("1978.12.11", NOWHERE, "1978-12-11"),
        ("19781211", NOWHERE, "1978-12-11"),
        ("11121978", CERTAIN, "1978-12-11"),
        ("11/12/1978", CERTAIN, "1978-12-11"),
        ("12/11/1978", MONTH_FIRST, "1978-12-11"),
        ("12/11/78", MONTH_FIRST, "1978-12-11"),
        ("78-12-11", YEAR_FIRST, "1978-12-11"),
        ("781211", YEAR_FIRST, "1978-12-11"),
        ("11.12.1978", NOWHERE, "1978-12-11"),
        ("11. 12. 1978", NOWHERE, "1978-12-11"),
        ("11-Dec-1978", NOWHERE, "1978-12-11"),
        ("11-Dec-78", NOWHERE, "1978-12-11"),
        ("Dec 11, 1978", NOWHERE, "1978-12-11"),
        ("December 11th 1978", NOWHERE, "1978-12-11"),
        ("Mon, 11 Dec 1978", NOWHERE, "1978-12-11"),
        ("11 décembre 1978", NOWHERE, "1978-12-11"),
        ("1er janvier 1978", NOWHERE, "1978-01-01"),
        ("3. März 1978", NOWHERE, "1978-03-03"),
        ("11 de diciembre de 1978", NOWHERE, "1978-12-11"),
        ("1978 Dec 11", NOWHERE, "1978-12-11"),
        ("1978-12-11T00:00:00Z", NOWHERE, "1978-12-11"),
        ("1978-12-11 00:00:00", NOWHERE, "1978-12-11"),
        ("28/9/97", MONTH_FIRST, None),
        ("1978-12", NOWHERE, "1978-12"),
        ("12/1978", NOWHERE, "1978-12"),
        ("Dec 1978", NOWHERE, "1978-12"),
        ("1978", NOWHERE, "1978"),
        ("--12-11", NOWHERE, "--12-11"),
        ("--1211", NOWHERE, "--12-11"),
        ("11 December", NOWHERE, "--12-11"),
        ("29.2.1980", NOWHERE, "1980-02-29"),
        ("١١/١٢/١٩٧٨", CERTAIN, "1978-12-11"),
    ],
)
def test_date(raw: str, context: Context, expected: str | None) -> None:
    outcome = standardise("date", raw, context)
    if expected is None:
        assert outcome == Accepted(
            "1997-09-28", ("day and month stand in the other order than usual in this source",)
        )
    else:
        assert outcome == Accepted(expected)


@pytest.mark.parametrize(
    ("country", "expected", "read_as"),
    [
        ("", "1978-12-11", "11 December"),
        ("GB", "1978-12-11", "11 December"),
        ("US", "1978-11-12", "12 November"),
    ],
)
def test_an_ambiguous_order_is_named(country: str, expected: str, read_as: str) -> None:
    note = f"day and month are ambiguous: read as {read_as}"
    assert standardise("date", "11/12/1978", Context(country=country)) == Accepted(expected, (note,))


@pytest.mark.parametrize("raw", ["12/12/1978", "25/12/1978", "12/25/1978"])
def test_an_unambiguous_date_is_not_noted(raw: str) -> None:
    outcome = standardise("date", raw, NOWHERE)
    assert isinstance(outcome, Accepted)
    assert outcome.notes == ()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("30/02/1980", "February has no day 30."),
        ("30 February 1980", "February has no day 30."),
        ("1980-02-30", "February has no day 30."),
        ("29/02/1981", "February has no day 29 in that year."),
        ("31.4.1980", "April has no day 31."),
        ("1980-13-01", "There is no month 13."),
        ("13/13/1980", "There is no month 13."),
        ("0000-00-00", "A date has no year, month or day zero."),
        ("00/00/1980", "A date has no year, month or day zero."),
        ("yesterday", NOT_A_DATE.reason),
        ("38718", NOT_A_DATE.reason),
        ("1/2/3", NOT_A_DATE.reason),
        ("12/11/978", NOT_A_DATE.reason),
    ],
)
def test_refused(raw: str, reason: str) -> None:
    outcome = standardise("date", raw, NOWHERE)
    assert isinstance(outcome, Refused)
    assert outcome.reason == reason


def test_a_time_of_day_is_said_to_be_left_out() -> None:
    expected = Accepted("1978-12-11", ("the time of day is left out",))
    assert standardise("date", "1978-12-11 14:30", NOWHERE) == expected
    assert standardise("date", "19781211T143000Z", NOWHERE) == expected


def test_birth_dates_lie_in_a_life() -> None:
    tomorrow = (date.today() + timedelta(days=2)).isoformat()
    assert standardise("birth_date", tomorrow, NOWHERE) == FUTURE_BIRTH
    assert standardise("birth_date", str(date.today().year + 1), NOWHERE) == FUTURE_BIRTH
    assert standardise("birth_date", "1850-01-01", NOWHERE) == OLD_BIRTH
    assert standardise("birth_date", "--12-11", NOWHERE) == Accepted("--12-11")


def test_a_birth_year_of_two_digits_is_never_in_the_future() -> None:
    this_year = date.today().year
    assert standardise("birth_date", f"1.1.{this_year % 100:02}", NOWHERE) == Accepted(f"{this_year}-01-01")
    next_year = this_year + 1
    assert standardise("birth_date", f"1.1.{next_year % 100:02}", NOWHERE) == Accepted(
        f"{next_year - 100}-01-01"
    )
    assert standardise("date", f"1.1.{next_year % 100:02}", NOWHERE) == Accepted(f"{next_year}-01-01")


def test_a_usual_stand_in_for_unknown_is_noted() -> None:
    assert standardise("birth_date", "1900-01-01", NOWHERE) == Accepted(
        "1900-01-01", ("1 January 1900 often stands for an unknown date",)
    )


@given(st.dates(min_value=date(1900, 1, 2)))
def test_every_day_is_read_back_in_every_order(day: date) -> None:
    expected = Accepted(day.isoformat())
    assert standardise("date", day.strftime("%Y-%m-%d"), NOWHERE) == expected
    assert standardise("date", f"{day:%d/%m}/{day.year:04}", CERTAIN) == expected
    assert standardise("date", f"{day:%m/%d}/{day.year:04}", MONTH_FIRST) == expected


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (("1/2/2020", "25/2/2020"), "dmy"),
        (("1/2/2020", "2/25/2020"), "mdy"),
        (("2020-02-25",), "ymd"),
        (("1/2/2020", "3/4/2020"), ""),
        (("25/2/2020", "2/25/2020"), ""),
        (("", "soon"), ""),
    ],
)
def test_the_order_that_a_column_proves(samples: tuple[str, ...], order: str) -> None:
    assert detect_date_order(samples) == order


@pytest.mark.parametrize(
    ("value", "shown", "masked"),
    [
        ("1978-12-11", "11 December 1978", "1978"),
        ("1978-12", "December 1978", "1978"),
        ("1978", "1978", "1978"),
        ("--12-11", "11 December", "••••"),
    ],
)
def test_shown_and_masked(value: str, shown: str, masked: str) -> None:
    assert display("birth_date", value) == shown
    assert mask("birth_date", value) == masked
