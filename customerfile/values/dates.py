"""Dates in mixed formats to ISO 8601 text. An ambiguous order of day and month is named; what is uncertain
is left out."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache

from customerfile.base.told import noted_text, told
from customerfile.values.month_words import month_of
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.text import ascii_digits, clean, plain
from customerfile.values.words import words

OLDEST_AGE = 130
MONTH_FIRST_COUNTRIES = words("US PH PR GU VI AS MP FM MH PW BZ")
YEAR_FIRST_COUNTRIES = words("CN JP KR KP TW HU LT MN IR ZA SE")

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMERIC = re.compile(r"(\d{1,4})\s?[./\-\u2010-\u2015\s]\s?(\d{1,2})\s?[./\-\u2010-\u2015\s]\s?(\d{1,4})\.?")
_TIME_BEHIND = re.compile(
    r"[T\s,]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?$", re.I
)
_MIDNIGHT = re.compile(
    r"[T\s,]+(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)?\s*a\.?m\.?)\s*(?:Z|UTC|GMT|\+00:?00)?$", re.I
)
_COMPACT_TIME = re.compile(r"(\d{8})T\d{2,6}(?:Z|[+-]\d{2,4})?")
_WEEKDAY = re.compile(r"^[^\W\d]{2,10}\.?,\s*")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?|--(\d\d)-?(\d\d)|--(\d\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[./]\s?(\d{4})")
_WORD_DATE = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|°)?[.\s\-/]*(?:de\s+|of\s+|"
    r"do\s+)?)?(?P<month>[^\W\d_]{3,12})\.?"
    r"(?:[\s\-/]+(?P<after>\d{1,2})(?:st|nd|rd|th)?(?=[,\s]|$))?[,\s.\-/']*(?:(?:de|del|of|"
    r"do)\s+)?(?P<year>\d{4}|\d{2})?",
    re.IGNORECASE,
)
_YEAR_WORD_DATE = re.compile(r"(\d{4})[\s\-./]+([^\W\d_]{3,12})\.?[\s\-./]+(\d{1,2})")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = (
    noted_text("January"), noted_text("February"), noted_text("March"), noted_text("April"), noted_text("May"),
    noted_text("June"), noted_text("July"), noted_text("August"), noted_text("September"), noted_text("October"),
    noted_text("November"), noted_text("December"),
)  # fmt: skip

NOT_A_DATE = Refused("This cannot be read as a date.", "Write it as year-month-day, for example 1978-12-11.")
FUTURE_BIRTH = Refused("A birth date cannot lie in the future.", "Check the year.")
OLD_BIRTH = Refused(
    noted_text("The birth date lies more than {years} years back.").format(years=OLDEST_AGE),
    "Check the year.",
)
_ORDERED_REMEDY = noted_text("Check the day and the month, or write it as year-month-day (1978-12-11).")

type Read = tuple[str, tuple[str, ...]] | Refused


def standardise_date(raw: str | dict[str, str], context: Context) -> Outcome:
    """ISO text; a year of two digits is read as the one nearest to today, at most ten years ahead."""
    raw = raw if isinstance(raw, str) else plain(raw)
    read = _read(raw, _order(context), latest_year=_today().year + 10)
    return read if isinstance(read, Refused) else Accepted(*read)


def standardise_birth_date(raw: str | dict[str, str], context: Context) -> Outcome:
    """ISO text of a day that a living person may have been born on; a year of two digits is never in the
    future."""
    raw = raw if isinstance(raw, str) else plain(raw)
    today = _today()
    read = _read(raw, _order(context), latest_year=today.year)
    if isinstance(read, Refused):
        return read
    value, notes = read
    if value[0] != "-":
        if value > today.isoformat()[: len(value)]:
            return FUTURE_BIRTH
        if int(value[:4]) < today.year - OLDEST_AGE:
            return OLD_BIRTH
        if value == "1900-01-01":
            notes += (noted_text("1 January 1900 often stands for an unknown date"),)
    return Accepted(value, notes)


def detect_date_order(samples: Iterable[str]) -> str:
    """ "dmy", "mdy" or "ymd" where a column of numeric dates proves it without contradiction, else ""."""
    orders = {order for sample in samples if (order := _proven_order(sample.strip()))}
    return orders.pop() if len(orders) == 1 else ""


def display_date(value: str) -> str:
    """ "11 December 1978", "December 1978", "1978", "11 December", with the month as the reader calls it."""
    year, _, rest = ("", "", value[2:]) if value.startswith("--") else value.partition("-")
    month, _, day = rest.partition("-")
    words = (day.lstrip("0"), told(_MONTHS[int(month) - 1]) if month else "", year)
    return " ".join(word for word in words if word)


def displayed_day(shown: str) -> date | None:
    """The day that `display_date` shows so; None where it is less than a day, or none."""
    months = {told(month): place for place, month in enumerate(_MONTHS, start=1)}
    try:
        day, month, year = shown.split(" ")
        return date(int(year), months[month], int(day))
    except (ValueError, KeyError):
        return None


def _today() -> date:
    return datetime.now(UTC).date()


def _order(context: Context) -> tuple[str, bool]:
    """The order to read in, and whether it was given for the source (so that nothing need be said)."""
    if context.date_order:
        return context.date_order, True
    if context.country in MONTH_FIRST_COUNTRIES:
        return "mdy", False
    return ("ymd" if context.country in YEAR_FIRST_COUNTRIES else "dmy"), False


def _proven_order(sample: str) -> str:
    match = _NUMERIC.match(sample)
    if not match:
        return ""
    first, second, third = match.groups()
    if len(first) == 4:
        return "ymd"
    if len(third) in (2, 4) and int(first) > 12 >= int(second):
        return "dmy"
    return "mdy" if len(third) in (2, 4) and int(second) > 12 >= int(first) else ""


@lru_cache(1 << 14)
def _read(raw: str, order: tuple[str, bool], *, latest_year: int) -> Read:
    if _ISO.fullmatch(raw):
        return _checked(raw[:4], raw[5:7], raw[8:])
    text = clean(raw)
    if isinstance(text, Refused):
        return text
    text, notes = _without_time(ascii_digits(text))
    read = _read_without_time(text, order, latest_year)
    return read if isinstance(read, Refused) else (read[0], notes + read[1])


def _without_time(text: str) -> tuple[str, tuple[str, ...]]:
    if ":" not in text:
        compact = _COMPACT_TIME.fullmatch(text)
        return (compact[1], (noted_text("the time of day is left out"),)) if compact else (text, ())
    midnight = _MIDNIGHT.search(text)
    if midnight:
        return text[: midnight.start()], ()
    time = _TIME_BEHIND.search(text)
    return (text[: time.start()], (noted_text("the time of day is left out"),)) if time else (text, ())


def _read_without_time(text: str, order: tuple[str, bool], latest_year: int) -> Read:
    numeric = _NUMERIC.fullmatch(text)
    if numeric:
        if "." in text and order[0] != "ymd":
            order = ("dmy", True)  # dotted dates are written day first everywhere
        return _read_numeric(numeric[1], numeric[2], numeric[3], order, latest_year)
    if text.isascii() and text.isdigit() and len(text) in (6, 8):
        return _read_digits(text, order, latest_year)
    partial = _PARTIAL.fullmatch(text)
    if partial:
        return _read_partial(partial)
    month_year = _MONTH_YEAR.fullmatch(text)
    if month_year:
        return _checked(month_year[2], month_year[1], "")
    return _read_words(_WEEKDAY.sub("", text), latest_year)


def _read_numeric(first: str, second: str, third: str, order: tuple[str, bool], latest_year: int) -> Read:
    if len(first) > 2:
        return _checked(first, second, third) if len(first) == 4 and len(third) <= 2 else NOT_A_DATE
    if len(third) == 3 or len(third) == 1:
        return NOT_A_DATE
    if order[0] == "ymd" and len(third) == 2:
        return _checked(_full_year(first, latest_year), second, third)
    month_first = order[0] == "mdy"
    day, month = (second, first) if month_first else (first, second)
    notes: tuple[str, ...] = ()
    if int(month) > 12 >= int(day):
        day, month = month, day
        notes = (
            (noted_text("day and month stand in the other order than usual in this source"),)
            if order[1]
            else ()
        )
    elif int(day) <= 12 and day != month and not order[1]:
        notes = (
            noted_text("day and month are ambiguous: read as {day} {month}").format(
                day=int(day), month=_MONTHS[int(month) - 1]
            ),
        )
    read = _checked(_full_year(third, latest_year), month, day)
    return read if isinstance(read, Refused) else (read[0], notes)


def _read_digits(text: str, order: tuple[str, bool], latest_year: int) -> Read:
    """Eight digits are year month day, unless only day month year makes a date; six have a year of two
    digits."""
    if len(text) == 6:
        if order[0] != "ymd" or not order[1]:
            return NOT_A_DATE
        return _checked(_full_year(text[:2], latest_year), text[2:4], text[4:])
    if 1800 <= int(text[:4]) <= latest_year + 100:
        return _checked(text[:4], text[4:6], text[6:])
    return _read_numeric(text[:2], text[2:4], text[4:], order, latest_year)


def _read_partial(match: re.Match[str]) -> Read:
    year, month, yearless_month, day, lone_month = match.groups()
    if year:
        return _checked(year, month or "", "")
    return _checked("", yearless_month or lone_month, day or "")


def _read_words(text: str, latest_year: int) -> Read:
    turned = _YEAR_WORD_DATE.fullmatch(text)
    if turned:
        year, word, day = turned.groups()
    else:
        match = _WORD_DATE.fullmatch(text)
        if not match or (match["day"] and match["after"] and match["year"]):
            return NOT_A_DATE
        word, day = match["month"], match["day"] or match["after"] or ""
        year = _full_year(match["year"] or (match["day"] and match["after"]) or "", latest_year)
        if not year and not day:
            return NOT_A_DATE
    month = month_of(word)
    return _checked(year, str(month), day) if month else NOT_A_DATE


def _full_year(year: str, latest_year: int) -> str:
    if len(year) != 2:
        return year
    full = latest_year - latest_year % 100 + int(year)
    return str(full if full <= latest_year else full - 100)


def _checked(year: str, month: str, day: str) -> Read:
    """The ISO text of parts that make a date; an empty year or day is uncertain and left out."""
    if (year and int(year) == 0) or (month and int(month) == 0) or (day and int(day) == 0):
        return Refused("A date has no year, month or day zero.", "Leave it out where it is not known.")
    if month and int(month) > 12:
        return Refused(noted_text("There is no month {month}.").format(month=int(month)), _ORDERED_REMEDY)
    if day and int(day) > _last_day(year, int(month)):
        is_leap = int(month) == 2 and int(day) == 29
        lacks = noted_text(
            "{month} has no day {day} in that year." if is_leap else "{month} has no day {day}."
        )
        return Refused(lacks.format(month=_MONTHS[int(month) - 1], day=int(day)), _ORDERED_REMEDY)
    parts = [year or "-"] + [part.zfill(2) for part in (month, day) if part]
    return "-".join(parts), ()


def _last_day(year: str, month: int) -> int:
    is_common = month == 2 and year and (int(year) % 4 or (int(year) % 100 == 0 and int(year) % 400))
    return 28 if is_common else _DAYS[month - 1]
