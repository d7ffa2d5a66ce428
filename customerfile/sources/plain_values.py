"""Typed cells (of spreadsheets and Parquet) as the text a person would read: no ".0", no lost digits, ISO dates."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

_EXACT_INTEGERS = 2**53


def plain_text(value: object) -> str | None:
    """None for an absent or empty value."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _plain_float(value)
    if isinstance(value, datetime):
        return _plain_moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace") or None
    return str(value)


def _plain_float(value: float) -> str | None:
    """17850.0 -> "17850"; 0.30000000000000004 -> "0.3", as spreadsheets show it with their fifteen digits."""
    if value != value:
        return None
    if value.is_integer() and abs(value) < _EXACT_INTEGERS:
        return str(int(value))
    if value in (float("inf"), float("-inf")):
        return str(value)
    return format(Decimal(f"{value:.15g}"), "f")


def _plain_moment(value: datetime) -> str:
    """A midnight is a date: spreadsheets know no other way to write one."""
    if value.tzinfo is None and value.time() == time():
        return value.date().isoformat()
    return value.isoformat()
