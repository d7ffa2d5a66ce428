"""Postal addresses folded for comparison: usual street words shortened, number, unit, postcode and city apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from customerfile.matching.prepared import Address
from customerfile.values.folding import tokens as name_tokens

_WORDS = {
    "street": "st", "strasse": "str", "str": "str", "avenue": "av", "ave": "av", "road": "rd", "lane": "ln", "drive": "dr",
    "boulevard": "bd", "blvd": "bd", "court": "ct", "place": "pl", "plaza": "plz", "square": "sq", "crescent": "cres",
    "cr": "cres", "terrace": "tce", "ter": "tce", "circuit": "cct", "close": "cl", "highway": "hwy", "parkway": "pkwy",
    "grove": "gr", "gardens": "gdns", "north": "n", "south": "s", "east": "e", "west": "w", "calle": "c", "avenida": "av",
    "rue": "r", "chemin": "ch", "platz": "pl", "saint": "st",
}  # fmt: skip
_UNIT_WORDS = frozenset({"apt", "apartment", "unit", "flat", "suite", "ste", "room", "no"})
_POST_BOX = frozenset({"po", "p", "o", "box", "postbox", "pobox"})
_LIMIT = 6  # addresses compared per record
_US_ZIP_PLUS_FOUR = 9


def prepared_addresses(values: Iterable[Mapping[str, Any]]) -> list[Address]:
    """The addresses of one record, sorted, without repeats."""
    found = {_prepared(value) for value in values}
    return sorted(found)[:_LIMIT] if len(found) > 1 else list(found)


def _prepared(value: Mapping[str, Any]) -> Address:
    number = value.get("house_number", "")
    street = value.get("street", "")
    if street:
        street_key, found_number = _street(street)
    else:
        street_key, found_number = _street(value.get("line", ""))
    return Address(
        street=street_key,
        number="".join(name_tokens(number)) if number else found_number,
        unit="".join(token for token in name_tokens(value.get("unit", "")) if token not in _UNIT_WORDS),
        postcode=_postcode(value.get("postcode", "")),
        city="".join(name_tokens(value.get("city", ""))),
    )


@lru_cache(maxsize=65536)
def _street(text: str) -> tuple[str, str]:
    """The street's key, and a house number found in the text."""
    tokens = name_tokens(text)
    numbers = [token for token in tokens if token[0].isdigit() and token[-1].isdecimal()]
    number = numbers[0] if numbers else ""
    if number and not _POST_BOX.isdisjoint(tokens):
        return "pobox", number
    words = [_WORDS.get(token, token) for token in tokens if token != number]
    return "".join(words), number


def _postcode(text: str) -> str:
    plain = text.replace(" ", "").replace("-", "").lower()
    if len(plain) == _US_ZIP_PLUS_FOUR and plain.isdecimal():
        return plain[:5]
    return plain
