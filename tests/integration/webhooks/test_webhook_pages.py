"""Webhooks by page: add, test, look at the log, send again, switch off, remove; the secret is shown once."""

import base64
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customerfile.access.operations import ensure_owner
from customerfile.access.users import add_user
from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now
from customerfile.webhooks.messages import MessageType
from customerfile.webhooks.models import WebhookEndpoint
from customerfile.webhooks.operations import add_messages, switch_endpoint
from customerfile.webhooks.queries import endpoints, message_log
from tests.integration.webhooks.conftest import send_all

SENT = {"url": "https://example.org/hooks?key=geheim", "types": ["customer.created", "customer.merged"]}


@pytest.fixture
def browser(db) -> Client:
    """A browser in which the owner is signed in."""
    browser = Client()
    browser.force_login(ensure_owner(username="olive", by="tests", at=now()))
    return browser


def _secret(page: str) -> str:
    return re.search(r"<code>(whsec_[^<]+)</code>", page).group(1)


def test_an_endpoint_is_added_and_its_secret_shown_once_and_kept_nowhere(browser):
    assert "No address is told anything yet" in browser.get("/webhooks").text
    secret = _secret(browser.post("/webhooks", SENT).text)
    assert "whsec_" not in browser.get("/webhooks").text
    (made,) = endpoints(now())
    assert (made.url, made.types, made.state) == (SENT["url"], tuple(SENT["types"]), "on")
    kept = _everything()
    letters = secret.removeprefix("whsec_")
    for form in (letters, letters.encode().hex(), base64.b64decode(letters).hex()):
        assert form not in kept
    (entry,) = AuditEntry.objects.filter(code="webhooks.endpoint.added")
    assert (entry.by, entry.subject) == ("olive", f"webhook_endpoint:{made.id}")
    assert entry.detail["new"] == {"host": "example.org", "types": SENT["types"]}


def _everything() -> str:
    """All that the database holds, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} AS t")
            found.append(cursor.fetchone()[0])
    return " ".join(found)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"url": "http://example.org/", "types": SENT["types"]}, "It is not encrypted."),
        ({"url": "https://127.1/", "types": SENT["types"]}, "which is no public address"),
        ({"url": "ftp://example.org/", "types": SENT["types"]}, "An address begins with https://."),
        ({"url": "https://example.org/"}, "This field is required."),
        ({"url": "https://example.org/", "types": ["webhook.test"]}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(browser, sent, told):
    answer = browser.post("/webhooks", sent)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert endpoints(now()) == ()


def test_an_address_is_told_once(browser):
    browser.post("/webhooks", SENT)
    answer = browser.post("/webhooks", SENT)
    assert (answer.status_code, "has this address already" in answer.text) == (422, True)


def test_a_test_is_sent_and_its_answer_seen(browser, endpoint, receiver, sender, clock):
    made = endpoint(receiver.url)
    page = browser.post(f"/webhooks/{made.id}/test", follow=True).text
    assert "A test is on its way" in page
    assert ("not sent yet" in page, 'hx-trigger="load delay:2s"' in page) == (True, True)
    receiver.answering = lambda came: (500, b"<b>out of order</b>", {})
    clock.go(seconds=5)
    send_all(sender)
    page = browser.get("/webhooks/log", headers={"HX-Request": "true"}).text
    assert "<html" not in page
    assert "500 Internal Server Error" in page
    assert "&lt;b&gt;out of order&lt;/b&gt;" in page
    assert "hx-trigger" not in page


def test_a_message_is_sent_again(browser, endpoint, receiver, sender, clock):
    made = endpoint(receiver.url)
    browser.post(f"/webhooks/{made.id}/test")
    clock.go(seconds=5)
    send_all(sender)
    (logged,) = message_log()
    assert "on its way again" in browser.post(f"/webhooks/messages/{logged.id}/resend", follow=True).text
    clock.go(seconds=5)
    send_all(sender)
    assert len(message_log()[0].attempts) == 2
    assert len({each.headers["webhook-id"] for each in receiver.came}) == 1


def test_a_new_secret_switching_and_removing(browser, endpoint):
    made = endpoint("http://127.0.0.1/x")
    page = browser.post(f"/webhooks/{made.id}/secret").text
    assert _secret(page) != made.secret
    assert "former secret signs until" in browser.get("/webhooks").text
    browser.post(f"/webhooks/{made.id}/state", {"state": "off"})
    assert endpoints(now())[0].why_off == "by_hand"
    assert "is off: nothing is sent" in browser.post(f"/webhooks/{made.id}/test", follow=True).text
    browser.post(f"/webhooks/{made.id}/state", {"state": "on"})
    assert endpoints(now())[0].state == "on"
    assert "is removed" in browser.post(f"/webhooks/{made.id}/remove", follow=True).text
    assert endpoints(now()) == ()
    codes = AuditEntry.objects.filter(by="olive", code__startswith="webhooks.").order_by("pk")
    assert [each.code.rpartition(".")[2] for each in codes] == [
        "added",
        "secret_rotated",
        "switched_off",
        "switched_on",
        "removed",
    ]


@pytest.mark.parametrize("path", ["1/test", "1/state", "1/secret", "1/remove", "messages/1/resend"])
def test_what_is_not_there_is_told(browser, path):
    assert "There is no " in browser.post(f"/webhooks/{path}", {"state": "on"}, follow=True).text
    assert "There is no endpoint 7." in browser.get("/webhooks/log?endpoint=7", follow=True).text


def test_states_are_told_in_words(browser, endpoint):
    made = endpoint("http://127.0.0.1/x")
    WebhookEndpoint.objects.update(failing_since=now() - timedelta(days=2))
    assert "has failed since" in browser.get("/webhooks").text
    WebhookEndpoint.objects.update(state="off", why_off="failing")
    assert "off: it failed for five days" in browser.get("/webhooks").text
    switch_endpoint(made.id, on=True, by="olive", at=now())
    assert endpoints(now())[0].state == "on"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_a_fixed_number_of_reads(browser, endpoint, rows):
    for number in range(rows):
        made = endpoint(f"http://127.0.0.1/{number}")
        row = WebhookEndpoint.objects.get(pk=made.id)
        add_messages(row, [(MessageType.TEST, "{}")] * rows, due=now(), at=now())
    counts = []
    for path in ("/webhooks", "/webhooks/log", "/webhooks/log?endpoint=1"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(path)
        counts.append(sum("webhook" in each["sql"] for each in asked))
    assert counts[:2] == [3, 2]


def test_a_long_log_goes_on_page_by_page(browser, endpoint):
    made = endpoint("http://127.0.0.1/x")
    row = WebhookEndpoint.objects.get(pk=made.id)
    add_messages(row, [(MessageType.TEST, "{}")] * 35, due=now(), at=now())
    page = browser.get(f"/webhooks/log?endpoint={made.id}").text
    older = re.search(r'href="(/webhooks/log\?[^"]+)" rel="next"', page).group(1).replace("&amp;", "&")
    assert page.count("Send again") == 30
    assert browser.get(older).text.count("Send again") == 5
    assert browser.get("/webhooks/log?before=x&endpoint=%00").status_code == 200


def test_administrators_manage_webhooks_and_others_do_not(db):
    for role, status in (("administrator", 200), ("steward", 403), ("marketer", 403)):
        browser = Client()
        browser.force_login(add_user(role, role=role, by="tests", at=now()))
        assert browser.get("/webhooks").status_code == status
