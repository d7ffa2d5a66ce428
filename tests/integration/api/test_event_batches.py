"""Events handed over in batches: one outcome each, by the same rules as a file, and nothing twice."""

from decimal import Decimal

import pytest

from customerfile.sources.models import Delivery, Reject
from customerfile.timeline.models import Event, EventVersion, QuarantinedEvent
from tests.integration.conftest import Import

ORDER = {
    "key": "O-1",
    "customer": "17",
    "name": "Order Completed",
    "at": "2026-11-20T14:30:00Z",
    "amount": 49.90,
    "currency": "EUR",
    "properties": {"order_id": "O-1", "gift": True},
}
NOTE = {
    "key": "N-1",
    "customer": "17",
    "name": "Note Added",
    "at": "2026-11-21 09:00",
    "properties": {"text": "Asked for the catalogue."},
}


@pytest.fixture
def number(call) -> str:
    """The customer 17 of the shop."""
    record = {"key": "17", "given_name": "Rosa", "family_name": "Lindner"}
    return call("POST", "/records", {"source": "shop", "records": [record]}).json()["results"][0]["customer"]


def _send(call, *events, source="shop", **more):
    answer = call("POST", "/events", {"source": source, "events": list(events), **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def _outcomes(told):
    return [(each["key"], each["outcome"], each["customer"]) for each in told["results"]]


def test_events_are_recorded_changed_and_left(call, number):
    first = _send(call, ORDER, NOTE, time_zone="Europe/Berlin")
    assert _outcomes(first) == [("O-1", "created", number), ("N-1", "created", number)]
    again = _send(call, dict(reversed(ORDER.items())), NOTE | {"at": "2026-11-21T10:00:00Z"})
    assert _outcomes(again) == [("O-1", "unchanged", number), ("N-1", "updated", number)]
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 1, 1)
    assert (Event.objects.count(), EventVersion.objects.count()) == (2, 1)
    order = Event.objects.get(name="Order Completed")
    assert (order.amount, order.currency, order.properties) == (
        Decimal("49.90"), "EUR", {"gift": "true", "order_id": "O-1"},
    )  # fmt: skip
    shown = call("GET", f"/customers/{number}").json()["events"]["events"]
    assert [(each["name"], each["summary"]) for each in shown] == [
        ("Note Added", "Asked for the catalogue."), ("Order Completed", ""),
    ]  # fmt: skip


def test_a_time_without_a_zone_is_the_source_s(call, number):
    _send(call, NOTE, time_zone="Europe/Berlin")
    assert Event.objects.get().occurred_at.isoformat() == "2026-11-21T08:00:00+00:00"


def test_a_call_counts_as_one_delivery_of_its_caller(call, number):
    told = _send(call, ORDER, NOTE | {"customer": "99"})
    delivery = Delivery.objects.get(pk=told["delivery"])
    assert (delivery.by, delivery.kind_as, delivery.created, delivery.rejected) == ("olive", "events", 1, 1)
    assert Reject.objects.get().key == "N-1"


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"key": None}, "key"),
        ({"key": "k" * 501}, "key"),
        ({"customer": ""}, "customer"),
        ({"customer": "99"}, "customer"),
        ({"name": ""}, "name"),
        ({"name": "O" * 201}, "name"),
        ({"at": ""}, "at"),
        ({"at": "soon"}, "at"),
        ({"at": "0026-11-20"}, "at"),
        ({"amount": "much"}, "amount"),
        ({"amount": "9" * 30}, "amount"),
        ({"amount": "9" * 17}, "amount"),
        ({"currency": "thalers"}, "currency"),
        ({"ammount": 1}, "ammount"),
        ({"properties": []}, "properties"),
        ({"properties": {"": "x"}}, "properties"),
        ({"properties": {"a\nb": "x"}}, "properties"),
        ({"properties": {"a\x00": "x"}}, "properties"),
        ({"properties": {"text": ["x"]}}, "properties.text"),
        ({"properties": {"text": "\x00"}}, "properties.text"),
        ({"properties": {f"p{number}": "x" for number in range(101)}}, "properties"),
        ({"properties": {"text": "4111 1111 1111 1111"}}, ""),
        ({"key": "O-1"}, "key"),
    ],
)
def test_one_bad_item_is_told_and_the_others_go_in(call, number, bad, field):
    told = _send(call, ORDER, ORDER | {"key": "O-2"} | bad, NOTE)
    assert [each["outcome"] for each in told["results"]] == ["created", "rejected", "created"]
    (refused,) = told["results"][1]["refused"]
    assert refused["field"] == field
    assert refused["reason"]
    assert refused["remedy"]
    assert "4111" not in str(Reject.objects.values())
    assert Event.objects.count() == 2


def test_a_batch_of_nothing_but_bad_items_is_a_delivery_too(call, number):
    told = _send(call, ORDER | {"customer": "98"}, ORDER | {"customer": "99", "key": "O-3"})
    assert _outcomes(told) == [("O-1", "rejected", None), ("O-3", "rejected", None)]
    assert (told["rejected"], Event.objects.count()) == (2, 0)


def test_a_list_takes_no_events(call):
    record = {"key": "1", "given_name": "Ada", "family_name": "Berg"}
    call("POST", "/records", {"source": "sanctions", "kind": "watch_list", "records": [record]})
    answer = call("POST", "/events", {"source": "sanctions", "events": [ORDER]})
    assert (answer.status_code, answer.json()["title"]) == (409, "List holds people")


def test_the_same_event_by_file_and_by_call_is_one(call, number, bring: Import, tmp_path):
    mapping = tmp_path / "events.yaml"
    mapping.write_text(
        "as: events\nkey: customer\ncolumns:\n- {column: key, to: event.key}\n- {column: event, to: event.name}\n"
        "- {column: date, to: event.at}\n- {column: text, to: event.property.text}\n"
    )
    _send(call, NOTE)
    bring(
        "key,customer,event,date,text\nN-1,17,Note Added,2026-11-21 09:00,Asked for the catalogue.\n",
        mapping=mapping,
    )
    assert (Event.objects.count(), EventVersion.objects.count()) == (1, 0)


def test_an_event_outside_the_tracking_plan_waits_in_quarantine(call, number):
    dreamt = ORDER | {"key": "O-2", "name": "Order Dreamt"}
    lacking = ORDER | {"key": "O-3", "properties": {"gift": True}}
    for _ in range(2):
        told = _send(call, ORDER, dreamt, lacking)
        assert _outcomes(told)[1:] == [("O-2", "quarantined", None), ("O-3", "quarantined", None)]
        assert (told["rejected"], told["quarantined"]) == (2, 2)
    assert [each["refused"][0]["field"] for each in told["results"][1:]] == ["name", "properties.order_id"]
    assert (QuarantinedEvent.objects.count(), Event.objects.count()) == (2, 1)
    assert call("GET", f"/deliveries/{told['delivery']}").json()["quarantined"] == 2


def test_an_event_that_waits_goes_in_once_it_is_sent_as_it_should_be(call, number):
    _send(call, ORDER | {"name": "Order Dreamt"})
    assert _outcomes(_send(call, ORDER)) == [("O-1", "created", number)]
    assert QuarantinedEvent.objects.get().state == "replaced"
