"""Purchases by month as bars."""

from datetime import date
from decimal import Decimal

import pytest

from customerfile.timeline.overview import MonthOfPurchases
from customerfile.web.purchase_chart import HEIGHT, months_back, purchase_charts

TODAY = date(2026, 11, 22)


def bought(month: date, amount: str, *, currency: str = "EUR", returns: str = "0") -> MonthOfPurchases:
    return MonthOfPurchases(month, currency, Decimal(amount), Decimal(returns))


@pytest.mark.parametrize(
    ("months", "first"), [(1, date(2026, 11, 1)), (11, date(2026, 1, 1)), (36, date(2023, 12, 1))]
)
def test_months_are_counted_with_this_one(months, first):
    assert months_back(TODAY, months) == first


@pytest.mark.parametrize(
    ("earliest", "first", "width"),
    [
        (date(2026, 11, 1), "Dec 2025", 118),
        (date(2025, 11, 1), "Dec 2024", 238),
        (date(2023, 12, 1), "Dec 2023", 358),
    ],
)
def test_as_few_months_as_show_the_earliest(earliest, first, width):
    (chart,) = purchase_charts([bought(earliest, "10")], today=TODAY)
    assert (chart.first, chart.last, chart.width) == (first, "Nov 2026", width)


def test_bars_are_as_high_as_what_was_bought():
    (chart,) = purchase_charts(
        [bought(date(2026, 1, 1), "50"), bought(date(2026, 2, 1), "200"), bought(date(2026, 3, 1), "0.01")],
        today=TODAY,
    )
    assert [bar.height for bar in chart.bars] == [HEIGHT / 4, HEIGHT, 1.5]
    assert [bar.y + bar.height for bar in chart.bars] == [HEIGHT] * 3
    assert chart.bars[1].label == "February 2026: €200.00"
    assert chart.title.endswith("at most €200.00")


def test_a_month_of_returns_has_no_bar_and_stands_in_the_table():
    (chart,) = purchase_charts(
        [bought(date(2026, 1, 1), "50"), bought(date(2026, 2, 1), "0", returns="50")], today=TODAY
    )
    assert len(chart.bars) == 1
    assert [(row.month, row.purchases, row.returns) for row in chart.rows] == [
        ("Feb 2026", "€0.00", "€50.00"),
        ("Jan 2026", "€50.00", ""),
    ]


def test_currencies_are_never_added_up():
    months = [
        bought(date(2026, 1, 1), "50", currency="GBP"),
        bought(date(2026, 1, 1), "50"),
        bought(date(2026, 2, 1), "50"),
    ]
    assert [chart.currency for chart in purchase_charts(months, today=TODAY)] == ["EUR", "GBP"]
    assert list(purchase_charts([], today=TODAY)) == []
