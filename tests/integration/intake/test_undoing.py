"""Undo takes back what a delivery did, and only that."""

import pytest

from customerfile.customers.models import BlockKey, ContactPoint, Customer, Link, Posting, ScoredPair
from customerfile.intake.errors import NothingToUndo
from customerfile.intake.undoing import undo_delivery
from customerfile.sources.models import Delivery, Record
from customerfile.timeline.models import Event

HEAD = "id,first name,last name,email,phone,birth date\n"
ANNA = "1,Anna,Meyer,anna@example.org,020 7946 0123,1980-05-17\n"
BEN = "2,Ben,Okafor,ben@example.org,020 7946 0456,1975-01-02\n"


def state():
    """Everything that is derived from the present records."""
    customers = Customer.objects.filter(state="active").order_by("id")
    return {
        "customers": list(customers.values("number", "display_name", "golden", "record_count")),
        "links": sorted(Link.objects.filter(valid_to=None).values_list("record_id", "customer_id")),
        "keys": sorted(BlockKey.objects.values_list("key", "record_id")),
        "postings": sorted(Posting.objects.values_list("token__token", "place", "customer_id")),
        "contacts": sorted(ContactPoint.objects.values_list("customer_id", "channel", "value")),
        "pairs": sorted(ScoredPair.objects.values_list("left_id", "right_id")),
        "records": sorted(Record.objects.values_list("id", "digest")),
    }


def test_undoing_a_first_delivery_leaves_nothing(bring, test_home):
    done = bring(HEAD + ANNA + BEN, country="GB")

    undone = undo_delivery(done.delivery_id, home=test_home, by="tester")

    assert (undone.removed, undone.restored, undone.left) == (2, 0, ())
    assert state() == {key: [] for key in state()}
    assert Delivery.objects.get().state == "undone"


def test_undoing_a_delivery_that_joined_and_changed_gives_back_exactly_what_was(bring, test_home):
    bring(HEAD + ANNA + BEN, country="GB")
    before = state()
    done = bring(
        HEAD + ANNA.replace("Meyer", "Meyer-Lang") + "3,Cleo,Ross,cleo@example.org,,\n", country="GB"
    )
    other = bring(HEAD + ANNA, source="crm", country="GB")

    undo_delivery(other.delivery_id, home=test_home, by="tester")
    undone = undo_delivery(done.delivery_id, home=test_home, by="tester")

    assert (undone.removed, undone.restored, undone.left) == (1, 1, ())
    assert state() == before


def test_what_a_later_delivery_changed_is_left_and_named(bring, test_home):
    first = bring(HEAD + ANNA + BEN, country="GB")
    bring(HEAD + ANNA.replace("Meyer", "Lang"), country="GB")

    undone = undo_delivery(first.delivery_id, home=test_home, by="tester")

    assert (undone.removed, undone.left) == (1, ("1",))
    assert Customer.objects.get(state="active").display_name == "Anna Lang"


def test_purchases_are_taken_back_with_the_customers_they_made(bring, test_home):
    orders = "order,date,amount,customer\n500,2024-03-01,10.00,17\n501,2024-03-02,11.00,18\n"
    first = bring(orders, kind_as="purchases", currency="GBP", name="orders.csv")
    second = bring(orders.replace("11.00", "12.00"), kind_as="purchases", currency="GBP", name="orders.csv")

    undo_delivery(second.delivery_id, home=test_home, by="tester")
    assert sorted(str(event.amount) for event in Event.objects.all()) == ["10.0000", "11.0000"]

    undo_delivery(first.delivery_id, home=test_home, by="tester")
    assert (Event.objects.count(), Record.objects.count()) == (0, 0)


def test_a_delivery_is_undone_once(bring, test_home):
    done = bring(HEAD + ANNA, country="GB")
    undo_delivery(done.delivery_id, home=test_home, by="tester")

    with pytest.raises(NothingToUndo):
        undo_delivery(done.delivery_id, home=test_home, by="tester")
