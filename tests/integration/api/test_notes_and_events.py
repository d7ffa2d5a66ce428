"""Notes that programs add for people, and the timeline of a customer page by page."""

from itertools import count

import pytest
from django.test import Client

from customerfile.audit.models import AuditEntry
from customerfile.intake.undoing import undo_delivery
from customerfile.sources.models import Delivery, Source
from customerfile.timeline.models import Event

ROSA = {"key": "17", "given_name": "Rosa", "family_name": "Lindner"}


@pytest.fixture
def number(call) -> str:
    """A customer of the shop."""
    return call("POST", "/records", {"source": "shop", "records": [ROSA]}).json()["results"][0]["customer"]


def test_a_note_stands_on_the_timeline_under_the_name_of_the_caller(call, number):
    noted = call("POST", f"/customers/{number}/notes", {"text": "  Call in the\nmorning. "}).json()
    event = Event.objects.get()
    assert noted["customer"] == number
    assert noted["event"] == f"staff/{event.key}"
    assert (event.name, event.category) == ("Note Added", "note")
    assert event.properties == {"text": "Call in the\nmorning.", "agent": "olive"}
    delivery = Delivery.objects.get(source__key="staff")
    assert (delivery.by, delivery.state, delivery.rows, delivery.created) == ("olive", "finished", 1, 1)
    assert AuditEntry.objects.get(code="intake.note.added").detail == {"customers": [number]}
    (shown,) = call("GET", f"/customers/{number}/events").json()["events"]
    assert (shown["label"], shown["summary"], shown["source_key"]) == (
        "Note",
        "Call in the morning.",
        "staff",
    )


def test_a_note_hangs_on_what_the_staff_entered_where_there_is_such_a_record(call, number):
    added = call("POST", "/customers", {"record": {"given_name": "Emil", "family_name": "Sommer"}}).json()
    call("POST", f"/customers/{number}/merge", {"others": [added["customer"]]})
    noted = call("POST", f"/customers/{added['customer']}/notes", {"text": "Moved."}).json()
    assert noted["customer"] == number
    split = call("POST", f"/customers/{number}/split", {"records": [added["record"]]}).json()
    pages = [call("GET", f"/customers/{each}/events").json()["events"] for each in split["customers"]]
    assert [len(page) for page in pages] == [0, 1]


@pytest.mark.parametrize(
    ("text", "status"),
    [("", 422), (" \n ", 409), ("4111 1111 1111 1111", 409), ("x\x00", 422), ("x" * 10_001, 422)],
)
def test_a_note_that_cannot_be_kept_leaves_nothing(call, number, text, status):
    answer = call("POST", f"/customers/{number}/notes", {"text": text})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (Event.objects.count(), Source.objects.count()) == (0, 1)


@pytest.mark.parametrize("nobody", ["00000000", "99"])
def test_nobody_has_no_notes_and_no_events(call, nobody):
    answers = [
        call("POST", f"/customers/{nobody}/notes", {"text": "x"}), call("GET", f"/customers/{nobody}/events")
    ]  # fmt: skip
    assert [(each.status_code, each.json()["title"]) for each in answers] == [(404, "Unknown customer")] * 2
    assert Source.objects.count() == 0


def test_a_note_is_added_once_for_its_key(client: Client, token, number):
    headers = {"Authorization": f"Bearer {token()}", "Idempotency-Key": "one"}
    for _ in range(2):
        client.post(
            f"/api/v1/customers/{number}/notes",
            {"text": "x"},
            content_type="application/json",
            headers=headers,
        )
    assert Event.objects.count() == 1


def test_a_note_is_taken_back_with_its_delivery(call, number, test_home):
    call("POST", f"/customers/{number}/notes", {"text": "x"})
    undo_delivery(Delivery.objects.get(source__key="staff").pk, home=test_home, by="olive")
    assert call("GET", f"/customers/{number}/events").json()["events"] == []


def test_events_come_page_by_page_and_each_once(call, number):
    visits = [
        {"key": str(each), "customer": "17", "name": "Visit Logged", "at": f"2026-11-{10 + each // 2} 09:00"}
        for each in range(7)
    ]
    call("POST", "/events", {"source": "shop", "events": visits})
    keys, cursor = [], ""
    for _ in count():
        page = call("GET", f"/customers/{number}/events?limit=3&before={cursor}").json()
        keys.append([each["key"] for each in page["events"]])
        cursor = page["next"]
        if not cursor:
            break
    assert keys == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
