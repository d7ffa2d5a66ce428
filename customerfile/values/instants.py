"""Moments in time: local date and time of a source to ISO 8601 text in UTC, with whole or fractional
seconds."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from customerfile.base.told import noted_text
from customerfile.values.dates import standardise_date
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.text import ascii_digits, clean, plain

_TIME = re.compile(
    r"^(?P<date>.+?)(?:T|,?\s+(?:at\s+|um\s+|à\s+)?)(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)"
    r"(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$",
)
_EPOCH = re.compile(r"\d{10}|\d{13}")
_MAIL_DATE = re.compile(r"^[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{4} ")
NOT_AN_INSTANT = Refused("This cannot be read as a date and time.", "Write it as 2026-11-21 14:30.")
NO_SUCH_TIME = Refused("There is no such time of day.", "Check hour, minute and second.")
OUT_OF_RANGE = Refused("The moment lies outside the years that can be kept.", "Check the year.")


def standardise_instant(raw: str | dict[str, str], context: Context) -> Outcome:
    """UTC text ("2010-12-01T08:26:00Z"). A time without a zone is read in the context's time zone."""
    return _instant(plain(raw), context)


def display_instant(value: str) -> str:
    """ "2010-12-01 08:26 UTC"."""
    return f"{value[:16].replace('T', ' ')} UTC"


@lru_cache(1 << 14)
def _instant(raw: str, context: Context) -> Outcome:
    text = clean(raw)
    if isinstance(text, Refused):
        return text
    text = ascii_digits(text)
    if _EPOCH.fullmatch(text):
        return _from_epoch(text)
    try:
        moment = parsedate_to_datetime(text) if _MAIL_DATE.match(text) else datetime.fromisoformat(text)
    except ValueError:
        return _from_mixed(text, context)
    return _in_utc(moment, context, ())


def _from_epoch(text: str) -> Outcome:
    seconds = int(text) / (1000 if len(text) == 13 else 1)
    moment = datetime.fromtimestamp(seconds, UTC)
    return Accepted(_written(moment), (noted_text("read as seconds since 1970"),))


def _from_mixed(text: str, context: Context) -> Outcome:
    """A date in any form that dates are read in, with a time of day behind it or without one (then
    midnight)."""
    match = _TIME.match(text)
    day = standardise_date(match["date"] if match else text, context)
    if isinstance(day, Refused):
        return day
    if len(str(day.value)) != 10:
        return NOT_AN_INSTANT
    moment = _with_time(datetime.fromisoformat(str(day.value)), match)
    return moment if isinstance(moment, Refused) else _in_utc(moment, context, day.notes)


def _with_time(day: datetime, match: re.Match[str] | None) -> datetime | Refused:
    if match is None:
        return day
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return NO_SUCH_TIME
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    zone = match["zone"] or ""
    part = (match["part"] or "")[:6].ljust(6, "0")
    time = f"{hour:02}:{match['minute']}:{match['second'] or '00'}.{part}"
    try:
        return datetime.fromisoformat(
            f"{day.date().isoformat()}T{time}{'+00:00' if zone in ('Z', 'UTC', 'GMT') else zone}"
        )
    except ValueError:
        return NO_SUCH_TIME


def _in_utc(moment: datetime, context: Context, notes: tuple[str, ...]) -> Outcome:
    if moment.tzinfo is None:
        try:
            zone = ZoneInfo(context.time_zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            return Refused(
                "The time zone of this source is not known.",
                "Give it an IANA name, for example Europe/Paris.",
            )
        moment = moment.replace(tzinfo=zone)
        notes += _clock_change_note(moment)
    try:
        return Accepted(_written(moment.astimezone(UTC)), notes)
    except OverflowError:
        return OUT_OF_RANGE


def _clock_change_note(moment: datetime) -> tuple[str, ...]:
    """Whether the clocks were changed at this local time, so that it came twice or never."""
    if not 1 < moment.year < 9999:
        return ()
    first, second = moment.utcoffset(), moment.replace(fold=1).utcoffset()
    if first is None or second is None or first == second:
        return ()
    return (
        noted_text("the clocks went forward over this time")
        if first < second
        else noted_text("this time came twice: read as the first"),
    )


def _written(moment: datetime) -> str:
    return (
        moment.replace(tzinfo=None).isoformat(timespec="microseconds" if moment.microsecond else "seconds")
        + "Z"
    )
