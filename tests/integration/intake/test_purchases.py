"""Purchases: order lines become orders, returns stand apart, and a sale to nobody makes no customer."""

from decimal import Decimal

from customerfile.customers.models import Customer
from customerfile.sources.models import Reject
from customerfile.timeline.models import Event

HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
ORDERS = (
    HEAD
    + "500,A1,Mug,2,2024-03-01 10:00,3.50,17\n"
    + "501,B2,Bowl,1,2024-03-02 11:00,9.99,\n"
    + "500,B2,Bowl,1,2024-03-01 10:00,9.99,17\n"
    + "C502,A1,Mug,-1,2024-03-05 09:00,3.50,17\n"
)


def told(events):
    return sorted((event.key, event.name, event.amount, event.record_id is None) for event in events)


def test_lines_are_grouped_into_orders_wherever_they_stand(bring):
    done = bring(ORDERS, kind_as="purchases", currency="GBP", name="orders.csv")

    assert told(Event.objects.all()) == [
        ("500", "Order Completed", Decimal("16.9900"), False),
        ("501", "Order Completed", Decimal("9.9900"), True),
        ("C502", "Order Refunded", Decimal("-3.5000"), False),
    ]
    assert (done.counts.rows, done.counts.created, done.counts.nobody_rows) == (4, 4, 1)
    assert Customer.objects.count() == 1


def test_the_same_orders_again_change_nothing_and_a_changed_one_is_replaced(bring):
    bring(ORDERS, kind_as="purchases", currency="GBP", name="orders.csv")
    again = bring(ORDERS, kind_as="purchases", currency="GBP", name="orders.csv")
    changed = bring(ORDERS.replace("Mug,2", "Mug,3"), kind_as="purchases", currency="GBP", name="orders.csv")

    assert (again.counts.unchanged, again.counts.created) == (4, 0)
    assert (changed.counts.updated, changed.counts.unchanged) == (2, 2)
    assert Event.objects.get(key="500").amount == Decimal("20.4900")


def test_orders_do_not_overwrite_what_the_customer_file_said(bring):
    bring("id,first name,last name\n17,Anna,Meyer\n")
    bring(ORDERS, kind_as="purchases", currency="GBP", name="orders.csv")

    assert Customer.objects.get().display_name == "Anna Meyer"


def test_a_line_without_a_date_or_amount_is_refused_and_the_rest_of_the_order_stands(bring):
    done = bring(
        ORDERS + "500,C3,Jug,1,30/02/2024,5.00,17\n500,C4,Cup,1,2024-03-01 10:00,n/a,17\n",
        kind_as="purchases", currency="GBP", name="orders.csv",
    )  # fmt: skip

    assert (done.counts.rows, done.counts.created, done.counts.rejected) == (6, 4, 2)
    assert sorted(Reject.objects.values_list("line", flat=True)) == [6, 7]
    assert Event.objects.get(key="500").amount == Decimal("16.9900")
