"""What happens to customers is told, each thing once, by the transaction that made it happen."""

import pytest
from django.db import transaction

from customerfile.access.permissions import Permission
from customerfile.base.clock import now
from customerfile.customers.judging.judging import withdraw_act
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.models import Customer, Link
from customerfile.intake.undoing import undo_delivery
from customerfile.webhooks.messages import MessageType
from customerfile.webhooks.models import WebhookOutbox
from tests.integration.webhooks.conftest import send_all

ANNA = "id,first name,last name,birth date,email\n1,Anna,Meyer,1980-02-01,anna@example.org\n"
BERT = "id,first name,last name,birth date\n2,Bert,Quandt,1951-07-30\n"


@pytest.fixture
def told(endpoint, receiver, sender):
    """What the receiver was told since the last time, as type and data."""
    endpoint(receiver.url)

    def told():
        send_all(sender)
        came, receiver.came = receiver.came, []
        return [(each.told["type"], each.told["data"]) for each in came]

    return told


def _customers(*items):
    return {"customers": list(items)}


def _numbers():
    """Of the customers there are, the oldest first."""
    return list(Customer.objects.filter(state="active").order_by("id").values_list("number", flat=True))


def _record(key):
    """The record with this key that has a customer."""
    return Link.objects.get(record__key=key, valid_to=None).record_id


def test_an_import_tells_what_is_new_and_that_it_is_in(told, bring):
    done = bring(ANNA + BERT.partition("\n")[2].replace("\n", ",\n"))
    counts = {"rows": 2, "created": 2, "updated": 0, "unchanged": 0, "rejected": 0}
    one, two = _numbers()
    assert told() == [
        ("customer.created", _customers({"number": one}, {"number": two})),
        ("delivery.finished", {"delivery": done.delivery_id, **counts}),
    ]


def test_a_changed_record_tells_of_its_customer_and_an_unchanged_one_of_nobody(told, bring):
    bring(ANNA)
    told()
    bring(ANNA.replace("anna@", "meyer@"))
    (number,) = _numbers()
    assert told()[0] == ("customer.changed", _customers({"number": number, "state": "active"}))
    bring(ANNA.replace("anna@", "meyer@"), name="again.csv")
    assert [type_ for type_, _ in told()] == ["delivery.finished"]


def test_a_merge_and_its_split_are_told_as_such_and_as_nothing_else(told, bring):
    bring(ANNA)
    bring(BERT, source="crm")
    told()
    anna, bert = _numbers()
    merged = merge_customers([anna, bert], by="olive", at=now())
    assert told() == [("customer.merged", _customers({"number": anna, "merged": [bert]}))]
    split_customer(anna, [_record("2")], by="olive", at=now())
    assert told() == [("customer.split", _customers({"number": anna, "split_off": [bert]}))]
    assert merged.customers == (anna,)


def test_a_merge_that_is_taken_back_is_told_as_a_split(told, bring):
    bring(ANNA)
    bring(BERT, source="crm")
    anna, bert = _numbers()
    act = merge_customers([anna, bert], by="olive", at=now()).act
    told()
    withdraw_act(act, may=frozenset(Permission), by="olive", at=now())
    assert told() == [("customer.split", _customers({"number": anna, "split_off": [bert]}))]


def test_a_split_off_number_that_is_new_is_told_as_split_only(told, bring):
    bring(ANNA)
    bring(ANNA.replace("1,Anna", "7,Anna"), source="crm")
    (anna,) = _numbers()
    told()
    split_customer(anna, [_record("7")], by="olive", at=now())
    (other,) = set(_numbers()) - {anna}
    assert told() == [("customer.split", _customers({"number": anna, "split_off": [other]}))]


def test_who_wants_changes_only_hears_of_merges_and_splits_as_changes(endpoint, receiver, sender, bring):
    endpoint(receiver.url, MessageType.CHANGED)
    bring(ANNA)
    bring(BERT, source="crm")
    anna, bert = _numbers()
    merge_customers([anna, bert], by="olive", at=now())
    split_customer(anna, [_record("2")], by="olive", at=now())
    send_all(sender)
    active = [{"number": number, "state": "active"} for number in (anna, bert)]
    assert [each.told["data"] for each in receiver.came] == [_customers(active[0]), _customers(*active)]


def test_a_delivery_that_is_taken_back_tells_that_its_customers_are_gone(told, bring, test_home):
    delivery = bring(ANNA).delivery_id
    (anna,) = _numbers()
    told()
    undo_delivery(delivery, home=test_home, by="olive")
    assert told() == [("customer.changed", _customers({"number": anna, "state": "withdrawn"}))]


def test_a_dry_run_and_what_was_rolled_back_tell_nothing(told, bring):
    bring(ANNA, dry_run=True)
    with transaction.atomic():
        bring(BERT)
        transaction.set_rollback(True)
    assert told() == []


def test_nothing_is_noted_where_nobody_listens_to_such_things(endpoint, receiver, bring):
    bring(ANNA)
    endpoint(receiver.url, MessageType.DELIVERY_FINISHED)
    bring(BERT, source="crm")
    assert list(WebhookOutbox.objects.values_list("type", flat=True)) == ["delivery.finished"]


def test_many_customers_travel_in_few_messages(told, bring):
    lines = [f"{key},Anna{key},Family{key}" for key in range(450)]
    bring("id,first name,last name\n" + "\n".join(lines) + "\n")
    created = [data["customers"] for type_, data in told() if type_ == "customer.created"]
    assert [len(each) for each in created] == [200, 200, 50]
    assert sorted(item["number"] for each in created for item in each) == sorted(_numbers())


def test_no_value_of_a_customer_leaves(told, bring, receiver, sender):
    bring(ANNA)
    send_all(sender)
    for value in ("Anna", "Meyer", "1980", "anna@"):
        assert all(value.encode() not in each.body for each in receiver.came)
