"""Postal addresses that look right in their country: a made-up number in a common street of a real town."""

import random
from dataclasses import dataclass

from customerfile.intake.demonstration.patterns import fill_pattern
from customerfile.intake.demonstration.words import country_words

_NUMBER_FIRST = frozenset({"GB", "US", "FR"})
COUNTRY_NAMES = {
    "GB": "United Kingdom",
    "US": "United States",
    "DE": "Germany",
    "FR": "France",
    "ES": "Spain",
    "NL": "Netherlands",
}


@dataclass(frozen=True, slots=True)
class Address:
    street: str
    house_number: str
    unit: str
    city: str
    region: str  # "" where the country's addresses do without
    postcode: str
    country: str  # ISO 3166-1 alpha-2

    @property
    def line(self) -> str:
        """Street and number in the country's order."""
        if self.country in _NUMBER_FIRST:
            return f"{self.house_number} {self.street}"
        return f"{self.street} {self.house_number}"


def draw_address(rng: random.Random, country: str) -> Address:
    """A new address in the country."""
    city, region, postcode = rng.choice(country_words(country, "cities")).split("|")
    return Address(
        street=rng.choice(country_words(country, "streets")),
        house_number=str(1 + int(rng.expovariate(1 / 40))),
        unit=_draw_unit(rng, country),
        city=city,
        region=region,
        postcode=fill_pattern(rng, postcode),
        country=country,
    )


def _draw_unit(rng: random.Random, country: str) -> str:
    if country in ("GB", "US") and rng.random() < 0.15:
        return f"{'Flat' if country == 'GB' else 'Apt'} {rng.randint(1, 24)}"
    return ""
