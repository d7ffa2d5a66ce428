"""Postal addresses folded for comparison: street words shortened; number, unit, postcode and city apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from customerfile.matching.prepared import Address
from customerfile.values.folding import fold

_WORDS = {
    "street": "st", "strasse": "str", "avenue": "av", "ave": "av", "road": "rd", "lane": "ln", "drive":
    "dr", "boulevard": "bd", "blvd": "bd", "court": "ct", "place": "pl", "plaza": "plz", "square": "sq",
    "crescent": "cres", "cr": "cres", "terrace": "tce", "ter": "tce", "circuit": "cct", "close": "cl",
    "highway": "hwy", "parkway": "pkwy", "grove": "gr", "gardens": "gdns", "north": "n", "south": "s",
    "east": "e", "west": "w", "calle": "c", "avenida": "av", "rue": "r", "chemin": "ch", "platz": "pl",
    "saint": "st", "av.": "av", "bvd": "bd", "crt": "ct", "apts": "", "apartments": "",
}  # fmt: skip
_UNIT_WORDS = frozenset({"apt", "apartment", "unit", "flat", "suite", "ste", "room", "no"})
_POST_BOX = frozenset({"box", "postbox", "pobox", "postfach"})
_LIMIT = 6  # addresses compared per record
_US_ZIP_PLUS_FOUR = 9


def prepared_addresses(entries: Iterable[Mapping[str, Any]]) -> list[Address]:
    """The addresses of one record, sorted, without repeats."""
    found = [_prepared(entry.get) for entry in entries]
    return found if len(found) < 2 else sorted(set(found))[:_LIMIT]


def _prepared(get: Callable[..., str]) -> Address:
    street, found_number = _street(get("street") or get("line") or "")
    number, unit, city = get("house_number"), get("unit"), get("city")
    return Address(
        street,
        _joined(number) if number else found_number,
        _unit(unit) if unit else "",
        _postcode(get("postcode", "")),
        _joined(city) if city else "",
    )


def _joined(text: str) -> str:
    return fold(text).replace(" ", "")


def _unit(text: str) -> str:
    return "".join(word for word in fold(text).split() if word not in _UNIT_WORDS)


@lru_cache(maxsize=65536)
def _street(text: str) -> tuple[str, str]:
    """The street's key, and a house number found in the text."""
    words = fold(text).split()
    number = next((word for word in words if word[0].isdigit() and word[-1].isdecimal()), "")
    if number and not _POST_BOX.isdisjoint(words):
        return "pobox", number
    behind = words[words.index(number) + 1 :] if number else words
    if len(behind) < 2:  # the number stands behind the street, not between a building's name and the street
        behind = [word for word in words if word != number]
    return "".join(_WORDS.get(word, word) for word in behind), number


def _postcode(text: str) -> str:
    if text.isdecimal():
        return text[:5] if len(text) == _US_ZIP_PLUS_FOUR else text
    plain = text.replace(" ", "").replace("-", "").lower()
    return plain[:5] if len(plain) == _US_ZIP_PLUS_FOUR and plain.isdecimal() else plain
