"""Mending rules: shown before they apply, applied to what waits and to what comes, taken back without a trace."""

import pytest

from customerfile.audit.models import AuditEntry
from customerfile.intake.errors import QuarantineRefused
from customerfile.intake.quarantine import (
    discard_events,
    foresee_release,
    group_of,
    put_back,
    release_events,
    take_back_rule,
)
from customerfile.intake.undoing import undo_delivery
from customerfile.sources.models import Delivery, Reject
from customerfile.timeline.models import Event, EventKey, QuarantinedEvent
from customerfile.timeline.quarantine import MendingKind, MendingRule
from customerfile.timeline.quarantine_queries import mending_rules, quarantine_groups

PEOPLE = "id,first name,last name\n17,Rosa,Lindner\n18,Anna,Meyer\n"
HEAD = "key,customer,event,date,text,remark,rating\n"
MAPPING = (
    "as: events\nkey: customer\ncolumns:\n- {column: key, to: event.key}\n- {column: event, to: event.name}\n"
    "- {column: date, to: event.at}\n- {column: text, to: event.property.text}\n"
    "- {column: remark, to: event.property.remark}\n- {column: rating, to: event.property.rating}\n"
)
FIRST = "N-1,17,note added,2026-11-21 09:00,Called again.,,\n"
SECOND = "N-2,18,note added,2026-11-21 10:00,Moved house.,,\n"
REMARK = "N-3,17,note added,2026-11-21 11:00,,Likes tea.,\n"
RATED = "F-1,17,Feedback Received,2026-11-21 12:00,,,very good\n"
CALL_IT = MendingRule(0, MendingKind.CALL_EVENT, "note added", new_name="Note Added")
REMARK_IS_TEXT = MendingRule(0, MendingKind.CALL_PROPERTY, "Note Added", "remark", "text")
NO_RATING = MendingRule(0, MendingKind.LEAVE_OUT, "Feedback Received", "rating")


@pytest.fixture
def deliver(bring, tmp_path):
    """Bring a file of events of the shop, whose customers 17 and 18 are there."""
    bring(PEOPLE)
    mapping = tmp_path / "events.yaml"
    mapping.write_text(MAPPING)
    return lambda *rows: bring(HEAD + "".join(rows), mapping=mapping, name="events.csv")


@pytest.fixture
def release(test_home):
    """Release the first group, with a rule or without."""

    def release(rule=None):
        (group, *_) = quarantine_groups()
        return release_events(group, rule, home=test_home, by="olive")

    return release


def _states():
    return sorted(QuarantinedEvent.objects.values_list("key", "state"))


def test_groups_tell_how_many_wait_why_and_of_what(deliver):
    deliver(FIRST, SECOND, RATED)

    names, rated = quarantine_groups()
    assert (names.name, names.count, names.field, names.source_key) == ("note added", 2, "name", "shop")
    assert (names.example.key, names.example.properties) == ("N-1", {"text": "Called again."})
    assert (rated.name, rated.count, rated.field) == ("Feedback Received", 1, "rating")
    assert group_of(rated.id) == rated


def test_a_rule_is_foreseen_then_releases_what_waits_as_a_delivery(deliver, release, test_home):
    deliver(FIRST, SECOND, REMARK, RATED)
    foreseen = foresee_release(quarantine_groups()[0], CALL_IT, home=test_home)
    assert (foreseen.released, foreseen.stays) == (2, 1)
    assert foreseen.reasons == (('The event "Note Added" lacks the property "text".', 1),)
    assert (Event.objects.count(), mending_rules(1)) == (0, ())

    done = release(CALL_IT)
    assert (done.released, done.stays) == (2, 1)
    assert sorted(Event.objects.values_list("key", "name")) == [("N-1", "Note Added"), ("N-2", "Note Added")]
    delivery = Delivery.objects.get(pk=done.delivery)
    assert (delivery.rows, delivery.created, delivery.rejected, delivery.by) == (2, 2, 0, "olive")
    assert _states() == [("F-1", "waiting"), ("N-1", "released"), ("N-2", "released"), ("N-3", "waiting")]
    assert AuditEntry.objects.get(code="intake.mending_rule.made").detail["called"] == "Note Added"
    assert AuditEntry.objects.get(code="intake.quarantine.released").detail["released"] == 2


