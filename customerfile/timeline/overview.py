"""What there is on a timeline: how much of each kind, what purchases come to, and how they went month by month."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

_TAKEN_BACK = (" Refunded", " Returned", " Cancelled")
_NO_PURCHASE = " Updated"  # says again what another event has said


@dataclass(frozen=True, slots=True)
class Totals:
    """What purchases come to. `amounts`: (currency, purchases, returns); returns are positive sums."""

    order_count: int
    return_count: int
    first_at: datetime | None
    last_at: datetime | None
    amounts: tuple[tuple[str, Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of one currency that name an amount. Returns are no orders."""

    currency: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MonthOfPurchases:
    """What was bought and given back in a month, in one currency; both are positive sums. `month`: its first day."""

    month: date
    currency: str
    purchases: Decimal
    returns: Decimal


@dataclass(frozen=True, slots=True)
class KindOfEvent:
    """A type of events that is there, by its name, and how many."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Happening:
    """When an event of a type happened or will happen."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole timeline, summed up. `months` are the late ones that hold purchases; returns are no orders.

    `latest` is the last that has happened, `coming` the first that is still to come.
    """

    totals: Totals
    orders: tuple[Orders, ...]
    first_order_at: datetime | None
    last_order_at: datetime | None
    months: tuple[MonthOfPurchases, ...]
    kinds: tuple[KindOfEvent, ...]
    latest: Happening | None
    coming: Happening | None


class Group(NamedTuple):
    """A row of sum_up_events.sql."""

    name: str
    category: str
    currency: str
    is_negative: bool
    month: date | None
    events: int
    amount_count: int
    amount: Decimal | None
    first_at: datetime
    last_at: datetime
    past_at: datetime | None
    next_at: datetime | None

    @property
    def is_purchase(self) -> bool:
        return self.category == "purchase" and not self.name.endswith(_NO_PURCHASE)

    @property
    def is_return(self) -> bool:
        return self.is_negative or self.name.endswith(_TAKEN_BACK)


def overview_from(rows: Iterable[Sequence[Any]]) -> Overview:
    """Put the groups together."""
    groups = [Group(*row) for row in rows]
    bought = [group for group in groups if group.is_purchase]
    orders = [group for group in bought if not group.is_return]
    return Overview(
        totals=_totals(bought),
        orders=tuple(_orders(orders)),
        first_order_at=min((group.first_at for group in orders), default=None),
        last_order_at=max((group.last_at for group in orders), default=None),
        months=tuple(_months(bought)),
        kinds=tuple(_kinds(groups)),
        latest=max(
            (Happening(group.name, group.past_at) for group in groups if group.past_at),
            key=lambda each: each.at,
            default=None,
        ),
        coming=min(
            (Happening(group.name, group.next_at) for group in groups if group.next_at),
            key=lambda each: each.at,
            default=None,
        ),
    )


def _totals(bought: Sequence[Group]) -> Totals:
    sums = _sums((group.currency, group) for group in bought if group.currency)
    return Totals(
        order_count=sum(group.events for group in bought if not group.is_return),
        return_count=sum(group.events for group in bought if group.is_return),
        first_at=min((group.first_at for group in bought), default=None),
        last_at=max((group.last_at for group in bought), default=None),
        amounts=tuple((currency, *both) for currency, both in sorted(sums.items())),
    )


def _orders(orders: Sequence[Group]) -> Iterator[Orders]:
    for currency in sorted({group.currency for group in orders if group.currency}):
        of_it = [group for group in orders if group.currency == currency and group.amount_count]
        if of_it:
            amount = sum((group.amount or Decimal() for group in of_it), Decimal())
            yield Orders(currency, sum(group.amount_count for group in of_it), amount)


def _months(bought: Sequence[Group]) -> Iterator[MonthOfPurchases]:
    sums = _sums(((group.month, group.currency), group) for group in bought if group.month and group.currency)
    for month, currency in sorted(sums):
        yield MonthOfPurchases(month, currency, *sums[month, currency])


def _sums[K](keyed: Iterable[tuple[K, Group]]) -> dict[K, tuple[Decimal, Decimal]]:
    """Purchases and returns by key."""
    sums: dict[K, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(), Decimal()))
    for key, group in keyed:
        purchases, returns = sums[key]
        amount = group.amount or Decimal()
        sums[key] = (purchases, returns + abs(amount)) if group.is_return else (purchases + amount, returns)
    return sums


def _kinds(groups: Sequence[Group]) -> Iterator[KindOfEvent]:
    counts: dict[str, int] = defaultdict(int)
    for group in groups:
        counts[group.name] += group.events
    for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        yield KindOfEvent(name, count)
