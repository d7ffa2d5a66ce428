"""The demonstration's purchases: two years, few who buy much, a peak in winter, returns and guests."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from customerfile.intake.demonstration.catalogue import Product, products
from customerfile.intake.demonstration.orders import DAYS, Order, OrderLine, draw_orders
from customerfile.intake.demonstration.orders_file import orders_table, totals_by_customer
from customerfile.intake.demonstration.sightings import Sighting

UNTIL = date(2026, 6, 30)
MUG = Product("TB-203", "Coffee mug", "Table", Decimal("11.50"))
TWO_MUGS = OrderLine(MUG, 2, MUG.pounds)
ONE_MUG_BACK = OrderLine(MUG, -1, MUG.pounds)


@pytest.fixture(scope="module")
def orders() -> tuple[Order, ...]:
    shoppers = [
        Sighting(key=f"K{number}", entity="", country="GB" if number % 2 else "DE", updated_on=UNTIL)
        for number in range(300)
    ]
    return draw_orders(random.Random(1), shoppers, UNTIL)


def test_orders_lie_within_two_years_in_order_of_their_numbers(orders: tuple[Order, ...]) -> None:
    moments = [order.placed_at for order in orders]
    assert moments == sorted(moments)
    assert UNTIL - timedelta(days=DAYS) < moments[0].date()
    assert moments[-1].date() <= UNTIL
    assert len({order.number for order in orders}) == len(orders)


def test_returns_are_negative_and_marked(orders: tuple[Order, ...]) -> None:
    returns = [order for order in orders if order.number.startswith("C")]
    assert returns
    for order in orders:
        assert all((line.quantity < 0) == (order in returns) for line in order.lines)


def test_some_sales_are_to_nobody(orders: tuple[Order, ...]) -> None:
    guests = sum(order.customer == "" for order in orders)
    assert 0.03 < guests / len(orders) < 0.15


def test_currency_goes_with_the_country(orders: tuple[Order, ...]) -> None:
    seen = {(int(order.customer[1:]) % 2, order.currency) for order in orders if order.customer}
    assert seen == {(1, "GBP"), (0, "EUR")}


def test_a_fifth_of_the_customers_brings_half_of_the_money(orders: tuple[Order, ...]) -> None:
    spent = sorted((money for money, _ in totals_by_customer(orders).values()), reverse=True)
    assert sum(spent[: len(spent) // 5]) > sum(spent) / 2


def test_december_sells_more_than_february(orders: tuple[Order, ...]) -> None:
    months = [order.placed_at.month for order in orders if order.placed_at.year == 2025]
    assert months.count(12) > 2 * months.count(2)


def test_totals_are_net_of_returns() -> None:
    sale = Order("100001", "K1", datetime(2026, 1, 5, 10), "GBP", (TWO_MUGS,))
    back = Order("C100002", "K1", datetime(2026, 1, 9, 10), "GBP", (ONE_MUG_BACK,))
    guest = Order("100003", "", datetime(2026, 1, 9, 10), "GBP", (TWO_MUGS,))
    assert totals_by_customer([sale, back, guest]) == {"K1": (Decimal("11.50"), 1)}


def test_the_file_has_a_row_per_line() -> None:
    order = Order("100001", "K1", datetime(2026, 1, 5, 10, 30), "GBP", (TWO_MUGS, TWO_MUGS))
    first, second = orders_table([order]).rows
    assert first == {
        "Order ID": "100001",
        "Line": "1",
        "Order Date": "2026-01-05 10:30",
        "Customer ID": "K1",
        "SKU": "TB-203",
        "Description": "Coffee mug",
        "Category": "Table",
        "Quantity": "2",
        "Unit Price": "11.50",
        "Line Total": "23.00",
        "Currency": "GBP",
    }
    assert second["Line"] == "2"


def test_prices_in_euros_end_on_95_or_45_cents() -> None:
    assert MUG.price("GBP") == Decimal("11.50")
    assert {str(product.price("EUR"))[-2:] for product in products()} == {"95", "45"}
    assert len(products()) >= 60
