"""Named transforms that a mapping may put on a column before its value is standardised."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from customerfile.values.birth_number import decode_birth_number
from customerfile.values.dates import standardise_date
from customerfile.values.outcome import Context, Refused
from customerfile.values.person_names import standardise_person_name
from customerfile.values.text import ascii_digits

_COMPACT = re.compile(r"(\d{4}|\d\d)(\d\d)(\d\d)(?:\s+\d\d?:\d\d(?::\d\d)?)?")
_NOT_COMPACT = Refused(
    "This is not a date of six or eight digits.", "Write year, month and day: 931107 or 19931107."
)

type Transform = Callable[[str, Context], dict[str, str] | Refused]

_ZERO_DECIMALS = re.compile(r"(-?\d+)[.,]0+")


def _birth_number(text: str, context: Context) -> dict[str, str] | Refused:
    return decode_birth_number(text)


def _full_name(text: str, context: Context) -> dict[str, str] | Refused:
    outcome = standardise_person_name(text, context)
    if isinstance(outcome, Refused):
        return outcome
    parts = outcome.value if isinstance(outcome.value, dict) else {}
    return {key: str(part) for key, part in parts.items()}


def _lower(text: str, context: Context) -> dict[str, str] | Refused:
    return {"value": text.lower()}


def _upper(text: str, context: Context) -> dict[str, str] | Refused:
    return {"value": text.upper()}


def _digits(text: str, context: Context) -> dict[str, str] | Refused:
    digits = "".join(filter(str.isdecimal, ascii_digits(text)))
    return (
        {"value": digits}
        if digits
        else Refused("There is no digit in it.", "Choose another column or transform.")
    )


def _strip_decimal(text: str, context: Context) -> dict[str, str] | Refused:
    """A whole number that a spreadsheet wrote with decimals ("17850.0"); everything else unchanged."""
    whole = _ZERO_DECIMALS.fullmatch(text.strip())
    return {"value": whole[1] if whole else text.strip()}


def _compact_date(text: str, context: Context) -> dict[str, str] | Refused:
    """ "931107", also with a time behind it: year, month, day without anything between; six digits of the years that
    two digits of a year mean in other dates."""
    match = _COMPACT.fullmatch(ascii_digits(text.strip()))
    if not match:
        return _NOT_COMPACT
    outcome = standardise_date("-".join(match.groups()), replace(context, date_order="ymd"))
    return outcome if isinstance(outcome, Refused) else {"value": str(outcome.value)}


TRANSFORMS: Mapping[str, Transform] = MappingProxyType(
    {
        "czech_birth_number": _birth_number,  # -> birth_date, gender
        "split_full_name": _full_name,  # -> the parts of person_names.PARTS
        "lower": _lower,  # these and the following -> value
        "upper": _upper,
        "digits": _digits,
        "compact_date": _compact_date,
        "strip_decimal": _strip_decimal,
    }
)
