"""A timeline summed up from its groups."""

from datetime import UTC, date, datetime
from decimal import Decimal

from customerfile.timeline.overview import Happening, MonthOfPurchases, Orders, overview_from

JAN, FEB, NEXT = (datetime(2026, month, 5, tzinfo=UTC) for month in (1, 2, 12))
MONTH = date(2026, 2, 1)


def group(
    name, *, category="purchase", currency="EUR", negative=False, month=None, count=1, amount=None, at=JAN
):
    """A row as the statement gives it."""
    return (
        name, category, currency, negative, month, count, 0 if amount is None else count,
        None if amount is None else Decimal(amount), at, at, at if at < NEXT else None, None if at < NEXT else at,
    )  # fmt: skip


def test_returns_are_no_orders_and_positive():
    found = overview_from(
        [
            group("Order Completed", count=2, amount="30"),
            group("Order Completed", count=1, amount="20", month=MONTH, at=FEB),
            group("Order Completed", negative=True, amount="-5", month=MONTH, at=FEB),
            group("Order Refunded", amount="10"),
            group("Order Updated", count=7, amount="99"),
        ]
    )
    assert found.totals.amounts == (("EUR", Decimal(50), Decimal(15)),)
    assert (found.totals.order_count, found.totals.return_count) == (3, 2)
    assert found.orders == (Orders("EUR", 3, Decimal(50)),)
    assert found.months == (MonthOfPurchases(MONTH, "EUR", Decimal(20), Decimal(5)),)
    assert (found.first_order_at, found.last_order_at) == (JAN, FEB)


def test_an_order_without_an_amount_lowers_no_average():
    found = overview_from([group("Order Completed", amount="30"), group("Order Completed", currency="")])
    assert found.orders == (Orders("EUR", 1, Decimal(30)),)
    assert found.totals.order_count == 2


def test_kinds_are_counted_and_what_is_to_come_is_told_apart():
    found = overview_from(
        [
            group("Order Completed", count=2),
            group("Meeting Held", category="interaction", currency="", count=3, at=NEXT),
            group("Call Logged", category="interaction", currency="", at=FEB),
        ]
    )
    assert [(kind.name, kind.count) for kind in found.kinds] == [
        ("Meeting Held", 3),
        ("Order Completed", 2),
        ("Call Logged", 1),
    ]
    assert (found.latest, found.coming) == (Happening("Call Logged", FEB), Happening("Meeting Held", NEXT))


def test_nothing_comes_to_nothing():
    found = overview_from([])
    assert (found.totals.amounts, found.kinds, found.latest, found.coming) == ((), (), None, None)
