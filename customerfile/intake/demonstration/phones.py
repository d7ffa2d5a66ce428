"""Phone numbers that are valid in their country. Britain, the USA, Germany and France reserve numbers for
fiction: those are used; for Spain and the Netherlands, which reserve none, any number of the plan."""

import random

from customerfile.intake.demonstration.patterns import fill_pattern
from customerfile.intake.demonstration.words import country_words

_CALLING_CODES = {"GB": "44", "US": "1", "DE": "49", "FR": "33", "ES": "34", "NL": "31"}
_TRUNK_PREFIX = {"GB": "0", "US": "", "DE": "0", "FR": "0", "ES": "", "NL": "0"}


def draw_landline(rng: random.Random, country: str) -> str:
    """A number as written at home: "0161 496 0123"."""
    return fill_pattern(rng, rng.choice(country_words(country, "phones")))


def draw_mobile(rng: random.Random, country: str) -> str:
    """A personal number as written at home."""
    return fill_pattern(rng, rng.choice(country_words(country, "mobiles")))


def international(phone: str, country: str) -> str:
    """The same number as written from abroad: "+44 161 496 0123"."""
    plain = phone.replace("(", "").replace(")", "").removeprefix(_TRUNK_PREFIX[country])
    return f"+{_CALLING_CODES[country]} {plain}"
