"""Who may come in, how, and that nobody else sees anything."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from customerfile.access.guessing import FAILURES_ALLOWED
from customerfile.access.operations import ensure_owner, issue_sign_in_link
from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now

PASSWORD = "teapot lantern gravel"
PUBLIC = {"sign-in", "sign-in-by-link"}
ON_THE_WAY_IN = {
    "second-factor",
    "sign-in-by-passkey",
    "passkey-question",
    "to-provider",
    "from-provider",
}  # for whoever did the first step
ARGUMENTS = {
    "sign-in-by-link": {"token": "x"},
    "customer": {"number": "0000001X"},
    "filter-timeline": {"number": "0000001X"},
    "add-note": {"number": "0000001X"},
    "note": {"number": "0000001X", "note": 1},
    "mention-done": {"note": 1},
    "field": {"number": "0000001X", "field": "given_name"},
    "record-link": {"number": "0000001X", "record_id": 1},
    "remove-view": {"view": 1},
    "bulk-change": {"change": 1},
    "undo-bulk-change": {"change": 1},
    "delivery": {"delivery_id": 1},
    "decide-relationship": {"number": "0000001X", "relationship": 1},
    "merge-find": {"number": "0000001X"},
    "merge": {"number": "0000001X", "other": "00000028"},
    "split": {"number": "0000001X"},
    "judgements": {"number": "0000001X"},
    "withdraw": {"number": "0000001X", "act": 1},
    "customer-activity": {"number": "0000001X"},
    "decide-hit": {"number": "0000001X", "hit": 1},
    "pair": {"left": 1, "right": 2},
    "review-pair": {"left": 1, "right": 2},
    "release-quarantined": {"event": 1},
    "discard-quarantined": {"event": 1},
    "put-back-quarantined": {"event": 1},
    "take-back-rule": {"rule": 1},
    "rejects-csv": {"delivery_id": 1},
    "corrections-csv": {"delivery_id": 1},
    "hand-in-corrections": {"delivery_id": 1},
    "undo-delivery": {"delivery_id": 1},
    "import-upload": {"upload": 1},
    "import-file": {"upload": 1},
    "import-columns": {"upload": 1},
    "import-trial": {"upload": 1},
    "import-start": {"upload": 1},
    "import-discard": {"upload": 1},
    "change-source": {"key": "shop"},
    "take-note": {"entry": 1},
    "quality-figure": {"figure_id": 1},
    "quality-common-value": {"place": 0},
    "change-role": {"username": "nobody"},
    "change-state": {"username": "nobody"},
    "change-branches": {"username": "nobody"},
    "make-link": {"username": "nobody"},
    "revoke-token": {"token": 1},
    "webhook-test": {"endpoint": 1},
    "webhook-switch": {"endpoint": 1},
    "webhook-rotate": {"endpoint": 1},
    "webhook-remove": {"endpoint": 1},
    "webhook-resend": {"message": 1},
    "remove-passkey": {"passkey": 1},
    "end-session": {"session": 1},
    "end-their-sessions": {"username": "nobody"},
    "reset-factor": {"username": "nobody"},
}


def _patterns(entries: list) -> Iterator[URLPattern]:
    for entry in entries:
        if isinstance(entry, URLPattern):
            yield entry
        elif not entry.namespace:  # the interface for programs has its own tests
            yield from _patterns(entry.url_patterns)


NAMES = sorted(pattern.name for pattern in _patterns(get_resolver().url_patterns))


def _address(name: str) -> str:
    return reverse(name, kwargs=ARGUMENTS.get(name, {}))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in PUBLIC | ON_THE_WAY_IN])
def test_outsider_is_sent_to_sign_in_from_every_address(client: Client, db, name: str, method: str):
    answer = getattr(client, method)(_address(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_is_kept_by_a_browser(signed_in: Client, name: str):
    assert signed_in.get(_address(name))["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_pages_before_signing_in_are_not_kept_either(client: Client, db, name: str):
    answer = client.get(_address(name))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"].startswith(
        "default-src 'none'; script-src 'self'; style-src 'self'"
    )


def _sign_in(client: Client, password: str = PASSWORD, username: str = "olive", **more: str):
    return client.post("/sign-in", {"username": username, "password": password} | more)


def test_name_and_password_sign_in(client: Client, owner):
    assert _sign_in(client)["Location"] == "/"
    assert client.get("/customers").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "reached"), [("/customers", "/customers"), ("https://example.org/", "/"), ("//x", "/")]
)
def test_signing_in_leads_on_to_our_own_pages_only(client: Client, owner, wanted: str, reached: str):
    assert _sign_in(client, next=wanted)["Location"] == reached


@pytest.mark.parametrize(("username", "password"), [("olive", "wrong"), ("nobody", PASSWORD)])
def test_wrong_password_and_unknown_name_get_the_same_answer(
    client: Client, owner, username: str, password: str
):
    answer = _sign_in(client, password, username)
    assert answer.status_code == 403
    assert "This name and password do not belong together." in answer.text
    assert "_auth_user_id" not in client.session


def test_guessing_is_stopped_for_one_name_from_one_address(client: Client, owner):
    for _ in range(FAILURES_ALLOWED):
        _sign_in(client, "wrong")
    assert "Too many failed attempts" in _sign_in(client).text
    assert AuditEntry.objects.filter(code="access.sign_in.refused").count() == FAILURES_ALLOWED


def test_another_address_is_not_held_up_by_somebody_guessing(client: Client, owner):
    for _ in range(FAILURES_ALLOWED):
        _sign_in(client, "wrong")
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert _sign_in(elsewhere).status_code == 302


def test_looking_at_a_link_does_not_use_it_up_and_using_it_does(client: Client, owner):
    link = "/sign-in/" + issue_sign_in_link(username=owner.username, by="tests", at=now())
    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post(link)["Location"] == "/"
    assert client.get("/customers").status_code == 200
    again = Client().post(link)
    assert (again.status_code, "has been used or has expired" in again.text) == (403, True)


def test_first_sign_in_by_link_offers_a_password_that_may_be_left_for_another_day(client: Client, db):
    newcomer = ensure_owner(username="nora", by="tests", at=now())
    client.post(
        "/sign-in/" + issue_sign_in_link(username=newcomer.username, by="tests", at=now()), follow=True
    )
    page = client.get("/password")
    assert 'href="/">Not now' in page.text
    assert "at least 15 characters" in client.post("/password", {"password": "too short"}).text
    assert client.post("/password", {"password": PASSWORD})["Location"] == "/"
    assert client.get("/customers").status_code == 200
    assert _sign_in(Client(), username="nora")["Location"] == "/"


def test_signing_out_takes_a_post_and_ends_the_session(signed_in: Client):
    assert signed_in.get("/sign-out").status_code == 405
    assert signed_in.post("/sign-out")["Location"] == "/sign-in"
    assert signed_in.get("/customers").status_code == 302


def test_typing_after_the_session_ended_loads_the_page_anew(client: Client, db):
    answer = client.post("/", {"q": "x"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"], answer.text) == (200, "true", "")


def test_forged_form_is_refused_with_a_page_of_ours(owner):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner)
    answer = strict.post("/", {"q": "x"})
    assert (answer.status_code, "The page was open too long" in answer.text) == (403, True)


def test_unknown_address_shows_a_page_of_ours(signed_in: Client):
    answer = signed_in.get("/nowhere")
    assert (answer.status_code, "There is no page at this address." in answer.text) == (404, True)


def test_failure_shows_a_page_of_ours(owner, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("customerfile.web.customer_list.list_page", broken)
    browser = Client(raise_request_exception=False)
    browser.force_login(owner)
    answer = browser.get("/customers")
    assert (answer.status_code, "Something went wrong on our side" in answer.text) == (500, True)
