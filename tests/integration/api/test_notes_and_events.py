"""Notes that programs add for people, and the timeline of a customer page by page."""

from itertools import count

import pytest
from django.test import Client

from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now
from customerfile.intake.notes import change_note
from customerfile.sources.models import Source
from customerfile.timeline.models import Note
from customerfile.timeline.notes import Read

ROSA = {"key": "17", "given_name": "Rosa", "family_name": "Lindner"}


@pytest.fixture
def number(call) -> str:
    """A customer of the shop."""
    return call("POST", "/records", {"source": "shop", "records": [ROSA]}).json()["results"][0]["customer"]


def test_a_note_stands_on_the_timeline_under_the_name_of_the_caller(call, number):
    noted = call("POST", f"/customers/{number}/notes", {"text": "  Call in the\nmorning. @nobody"}).json()
    note = Note.objects.get()
    assert (noted["customer"], noted["note"], noted["unknown"]) == (number, note.pk, ["nobody"])
    assert (note.text, note.by, note.version) == ("Call in the\nmorning. @nobody", "olive", 1)
    assert AuditEntry.objects.get(code="intake.note.added").detail == {"customers": [number]}
    (shown,) = call("GET", f"/customers/{number}/events").json()["events"]
    assert (shown["label"], shown["summary"], shown["source_key"], shown["version"]) == (
        "Note",
        "Call in the morning. @nobody",
        "staff",
        1,
    )


def test_notes_are_listed_with_what_they_said_before(call, number):
    for text in ("First.", "Second, @olive."):
        call("POST", f"/customers/{number}/notes", {"text": text})
    first = Note.objects.earliest("id")
    change_note(Read(first.pk, 1), "First, corrected.", number=number, by="olive", at=now())
    listed = call("GET", f"/customers/{number}/notes").json()
    assert [(each["text"], each["mentioned"]) for each in listed] == [
        ("Second, @olive.", ["olive"]),
        ("First, corrected.", []),
    ]
    assert [each["text"] for each in listed[1]["earlier"]] == ["First."]


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
    assert (Note.objects.count(), Source.objects.count()) == (0, 1)


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
    assert Note.objects.count() == 1


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
