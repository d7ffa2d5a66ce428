"""What the shop sells, and for how much in each of its currencies."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from customerfile.intake.demonstration.words import catalogue_lines

_EUROS_PER_POUND = Decimal("1.18")


@dataclass(frozen=True, slots=True)
class Product:
    article: str
    name: str
    category: str
    pounds: Decimal

    def price(self, currency: str) -> Decimal:
        """The price in "GBP" or "EUR"; prices in euros end on a full or half euro, less five cents."""
        if currency == "GBP":
            return self.pounds
        halves = round(self.pounds * _EUROS_PER_POUND * 2)
        return Decimal(halves) / 2 - Decimal("0.05")


@cache
def products() -> tuple[Product, ...]:
    """The whole catalogue, in its own order."""
    return tuple(
        Product(article=article, name=name, category=category, pounds=Decimal(price))
        for category, article, name, price in catalogue_lines()
    )