def test_rules_work_one_after_another_and_on_what_comes(deliver, release):
    deliver(REMARK)
    release(CALL_IT)
    release(REMARK_IS_TEXT)
    assert Event.objects.get().properties == {"text": "Likes tea."}

    again = deliver(FIRST, REMARK)
    assert (again.counts.created, again.counts.unchanged, again.counts.rejected) == (1, 1, 0)
    assert _states() == [("N-1", "released"), ("N-3", "released")]
    assert QuarantinedEvent.objects.get(key="N-1").said["texts"]["event.name"] == "note added"


def test_a_property_is_left_out(deliver, release):
    deliver(RATED)
    assert release(NO_RATING).released == 1
    assert Event.objects.get().properties == {}


def test_a_rule_that_is_taken_back_leaves_everything_waiting_as_before(deliver, release, test_home):
    deliver(FIRST)
    rule = release(CALL_IT).rule
    deliver(SECOND)
    assert Event.objects.count() == 2

    assert take_back_rule(rule.id, home=test_home, by="olive") == 2
    assert (Event.objects.count(), EventKey.objects.count()) == (0, 0)
    assert _states() == [("N-1", "waiting"), ("N-2", "waiting")]
    assert {each.reason for each in quarantine_groups()} == {
        'The event "note added" is not in the tracking plan.'
    }
    assert deliver(FIRST).counts.quarantined == 1
    with pytest.raises(QuarantineRefused):
        take_back_rule(rule.id, home=test_home, by="olive")


def test_what_was_said_anew_since_outlasts_the_rule(deliver, release, test_home):
    deliver(FIRST)
    rule = release(CALL_IT).rule
    deliver(FIRST.replace("note added", "Note Added").replace("again", "twice"))

    assert take_back_rule(rule.id, home=test_home, by="olive") == 0
    assert Event.objects.get().properties == {"text": "Called twice."}
    assert _states() == [("N-1", "replaced")]


def test_undoing_the_release_lets_events_wait_again(deliver, release, test_home):
    deliver(FIRST)
    done = release(CALL_IT)
    undo_delivery(done.delivery, home=test_home, by="olive")
    assert (Event.objects.count(), _states()) == (0, [("N-1", "waiting")])


def test_undoing_what_brought_them_takes_released_events_along(deliver, release, test_home):
    brought = deliver(FIRST)
    release(CALL_IT)
    undo_delivery(brought.delivery_id, home=test_home, by="olive")
    assert (Event.objects.count(), _states()) == (0, [])


def test_discarded_events_stay_out_and_can_be_put_back(deliver, release):
    deliver(FIRST)
    assert discard_events(quarantine_groups()[0], by="olive") == 1
    assert (quarantine_groups(), _states()) == ((), [("N-1", "discarded")])
    again = deliver(FIRST)
    assert (again.counts.rejected, again.counts.quarantined) == (1, 0)
    assert Reject.objects.get().reason == "The event N-1 was discarded from quarantine."

    assert put_back(quarantine_groups(state="discarded")[0], by="olive") == 1
    assert release(CALL_IT).released == 1


def test_an_event_whose_customer_is_not_there_stays_and_says_so(deliver, release):
    deliver(FIRST.replace("17", "99"))
    done = release(CALL_IT)
    assert (done.released, done.stays, done.delivery) == (0, 1, None)
    assert quarantine_groups()[0].reason == "The source has no customer with the key 99."


@pytest.mark.parametrize(
    "rule",
    [
        MendingRule(0, MendingKind.CALL_EVENT, "note added", new_name="Note Dreamt"),
        MendingRule(0, MendingKind.CALL_EVENT, "Note Added", new_name="Call Logged"),
        MendingRule(0, MendingKind.CALL_PROPERTY, "note added", "remark", "text"),
        MendingRule(0, MendingKind.CALL_PROPERTY, "Note Added", "remark", "colour"),
        MendingRule(0, MendingKind.CALL_PROPERTY, "Note Added", "text", "text"),
        MendingRule(0, MendingKind.LEAVE_OUT, "Note Added", "text"),
    ],
)
def test_a_rule_that_could_mend_nothing_is_refused(deliver, release, rule):
    deliver(FIRST)
    with pytest.raises(QuarantineRefused):
        release(rule)
    assert mending_rules(1) == ()


def test_there_is_one_rule_for_each_name(deliver, release):
    deliver(FIRST, REMARK)
    release(CALL_IT)
    with pytest.raises(QuarantineRefused):
        release(CALL_IT)
