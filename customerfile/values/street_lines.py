"""A street line split into street, house number and unit, in the order of its country, and put together
again."""

import re
from functools import lru_cache
from typing import NamedTuple

from customerfile.values.units import may_name_unit, without_unit
from customerfile.values.words import words

NUMBER_FIRST = words(
    "US GB IE CA AU NZ FR ZA IN LU MC PH SG MY HK NG KE GH PK LK JM TT BB BS BM MT IL EG MA TN DZ PR VI"
    " GU IM JE GG CY TH VN BD ZW ZM UG TZ"
)
NUMBER_LAST = words(
    "DE AT CH NL BE ES IT PT BR MX AR CL CO PE UY VE EC PL CZ SK SI HR RS HU RO BG SE NO DK FI IS EE LV"
    " LT GR TR RU UA BY LI SM VA ME MK BA AL KR BO PY CR PA GT DO CU"
)
_UNIT_WITH_SLASH_FIRST = words("AU NZ")  # 5/12 High Street: unit 5 of number 12
_UNIT_WITH_SLASH_LAST = words("PL AT HU BG EE LV LT")  # Długa 12/5: flat 5 of number 12

_ENGLISH_STREET_WORDS = words(
    "street st road rd avenue ave lane ln drive dr court ct place pl way boulevard blvd close crescent"
    " terrace circle square parkway highway hwy trail mews gardens grove hill row walk"
)
_LONGEST_LINE = 150  # a longer line is no street line, and is not taken apart
_LETTER_BEHIND = r"(?:\s?[A-Za-z](?![A-Za-z]))?"
_LETTER_ATTACHED = r"(?:[A-Za-z](?![A-Za-z]))?"  # before a street: 123 E Main Street is number 123
_NUMBER_TAIL = (
    r"(?:\s?[-–/+]\s?\d{0,5}[A-Za-z]?(?![A-Za-z])){0,3}"  # 12-14, 12/3, 5-5a
    r"(?:\s(?:bis|ter|quater)\b)?(?:\s?½|\s1/2)?"
)
_FIRST = re.compile(
    rf"(?P<number>\d{{1,6}}{_LETTER_ATTACHED}{_NUMBER_TAIL})(?:,\s*|\s+)(?P<street>.*[^\W\d].*)"
)
_LAST = re.compile(
    r"(?P<street>.*[^\W\d].*?)(?:,\s*|\s+)"
    r"(?:(?:n[º°o]\.?|nr\.?|núm\.?|num\.?|č\.?\s?p\.|č\.|#)\s*)?"
    rf"(?P<number>\d{{1,6}}{_LETTER_BEHIND}{_NUMBER_TAIL}|s/n|km\s\d+(?:[.,]\d+)?)",
    re.IGNORECASE,
)
_HIGHWAY = re.compile(
    r"\b(?:highway|hwy|route|rte|road|box|postfach|apartado|postbus|bp|cr|sr|i|state|county|interstate)\.?$",
    re.IGNORECASE,
)


class StreetLine(NamedTuple):
    """Parts of a street line; "" for a part it does not have."""

    street: str
    house_number: str
    unit: str


@lru_cache(1 << 14)
def split_street_line(line: str, country: str) -> StreetLine:
    """The street, house number and unit of a line. A line that has none of these is a street as a whole."""
    if len(line) > _LONGEST_LINE:
        return StreetLine(line, "", "")
    number, _, street = line.partition(" ")
    if _is_regular(number, street, country):
        return StreetLine(street, number, "")
    line, unit = without_unit(line)
    match = _match_in_order(line, country)
    if not match:
        return StreetLine(line, "", unit)
    street, number = match["street"].strip(" ,"), _compact(match["number"])
    if not unit and "/" in number:
        number, unit = _unit_beside_slash(number, country)
    return StreetLine(street, number, unit)


def _is_regular(number: str, street: str, country: str) -> bool:
    """Plain digits and a street behind them, in a country that writes them so: nothing more to look for."""
    return (
        country in NUMBER_FIRST
        and number.isdecimal()
        and len(number) < 7
        and street[:1].isalpha()
        and not street.startswith(("bis ", "ter ", "quater "))
        and not may_name_unit(street)
    )


def join_street_line(street: str, house_number: str, country: str) -> str:
    """The line as the country's post writes it. An unknown country writes the number last unless the street
    is English."""
    if not (street and house_number):
        return street or house_number
    if country in NUMBER_FIRST or (country not in NUMBER_LAST and _sounds_english(street)):
        return f"{house_number} {street}"
    return f"{street} {house_number}"


def _match_in_order(line: str, country: str) -> re.Match[str] | None:
    begins_with_digit = line[:1].isdigit()
    if country in NUMBER_LAST or (country not in NUMBER_FIRST and not begins_with_digit):
        return _last(line) or _FIRST.fullmatch(line)
    if begins_with_digit:
        return _FIRST.fullmatch(line)
    return None if country in ("US", "CA", "AU", "NZ") else _last(line)


def _last(line: str) -> re.Match[str] | None:
    match = _LAST.fullmatch(line)
    return None if match and _HIGHWAY.search(match["street"]) else match


def _unit_beside_slash(number: str, country: str) -> tuple[str, str]:
    left, _, right = number.partition("/")
    if country in _UNIT_WITH_SLASH_FIRST:
        return right, left
    return (left, right) if country in _UNIT_WITH_SLASH_LAST else (number, "")


def _compact(number: str) -> str:
    joined = re.sub(r"\s*([-–/+])\s*", r"\1", number.strip()).replace("–", "-")
    return re.sub(r"(\d)\s([A-Za-z])$", r"\1\2", joined)


def _sounds_english(street: str) -> bool:
    return street.rpartition(" ")[2].lower().strip(".") in _ENGLISH_STREET_WORDS
