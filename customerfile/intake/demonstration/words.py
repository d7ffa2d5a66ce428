"""The word lists: one text file per country, in sections, each section ordered from common to rare."""

import random
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate

COUNTRIES = ("GB", "US", "DE", "FR", "ES", "NL")
COUNTRY_WEIGHTS = (42, 14, 18, 11, 8, 7)
_ALSO = {"US": "GB"}  # whose names a country shares beyond its own list
_SHARED_SECTIONS = ("female", "male", "family")


def country_words(country: str, section: str) -> tuple[str, ...]:
    """The entries of one section ("female", "streets", "cities", ...) for a country, common ones first."""
    own = _sections(country)[section]
    if section in _SHARED_SECTIONS and country in _ALSO:
        own += _sections(_ALSO[country])[section]
    return tuple(dict.fromkeys(own))


def syllables(section: str) -> tuple[str, ...]:
    """What rare names are made of: "starts", "middles" or "ends"."""
    return _sections("syllables")[section]


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Short forms by given name."""
    pairs = (line.split(":") for line in _text("nicknames").splitlines())
    return {name: tuple(short.strip() for short in shorts.split(",")) for name, shorts in pairs}


@cache
def catalogue_lines() -> tuple[tuple[str, str, str, str], ...]:
    """The shop's products as (category, article number, name, price in pounds)."""
    category, found = "", []
    for line in _text("catalogue").splitlines():
        if line.startswith("["):
            category = line.strip("[]")
        else:
            article, name, price = (part.strip() for part in line.split("|"))
            found.append((category, article, name, price))
    return tuple(found)


def pick_common[T](rng: random.Random, ranked: Sequence[T]) -> T:
    """One entry, the n-th with a weight of 1/(n + 4): a few names are everywhere, most are rare."""
    return rng.choices(ranked, cum_weights=_cumulative_weights(len(ranked)))[0]


@cache
def _cumulative_weights(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 4) for rank in range(count)))


@cache
def _sections(name: str) -> dict[str, tuple[str, ...]]:
    lines = _text(name).splitlines()
    return {
        header.strip("[]"): tuple(body.split(", "))
        for header, body in zip(lines[::2], lines[1::2], strict=True)
    }


def _text(name: str) -> str:
    return (files(__package__) / "data" / f"{name}.txt").read_text(encoding="utf-8")
