"""Messages reach a real receiver, signed; what fails is tried again; what is gone is given up; none holds up others."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now
from customerfile.webhooks.errors import EndpointIsOff
from customerfile.webhooks.messages import MessageType
from customerfile.webhooks.models import WebhookAttempt, WebhookEndpoint, WebhookMessage
from customerfile.webhooks.operations import (
    add_messages,
    queue_again,
    queue_test,
    remove_endpoint,
    rotate_secret,
    switch_endpoint,
)
from customerfile.webhooks.posting import Answer
from customerfile.webhooks.queries import endpoints, message_log
from customerfile.webhooks.schedule import DELAYS
from customerfile.webhooks.sending import HELD, Sender, claim_due
from tests.integration.webhooks.conftest import LOOPBACK, send_all
from tests.integration.webhooks.receiver import receiving

FIVE_HUNDRED = (500, b"out of order", {})


def _queue(endpoint, count=1, *, at=None):
    """Messages that are due."""
    at = at or now()
    row = WebhookEndpoint.objects.get(pk=endpoint.id)
    bodies = [(MessageType.CREATED, f'{{"number":{number}}}') for number in range(count)]
    return [each.pk for each in add_messages(row, bodies, due=at, at=at)]


def test_a_message_is_signed_so_that_another_implementation_accepts_it(endpoint, receiver, sender, clock):
    made = endpoint(receiver.url)
    _queue(made, at=clock())
    send_all(sender)
    (came,) = receiver.came
    assert came.is_signed_by(made.secret)
    assert not came.is_signed_by("whsec_" + "A" * 44)
    assert (came.path, came.headers["content-type"]) == ("/hook", "application/json")
    (logged,) = message_log()
    assert came.headers["webhook-id"] == logged.key
    assert (logged.state, logged.next_at, logged.attempts[0].status) == ("sent", None, 200)


def test_after_a_rotation_both_secrets_sign_for_a_day(endpoint, receiver, sender, clock, store):
    old = endpoint(receiver.url)
    clock.go(seconds=1)
    new = rotate_secret(old.id, store=store, by="olive", at=clock())
    _queue(old, at=clock())
    send_all(sender)
    (came,) = receiver.came
    assert (came.is_signed_by(old.secret), came.is_signed_by(new.secret)) == (True, True)
    assert endpoints(clock())[0].former_secret_until == clock() + timedelta(hours=24)
    receiver.came.clear()
    clock.go(hours=24)
    _queue(old, at=clock())
    send_all(sender)
    assert receiver.came[0].headers["webhook-signature"].count("v1,") == 1
    assert endpoints(clock())[0].former_secret_until is None


def test_a_failure_is_tried_ten_times_in_three_days_with_one_id(endpoint, receiver, sender, clock):
    receiver.answering = lambda came: FIVE_HUNDRED
    (message,) = _queue(endpoint(receiver.url), at=clock())
    waits = []
    while WebhookMessage.objects.get(pk=message).state == "waiting":
        send_all(sender)
        found = WebhookMessage.objects.get(pk=message)
        if found.next_at:
            waits.append(found.next_at - clock())
            clock.at = found.next_at - timedelta(milliseconds=1)
            send_all(sender)
            clock.at = found.next_at
    assert len(receiver.came) == 10
    assert all(delay <= wait <= delay * 1.2 for delay, wait in zip(DELAYS, waits, strict=True))
    assert len({each.headers["webhook-id"] for each in receiver.came}) == 1
    assert len({each.body for each in receiver.came}) == 1
    times = [int(each.headers["webhook-timestamp"]) for each in receiver.came]
    assert times == sorted(set(times))
    (logged,) = message_log()
    assert (logged.state, len(logged.attempts)) == ("failed", 10)
    assert (logged.attempts[0].status, logged.attempts[0].said) == (500, "out of order")
    assert endpoints(clock())[0].state == "failing"


def test_one_success_ends_a_failing(endpoint, receiver, sender, clock):
    receiver.answering = lambda came: FIVE_HUNDRED
    _queue(endpoint(receiver.url), at=clock())
    send_all(sender)
    assert endpoints(clock())[0].failing_since is not None
    receiver.answering = lambda came: (204, b"", {})
    clock.go(minutes=1)
    send_all(sender)
    assert (endpoints(clock())[0].state, message_log()[0].state) == ("on", "sent")


def test_an_endpoint_that_fails_for_five_days_is_switched_off(endpoint, receiver, sender, clock):
    receiver.answering = lambda came: FIVE_HUNDRED
    made = endpoint(receiver.url)
    _queue(made, at=clock())
    send_all(sender)
    clock.go(days=4, hours=23)
    _queue(made, at=clock())
    send_all(sender)
    assert endpoints(clock())[0].state == "failing"
    clock.go(hours=1)
    _queue(made, at=clock())
    send_all(sender)
    found = endpoints(clock())[0]
    assert (found.state, found.why_off) == ("off", "failing")
    assert AuditEntry.objects.filter(code="webhooks.endpoint.given_up", detail__why="failing").count() == 1
    count = len(receiver.came)
    clock.go(days=1)
    send_all(sender)
    assert len(receiver.came) == count


def test_gone_switches_off_at_once_and_on_again_sends_what_waited(endpoint, receiver, sender, clock):
    receiver.answering = lambda came: (410, b"", {})
    made = endpoint(receiver.url)
    _queue(made, 3, at=clock())
    send_all(sender)
    assert len(receiver.came) == 1
    found = endpoints(clock())[0]
    assert (found.state, found.why_off, found.waiting) == ("off", "gone", 2)
    with pytest.raises(EndpointIsOff):
        queue_test(made.id, due=clock(), by="olive", at=clock())
    receiver.answering = lambda came: (200, b"", {})
    switch_endpoint(made.id, on=True, by="olive", at=clock())
    send_all(sender)
    assert (len(receiver.came), endpoints(clock())[0].waiting) == (3, 0)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_a_failure_and_is_not_followed(endpoint, receiver, sender, clock, status):
    with receiving() as elsewhere:
        receiver.answering = lambda came: (status, b"", {"Location": elsewhere.url})
        _queue(endpoint(receiver.url), at=clock())
        send_all(sender)
        assert (len(receiver.came), elsewhere.came) == (1, [])
    assert (message_log()[0].attempts[0].status, message_log()[0].state) == (status, "waiting")


def test_who_asks_for_time_gets_it(endpoint, receiver, sender, clock):
    receiver.answering = lambda came: (503, b"", {"Retry-After": "3600"})
    _queue(endpoint(receiver.url), at=clock())
    send_all(sender)
    assert message_log()[0].next_at == clock() + timedelta(hours=1)


def test_one_slow_receiver_does_not_hold_up_the_others(endpoint, receiver, store, clock):
    let_go = threading.Event()

    def answering(came):
        let_go.wait(20)
        return 200, b"", {}

    sender = Sender(lambda: store, LOOPBACK, clock=clock, at_once=2)
    with receiving(answering) as slow:
        _queue(endpoint(slow.url), 5, at=clock())
        _queue(endpoint(receiver.url), 5, at=clock())
        while len(receiver.came) < 5:
            sender.turn(0.05)
        assert len(slow.came) == 1
        let_go.set()
        send_all(sender)
        assert len(slow.came) == 5


def test_endpoints_take_turns_where_there_are_more_than_places(endpoint, store, clock):
    order = []

    def post(url, body, headers, own):
        order.append(url)
        return Answer(200, "", "", 1)

    sender = Sender(lambda: store, LOOPBACK, clock=lambda: clock.go(seconds=1), post=post, at_once=1)
    for number in range(3):
        _queue(endpoint(f"http://127.0.0.1/{number}"), 2 + number, at=clock())
    send_all(sender)
    assert [url[-1] for url in order] == list("012012122")


def test_two_servers_send_each_message_once(endpoint, receiver, store, clock):
    _queue(endpoint(receiver.url), 20, at=clock())
    senders = [Sender(lambda: store, LOOPBACK, clock=clock) for _ in range(2)]
    while any(each.turn(0.01) for each in senders):
        pass
    keys = [each.headers["webhook-id"] for each in receiver.came]
    assert (len(keys), len(set(keys))) == (20, 20)


def test_what_a_dead_server_held_is_sent_by_the_next(endpoint, receiver, sender, clock):
    _queue(endpoint(receiver.url), at=clock())
    assert len(claim_due(busy=[], most=8, at=clock())) == 1
    send_all(sender)
    assert receiver.came == []
    clock.go(seconds=HELD.total_seconds())
    send_all(sender)
    assert len(receiver.came) == 1


def test_a_message_can_be_sent_again_and_a_test_is_tried_once(endpoint, receiver, sender, clock):
    made = endpoint(receiver.url)
    receiver.answering = lambda came: FIVE_HUNDRED
    test = queue_test(made.id, due=clock(), by="olive", at=clock())
    send_all(sender)
    assert [(each.id, each.state, each.type) for each in message_log()] == [(test, "failed", "webhook.test")]
    queue_again(test, due=clock(), by="olive", at=clock())
    receiver.answering = lambda came: (200, b"thanks\x00\x1b[31m" + b"x" * 1000, {})
    send_all(sender)
    (logged,) = message_log()
    assert (logged.state, [each.status for each in logged.attempts]) == ("sent", [200, 500])
    assert logged.attempts[0].said == ("thanks  [31m" + "x" * 1000)[:200]
    assert receiver.types() == ["webhook.test", "webhook.test"]


def test_an_endpoint_that_was_removed_meanwhile_is_forgotten(endpoint, store, clock):
    made = endpoint("http://127.0.0.1/x")
    _queue(made, at=clock())

    def post(url, body, headers, own):
        return Answer(200, "", "", 1)

    sender = Sender(lambda: store, LOOPBACK, clock=clock, post=post)
    (held,) = claim_due(busy=[], most=1, at=clock())
    remove_endpoint(made.id, by="olive", at=clock())
    assert (WebhookMessage.objects.count(), held.endpoint_id) == (0, made.id)
    send_all(sender)


def test_the_log_is_kept_for_thirty_days(endpoint, receiver, sender, clock):
    _queue(endpoint(receiver.url), at=clock())
    send_all(sender)
    clock.go(days=30)
    send_all(sender)
    assert WebhookAttempt.objects.count() == 1
    clock.go(hours=2)
    send_all(sender)
    assert (WebhookMessage.objects.count(), WebhookAttempt.objects.count()) == (0, 0)


def test_keys_that_are_missing_are_told_in_the_log(endpoint, receiver, sender, clock):
    made = endpoint(receiver.url)
    WebhookEndpoint.objects.filter(pk=made.id).update(secret=b"x" * 60)
    _queue(made, at=clock())
    send_all(sender)
    assert receiver.came == []
    assert "does not open with this master key" in message_log()[0].attempts[0].fault


def test_a_fault_of_ours_is_told_and_stops_nothing(endpoint, store, clock):
    answers = iter([Answer(200, "", "", 1)])

    def post(url, body, headers, own):
        return next(answers)

    _queue(endpoint("http://127.0.0.1/x"), 2, at=clock())
    send_all(Sender(lambda: store, LOOPBACK, clock=clock, post=post))
    assert [each.attempts[0].fault for each in message_log()] == [
        "Something went wrong on our side (StopIteration).",
        "",
    ]


def test_an_address_that_was_fit_once_is_told_in_the_log(endpoint, sender, clock):
    made = endpoint("http://127.0.0.1/x")
    WebhookEndpoint.objects.filter(pk=made.id).update(url="gopher://127.0.0.1/x")
    _queue(made, at=clock())
    send_all(sender)
    assert "begins with https://" in message_log()[0].attempts[0].fault


def test_a_clock_that_is_off_is_refused_by_the_receiver_not_by_us(endpoint, receiver, sender, clock):
    made = endpoint(receiver.url)
    clock.at = datetime.now(UTC) - timedelta(hours=1)
    _queue(made, at=clock())
    send_all(sender)
    assert [each.is_signed_by(made.secret) for each in receiver.came] == [False]
