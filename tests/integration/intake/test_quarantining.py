"""Events that do not fit the tracking plan wait in quarantine, once by their key, counted whole."""

import pytest

from customerfile.intake.undoing import undo_delivery
from customerfile.sources.models import Delivery, Reject
from customerfile.timeline.models import Event, EventKey, QuarantinedEvent

PEOPLE = "id,first name,last name\n17,Rosa,Lindner\n"
HEAD = "key,customer,event,date,text,rating\n"
MAPPING = (
    "as: events\nkey: customer\ncolumns:\n- {column: key, to: event.key}\n- {column: event, to: event.name}\n"
    "- {column: date, to: event.at}\n- {column: text, to: event.property.text}\n"
    "- {column: rating, to: event.property.rating}\n"
)
GOOD = "N-1,17,Note Added,2026-11-21 09:00,Asked for the catalogue.,\n"
UNKNOWN = "N-2,17,note added,2026-11-21 10:00,Called again.,\n"
LACKING = "N-3,17,Note Added,2026-11-21 11:00,,\n"
ILL_TYPED = "F-1,17,Feedback Received,2026-11-21 12:00,,very good\n"


@pytest.fixture
def deliver(bring, tmp_path):
    """Bring a file of events of the shop, whose customer 17 is there."""
    bring(PEOPLE)
    mapping = tmp_path / "events.yaml"
    mapping.write_text(MAPPING)
    return lambda *rows: bring(HEAD + "".join(rows), mapping=mapping, name="events.csv")


def _counts(done):
    counts = done.counts
    return (
        counts.rows, counts.created, counts.updated, counts.unchanged, counts.rejected, counts.quarantined,
    )  # fmt: skip


def _waiting():
    found = QuarantinedEvent.objects.filter(state="waiting").order_by("id")
    return [(each.key, each.name, each.field) for each in found]


def test_what_does_not_fit_waits_with_its_reason_and_the_rest_goes_in(deliver):
    done = deliver(GOOD, UNKNOWN, LACKING, ILL_TYPED)

    assert _counts(done) == (4, 1, 0, 0, 3, 3)
    assert _waiting() == [
        ("N-2", "note added", "name"), ("N-3", "Note Added", "text"), ("F-1", "Feedback Received", "rating"),
    ]  # fmt: skip
    unknown, lacking, ill = QuarantinedEvent.objects.order_by("id")
    assert unknown.reason == 'The event "note added" is not in the tracking plan.'
    assert unknown.remedy == 'Call it "Note Added", or add the event type to the definition.'
    assert lacking.reason == 'The event "Note Added" lacks the property "text".'
    assert ill.reason.startswith('The property "rating" of "Feedback Received" is no number: ')
    assert (unknown.customer_key, unknown.line, unknown.delivery_id) == ("17", 3, done.delivery_id)
    assert unknown.said["properties"] == {"text": "Called again."}
    assert (Event.objects.count(), Reject.objects.count()) == (1, 0)
    assert Delivery.objects.get(pk=done.delivery_id).quarantined == 3


def test_the_same_file_again_leaves_each_waiting_once(deliver):
    deliver(GOOD, UNKNOWN)
    again = deliver(GOOD, UNKNOWN)

    assert _counts(again) == (2, 0, 0, 1, 1, 1)
    assert QuarantinedEvent.objects.count() == 1


def test_what_is_said_anew_under_a_key_takes_the_place_of_what_waited(deliver):
    deliver(UNKNOWN)
    deliver(UNKNOWN.replace("again", "twice"))
    assert [each.said["properties"]["text"] for each in QuarantinedEvent.objects.filter(state="waiting")] == [
        "Called twice."
    ]

    deliver(UNKNOWN.replace("note added", "Note Added"))
    assert (_waiting(), Event.objects.get().key) == ([], "N-2")


def test_undoing_a_delivery_takes_its_quarantined_events_and_gives_back_what_they_replaced(
    deliver, test_home
):
    first = deliver(GOOD, UNKNOWN)
    second = deliver(UNKNOWN.replace("again", "twice"))
    third = deliver(UNKNOWN.replace("note added", "Note Added"))

    undo_delivery(third.delivery_id, home=test_home, by="tester")
    (waits,) = QuarantinedEvent.objects.filter(state="waiting")
    assert (waits.delivery_id, waits.said["properties"]["text"]) == (second.delivery_id, "Called twice.")
    undo_delivery(second.delivery_id, home=test_home, by="tester")
    (waits,) = QuarantinedEvent.objects.filter(state="waiting")
    assert (waits.delivery_id, waits.said["properties"]["text"]) == (first.delivery_id, "Called again.")
    undone = undo_delivery(first.delivery_id, home=test_home, by="tester")
    assert (undone.quarantined, QuarantinedEvent.objects.count(), EventKey.objects.count()) == (1, 0, 0)


def test_undoing_the_middle_of_three_leaves_the_newest_waiting(deliver, test_home):
    deliver(UNKNOWN)
    middle = deliver(UNKNOWN.replace("again", "twice"))
    newest = deliver(UNKNOWN.replace("again", "thrice"))

    undo_delivery(middle.delivery_id, home=test_home, by="tester")
    assert [each.delivery_id for each in QuarantinedEvent.objects.filter(state="waiting")] == [
        newest.delivery_id
    ]
    undo_delivery(newest.delivery_id, home=test_home, by="tester")
    assert [each.said["properties"]["text"] for each in QuarantinedEvent.objects.filter(state="waiting")] == [
        "Called again."
    ]


def test_a_change_of_an_event_that_does_not_fit_waits_and_the_event_stays(deliver):
    deliver(GOOD)
    done = deliver(GOOD.replace("Note Added", "Note Scribbled"))

    assert _counts(done) == (1, 0, 0, 0, 1, 1)
    assert (Event.objects.get().name, _waiting()) == ("Note Added", [("N-1", "Note Scribbled", "name")])


def test_a_key_that_comes_twice_in_a_file_is_refused(deliver):
    done = deliver(UNKNOWN, UNKNOWN)

    assert _counts(done) == (2, 0, 0, 0, 2, 1)
    assert Reject.objects.get().field == "event.key"


def test_a_rehearsal_leaves_nothing_waiting(bring, tmp_path):
    bring(PEOPLE)
    mapping = tmp_path / "events.yaml"
    mapping.write_text(MAPPING)
    done = bring(HEAD + UNKNOWN, mapping=mapping, name="events.csv", dry_run=True)

    assert (_counts(done), QuarantinedEvent.objects.count()) == ((1, 0, 0, 0, 1, 1), 0)
