"""Two years of purchases: few customers buy much, most buy little; a peak before Christmas; and returns."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import accumulate

from customerfile.intake.demonstration.catalogue import Product, products
from customerfile.intake.demonstration.sightings import Sighting

DAYS = 730
_MONTH_WEIGHTS = (0.8, 0.7, 0.8, 1.0, 1.1, 0.9, 0.8, 0.7, 0.9, 1.1, 1.7, 2.4)
_WEEKDAY_WEIGHTS = (0.9, 0.9, 0.9, 1.0, 1.1, 1.3, 1.0)
_GUEST_RATE = 0.07
_RETURN_RATE = 0.04


@dataclass(frozen=True, slots=True)
class OrderLine:
    product: Product
    quantity: int  # below zero where it comes back
    unit_price: Decimal

    @property
    def total(self) -> Decimal:
        return self.quantity * self.unit_price


@dataclass(frozen=True, slots=True)
class Order:
    number: str  # starts with C for a return
    customer: str  # the shop's customer key, "" for a guest
    placed_at: datetime
    currency: str
    lines: tuple[OrderLine, ...]

    @property
    def total(self) -> Decimal:
        return sum((line.total for line in self.lines), Decimal(0))


def draw_orders(rng: random.Random, sightings: list[Sighting], until: date) -> tuple[Order, ...]:
    """All orders and returns of these customers up to the closing date, numbered from the oldest."""
    drawn = [order for seen in sightings for order in _orders_of(rng, seen, until)]
    drawn.sort(key=lambda order: (order.placed_at, order.customer))
    return tuple(
        Order(f"{order.number}{number}", order.customer, order.placed_at, order.currency, order.lines)
        for number, order in enumerate(drawn, start=100001)
    )


def _orders_of(rng: random.Random, seen: Sighting, until: date) -> Iterator[Order]:
    """A customer's orders: how many, how full and within which months is her own."""
    count = min(80, int(rng.lognormvariate(0.8, 1.0)))
    fullness = rng.lognormvariate(0.6, 0.5)
    joined, left = sorted((rng.randrange(DAYS // 2), rng.randrange(DAYS // 3, DAYS * 2)))
    favourite = rng.choice(products()).category
    currency = "GBP" if seen.country in ("GB", "US") else "EUR"
    for day in rng.choices(range(DAYS), cum_weights=_day_weights(until), k=count):
        if joined <= day <= left:
            lines = tuple(
                _draw_line(rng, favourite, currency) for _ in range(1 + int(rng.expovariate(1 / fullness)))
            )
            customer = "" if rng.random() < _GUEST_RATE else seen.key
            order = Order("", customer, _moment(rng, until - timedelta(days=DAYS - 1 - day)), currency, lines)
            yield order
            yield from _returned(rng, order, until)


@cache
def _day_weights(until: date) -> list[float]:
    days = (until - timedelta(days=DAYS - 1 - number) for number in range(DAYS))
    return list(accumulate(_MONTH_WEIGHTS[day.month - 1] * _WEEKDAY_WEIGHTS[day.weekday()] for day in days))


def _draw_line(rng: random.Random, favourite: str, currency: str) -> OrderLine:
    liked = [product for product in products() if product.category == favourite]
    product = rng.choice(liked) if rng.random() < 0.5 else rng.choice(products())
    return OrderLine(product, rng.choices((1, 2, 3, 4, 6), (60, 22, 8, 6, 4))[0], product.price(currency))


def _moment(rng: random.Random, day: date) -> datetime:
    return datetime.combine(day, time(rng.randint(7, 22), rng.randrange(60)))


def _returned(rng: random.Random, order: Order, until: date) -> Iterator[Order]:
    """What comes back of an order within the month, in one return; nothing after the closing date."""
    back = tuple(
        OrderLine(line.product, -rng.randint(1, line.quantity), line.unit_price)
        for line in order.lines
        if rng.random() < _RETURN_RATE
    )
    at = order.placed_at + timedelta(days=rng.randint(3, 28))
    if back and at.date() <= until:
        yield Order("C", order.customer, at, order.currency, back)
