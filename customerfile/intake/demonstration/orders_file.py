"""orders.csv: the shop's purchases, one row per order line, returns with a negative quantity."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from customerfile.intake.demonstration.orders import Order, OrderLine
from customerfile.intake.demonstration.shop_file import Totals
from customerfile.intake.demonstration.tables import Table


def orders_table(orders: Iterable[Order]) -> Table:
    """Every line of every order. The key is the order's number; a line is told apart by its own."""
    rows = [_row(order, number, line) for order in orders for number, line in enumerate(order.lines, start=1)]
    return Table("shop", "orders.csv", "Order ID", rows)


def totals_by_customer(orders: Iterable[Order]) -> Totals:
    """Money spent, less returns, and orders placed, for every customer key."""
    spent: defaultdict[str, Decimal] = defaultdict(Decimal)
    placed: defaultdict[str, int] = defaultdict(int)
    for order in orders:
        spent[order.customer] += order.total
        placed[order.customer] += not order.number.startswith("C")
    return {key: (spent[key], placed[key]) for key in spent if key}


def _row(order: Order, number: int, line: OrderLine) -> dict[str, str]:
    return {
        "Order ID": order.number,
        "Line": str(number),
        "Order Date": f"{order.placed_at:%Y-%m-%d %H:%M}",
        "Customer ID": order.customer,
        "SKU": line.product.article,
        "Description": line.product.name,
        "Category": line.product.category,
        "Quantity": str(line.quantity),
        "Unit Price": f"{line.unit_price:.2f}",
        "Line Total": f"{line.total:.2f}",
        "Currency": order.currency,
    }
