"""The page of events in quarantine: rules are shown before they apply, and nobody without the permission mends."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customerfile.timeline.models import Event, QuarantinedEvent

MAPPING = (
    "as: events\nkey: customer\ncolumns:\n- {column: key, to: event.key}\n- {column: event, to: event.name}\n"
    "- {column: date, to: event.at}\n- {column: remark, to: event.property.remark}\n"
    "- {column: rating, to: event.property.rating}\n"
)
HEAD = "key,customer,event,date,remark,rating\n"
NAMELESS = "N-1,17,note_add,2026-11-21 09:00,Likes tea.,\nN-2,17,note_add,2026-11-21 09:00,Likes coffee.,\n"
LACKING = "N-3,17,Note Added,2026-11-21 09:00,Likes tea.,\n"
ILL = "F-1,17,Feedback Received,2026-11-21 09:00,,very good\n"


@pytest.fixture
def deliver(bring, tmp_path):
    """Bring events of the shop, whose customer 17 is there; gives the number of the first that waits."""
    bring("id,first name,last name\n17,Rosa,Lindner\n")
    (tmp_path / "events.yaml").write_text(MAPPING)

    def deliver(*rows: str) -> int:
        bring(HEAD + "".join(rows), mapping=tmp_path / "events.yaml", name="events.csv")
        return QuarantinedEvent.objects.order_by("id")[0].pk

    return deliver


def test_a_list_without_any_says_so(signed_in: Client):
    assert "Nothing waits" in signed_in.get("/deliveries/quarantine").text
    assert "No event was discarded" in signed_in.get("/deliveries/quarantine?discarded").text


def test_groups_show_why_how_many_and_what_could_mend_them(signed_in: Client, deliver):
    deliver(NAMELESS, LACKING, ILL)
    shown = signed_in.get("/deliveries/quarantine").text
    assert "2 events from shop" in shown
    assert '<option value="Note Added" selected>' in shown
    assert '<option value="remark" selected>' in shown
    assert "Take them without rating" in shown
    assert "4 events wait in quarantine" in signed_in.get("/deliveries").text


def test_the_page_costs_the_same_for_one_group_and_three(signed_in: Client, deliver):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            signed_in.get("/deliveries/quarantine")
        return len(captured)

    deliver(NAMELESS)
    one = queries()
    deliver(LACKING, ILL)
    assert queries() == one


def test_a_rule_is_shown_then_applied_then_taken_back(signed_in: Client, deliver):
    number = deliver(LACKING)
    asked = {"property": "remark", "as": "text"}
    shown = signed_in.get(f"/deliveries/quarantine/{number}/release", asked).text
    assert "Events that would be released</dt><dd>1<" in shown
    assert not Event.objects.exists()

    done = signed_in.post(f"/deliveries/quarantine/{number}/release", asked, follow=True).text
    assert "1 event is released." in done
    assert Event.objects.get().properties == {"text": "Likes tea."}
    rule = done.partition("/deliveries/quarantine/rules/")[2].partition('"')[0]

    assert "wait again</dt><dd>1<" in signed_in.get(f"/deliveries/quarantine/rules/{rule}").text
    assert "1 event waits again." in signed_in.post(f"/deliveries/quarantine/rules/{rule}", follow=True).text
    assert not Event.objects.exists()


def test_events_are_discarded_and_put_back(signed_in: Client, deliver):
    number = deliver(NAMELESS)
    assert "Discard 2 events" in signed_in.get(f"/deliveries/quarantine/{number}/discard").text
    signed_in.post(f"/deliveries/quarantine/{number}/discard")
    assert "note_add" in signed_in.get("/deliveries/quarantine?discarded").text
    told = signed_in.post(f"/deliveries/quarantine/{number}/put-back", follow=True).text
    assert "2 events wait again." in told


@pytest.mark.parametrize("asked", [{"call": ""}, {"call": "Note Dreamt"}, {"property": "remark", "as": ""}])
def test_what_cannot_be_a_rule_is_told(signed_in: Client, deliver, asked: dict[str, str]):
    number = deliver(NAMELESS)
    answer = signed_in.get(f"/deliveries/quarantine/{number}/release", asked, follow=True)
    assert (answer.redirect_chain[0][0], answer.status_code) == ("/deliveries/quarantine", 200)
    assert "notice" in answer.text or "alert" in answer.text


def test_what_is_gone_leads_back(signed_in: Client, db):
    for address in ("99/release", "99/discard", "rules/99"):
        told = signed_in.get(f"/deliveries/quarantine/{address}", follow=True)
        assert (told.status_code, "99" in told.text) == (200, True)
