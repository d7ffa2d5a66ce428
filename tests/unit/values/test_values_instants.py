import pytest

from customerfile.values.instants import NO_SUCH_TIME
from customerfile.values.kinds import display, standardise
from customerfile.values.outcome import Accepted, Context, Refused

LONDON = Context(country="GB", date_order="mdy", time_zone="Europe/London")
PARIS = Context(country="FR", time_zone="Europe/Paris")


@pytest.mark.parametrize(
    ("raw", "context", "expected"),
    [
        ("12/1/2010 8:26", LONDON, "2010-12-01T08:26:00Z"),
        ("7/1/2010 8:26", LONDON, "2010-07-01T07:26:00Z"),
        ("2010-12-01 08:26:00", PARIS, "2010-12-01T07:26:00Z"),
        ("2010-12-01T08:26:00Z", PARIS, "2010-12-01T08:26:00Z"),
        ("2010-12-01T08:26:00+02:00", PARIS, "2010-12-01T06:26:00Z"),
        ("2010-12-01T08:26:00.250Z", PARIS, "2010-12-01T08:26:00.250000Z"),
        ("Wed, 01 Dec 2010 08:26:00 +0000", PARIS, "2010-12-01T08:26:00Z"),
        ("1 Dec 2010 8:26 pm", PARIS, "2010-12-01T19:26:00Z"),
        ("25.12.2010, 12:05 am", PARIS, "2010-12-24T23:05:00Z"),
        ("1 décembre 2010 à 8h26", PARIS, "2010-12-01T07:26:00Z"),
        ("2010-12-01", PARIS, "2010-11-30T23:00:00Z"),
    ],
)
def test_instant(raw: str, context: Context, expected: str) -> None:
    assert standardise("instant", raw, context) == Accepted(expected)


def test_seconds_since_1970() -> None:
    expected = Accepted("2010-12-01T08:26:00Z", ("read as seconds since 1970",))
    assert standardise("instant", "1291191960", PARIS) == expected
    assert standardise("instant", "1291191960000", PARIS) == expected


def test_changes_of_the_clock_are_noted() -> None:
    assert standardise("instant", "2010-10-31 02:30", PARIS) == Accepted(
        "2010-10-31T00:30:00Z", ("this time came twice: read as the first",)
    )
    assert standardise("instant", "2010-03-28 02:30", PARIS) == Accepted(
        "2010-03-28T01:30:00Z", ("the clocks went forward over this time",)
    )


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("1 Dec 2010 25:00", NO_SUCH_TIME.reason),
        ("1 Dec 2010 13:00 pm", NO_SUCH_TIME.reason),
        ("30/02/2010 10:00", "February has no day 30."),
        ("2010-12", "This cannot be read as a date and time."),
        ("soon", "This cannot be read as a date."),
    ],
)
def test_refused(raw: str, reason: str) -> None:
    outcome = standardise("instant", raw, PARIS)
    assert isinstance(outcome, Refused)
    assert outcome.reason == reason


def test_an_unknown_time_zone_is_refused_with_a_remedy() -> None:
    assert standardise("instant", "2010-12-01 08:00", Context(time_zone="Mars/Base")) == Refused(
        "The time zone of this source is not known.", "Give it an IANA name, for example Europe/Paris."
    )


def test_shown() -> None:
    assert display("instant", "2010-12-01T08:26:00Z") == "2010-12-01 08:26 UTC"
