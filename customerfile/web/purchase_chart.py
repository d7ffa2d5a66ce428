"""Draws purchases by month as bars, one drawing for each currency, with the numbers beside them. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext

from customerfile.timeline.overview import MonthOfPurchases
from customerfile.web.words import money_text, month_text

SPANS = (12, 24, 36)  # months
HEIGHT = 40
_STEP = 10
_BAR = 8
_LEAST = 1.5  # so that little is told from nothing
_MOST_CURRENCIES = 3


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: float
    height: float
    label: str  # "March 2026: €20.00"


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A month in which something was bought or given back."""

    month: str
    purchases: str
    returns: str


@dataclass(frozen=True, slots=True)
class PurchaseChart:
    """`title` says in words what the bars show."""

    currency: str
    width: int
    bars: tuple[Bar, ...]
    first: str
    last: str
    title: str
    rows: tuple[ChartRow, ...]


def months_back(today: date, months: int) -> date:
    """The first day of the first of so many months, this one included."""
    number = today.year * 12 + today.month - months
    return date(number // 12, number % 12 + 1, 1)


def purchase_charts(months: Sequence[MonthOfPurchases], *, today: date) -> Iterator[PurchaseChart]:
    """As few months as show the earliest purchase, from a year to three. The currencies with most purchases first."""
    counted: dict[str, int] = {}
    for each in months:
        counted[each.currency] = counted.get(each.currency, 0) + 1
    for currency in sorted(counted, key=lambda each: (-counted[each], each))[:_MOST_CURRENCIES]:
        yield _chart([each for each in months if each.currency == currency], currency, today)


def _chart(months: Sequence[MonthOfPurchases], currency: str, today: date) -> PurchaseChart:
    earliest = min(each.month for each in months)
    span = next((span for span in SPANS if months_back(today, span) <= earliest), SPANS[-1])
    by_month = {each.month: each for each in months}
    shown = [months_back(today, span - place) for place in range(span)]
    most = max((each.purchases for each in months), default=Decimal())
    bars = tuple(
        _bar(place, by_month[month], most)
        for place, month in enumerate(shown)
        if month in by_month and by_month[month].purchases > 0
    )
    return PurchaseChart(
        currency=currency,
        width=span * _STEP - (_STEP - _BAR),
        bars=bars,
        first=month_text(shown[0], is_short=True),
        last=month_text(shown[-1], is_short=True),
        title=_title(shown, money_text(most, currency)),
        rows=tuple(_row(by_month[month]) for month in reversed(shown) if month in by_month),
    )


def _title(shown: Sequence[date], most: str) -> str:
    first, last = month_text(shown[0]), month_text(shown[-1])
    return gettext("Purchases by month, {first} to {last}, at most {most}").format(
        first=first, last=last, most=most
    )


def _bar(place: int, month: MonthOfPurchases, most: Decimal) -> Bar:
    height = max(_LEAST, round(float(month.purchases / most) * HEIGHT, 1))
    label = gettext("{month}: {amount}").format(
        month=month_text(month.month), amount=money_text(month.purchases, month.currency)
    )
    return Bar(place * _STEP, round(HEIGHT - height, 1), height, label)


def _row(month: MonthOfPurchases) -> ChartRow:
    returns = money_text(month.returns, month.currency) if month.returns else ""
    return ChartRow(
        month_text(month.month, is_short=True), money_text(month.purchases, month.currency), returns
    )
