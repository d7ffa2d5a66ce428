"""What is dangerous asks who is there again, by one list beside the addresses; one's sessions are listed and ended."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from test_web_access import ARGUMENTS

from customerfile.access.models import BrowserSession
from customerfile.access.passkeys import Answer, Site, add_passkey, ask_for_new_passkey
from customerfile.access.queries import users
from customerfile.access.sessions import PROOF_LIFE
from customerfile.access.tokens import tokens
from customerfile.access.users import add_user
from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now
from customerfile.customers.judging.judging_rules import Rules
from customerfile.customers.models import Customer, Link
from customerfile.web.permissions import proof_asked
from customerfile.web.proof import Proof
from customerfile.web.urls import urlpatterns
from tests.factories.soft_passkey import SoftPasskey

LOCAL = Site("http", "localhost")
PASSWORD = "teapot lantern gravel"
ASKED = "Is it still you"
MUST_ASK_TO_CHANGE = {
    "people", "change-role", "change-branches", "change-state",
    "make-link", "end-their-sessions", "reset-factor", "change-factor-rule",
    "tokens", "webhooks", "webhook-rotate", "remove-app", "remove-passkey", "new-recovery-codes",
    "passkey-question-to-add",
}  # fmt: skip
MUST_ALWAYS_ASK = {"password", "set-up-app", "set-up-passkey", "rejects-csv"}
TO_CHANGE, ALWAYS, FOR_MANY = (
    sorted(str(each.name) for each in urlpatterns if proof_asked(each.callback) is proof)
    for proof in (Proof.TO_CHANGE, Proof.ALWAYS, Proof.FOR_MANY)
)
TWO = "id,first name,last name,email\n1,Anna,Meyer,anna@example.org\n2,Ben,Okafor,ben@example.org\n"


@pytest.fixture
def stale(signed_in: Client) -> Client:
    """A browser in which the owner proved who she is too long ago."""
    BrowserSession.objects.update(proven_at=now() - PROOF_LIFE)
    return signed_in


def _address(name: str) -> str:
    return reverse(name, kwargs=ARGUMENTS.get(name, {}))


def test_what_is_dangerous_asks():
    assert set(TO_CHANGE) >= MUST_ASK_TO_CHANGE
    assert set(ALWAYS) >= MUST_ALWAYS_ASK
    assert FOR_MANY == [
        "change-selected",
        "confirm-selected",
        "merge",
        "remove-demonstration",
        "split",
        "undo-bulk-change",
    ]


@pytest.mark.parametrize("name", TO_CHANGE + ALWAYS)
def test_an_old_proof_is_not_enough(stale: Client, name: str):
    answer = stale.post(
        _address(name), {"username": "eve", "role": "owner", "name": "x", "may": "customers.see"}
    )
    assert (answer.status_code, ASKED in answer.text) == (403, True)
    assert [each.username for each in users()] == ["olive"]
    assert tokens() == ()


@pytest.mark.parametrize("name", sorted(MUST_ALWAYS_ASK - {"rejects-csv"}))
def test_some_pages_ask_before_they_are_shown(stale: Client, name: str):
    page = stale.get(_address(name))
    assert (page.status_code, ASKED in page.text) == (403, True)
    sent = {"proof_password": PASSWORD, "proof_only_looked": "1"}
    assert stale.post(_address(name), sent)["Location"] == _address(name)
    assert stale.get(_address(name)).status_code == 200


def test_every_address_that_asks_is_in_the_lists_here(stale: Client):
    from django.urls import get_resolver
    from test_web_access import _patterns

    asking = set()
    for pattern in _patterns(get_resolver().url_patterns):
        BrowserSession.objects.update(proven_at=now() - PROOF_LIFE)
        if (
            pattern.name not in ("sign-out", "sign-in", "sign-in-by-link")
            and ASKED in stale.post(_address(pattern.name)).text
        ):
            asking.add(pattern.name)
    assert asking == set(TO_CHANGE + ALWAYS)


def test_what_was_sent_goes_on_with_the_password(stale: Client):
    sent = {"username": 'nora"<b>', "role": "steward"}
    page = stale.post("/people", sent).text
    assert 'name="username" value="nora&quot;&lt;b&gt;"' in page
    wrong = stale.post("/people", sent | {"proof_password": "wrong"})
    assert (wrong.status_code, "do not belong together" in wrong.text, "nora&quot;" in wrong.text) == (
        403,
        True,
        True,
    )
    assert "wrong" not in wrong.text
    done = stale.post("/people", {"username": "nora", "role": "steward", "proof_password": PASSWORD})
    assert done.status_code == 200
    assert [each.username for each in users()] == ["nora", "olive"]
    assert stale.post("/people", {"username": "rita", "role": "steward"}).status_code == 200


def test_a_young_proof_is_enough_and_looking_needs_none(stale: Client, signed_in: Client):
    assert stale.get("/people").status_code == 200
    assert stale.get("/tokens").status_code == 200
    BrowserSession.objects.update(proven_at=now() - PROOF_LIFE + timedelta(minutes=1))
    assert stale.post("/people", {"username": "nora", "role": "steward"}).status_code == 200


def test_guessing_the_password_of_an_open_session_is_limited(stale: Client):
    for _ in range(10):
        stale.post("/people", {"proof_password": "wrong"})
    assert "Too many failed attempts" in stale.post("/people", {"proof_password": PASSWORD}).text


def test_who_has_no_password_is_told_the_way(db):
    browser = Client()
    browser.force_login(add_user("ada", role="administrator", by="tests", at=now()))
    BrowserSession.objects.update(proven_at=now() - PROOF_LIFE)
    assert "customerfile sign-in-link" in browser.post("/people", {"username": "x", "role": "owner"}).text


def test_sessions_are_listed_and_ended(signed_in: Client, owner):
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    elsewhere = Client(REMOTE_ADDR="192.0.2.7", headers={"User-Agent": firefox})
    elsewhere.post("/sign-in", {"username": "olive", "password": PASSWORD})
    page = signed_in.get("/security").text
    assert ("Firefox on Windows" in page, "from 192.0.2.7, by password" in page) == (True, True)
    assert page.count('<span class="cf-tag cf-tag-good">here</span>') == 1
    there = BrowserSession.objects.get(address="192.0.2.7")
    assert "That session is ended." in signed_in.post(f"/security/sessions/{there.pk}/end", follow=True).text
    assert elsewhere.get("/customers").status_code == 302
    elsewhere.post("/sign-in", {"username": "olive", "password": PASSWORD})
    signed_in.post("/security/sessions/end-others")
    assert elsewhere.get("/customers").status_code == 302
    assert signed_in.get("/customers").status_code == 200


def test_nobody_ends_a_session_of_somebody_else(signed_in: Client):
    theirs = Client()
    theirs.force_login(add_user("nora", role="steward", by="tests", at=now()))
    for session in BrowserSession.objects.exclude(user__username="olive"):
        signed_in.post(f"/security/sessions/{session.pk}/end")
    assert theirs.get("/review").status_code == 200


def test_an_administrator_signs_somebody_out_everywhere(signed_in: Client):
    theirs = Client()
    theirs.force_login(add_user("nora", role="steward", by="tests", at=now()))
    assert "signed out everywhere" in signed_in.post("/people/nora/sessions/end", follow=True).text
    assert theirs.get("/review").status_code == 302


def test_a_new_password_ends_the_other_sessions_at_once(signed_in: Client, owner):
    elsewhere = Client()
    elsewhere.force_login(owner)
    assert signed_in.post("/password", {"password": "another long sentence"}).status_code == 302
    assert signed_in.get("/customers").status_code == 200
    assert elsewhere.get("/customers").status_code == 302
    assert "among those that are tried first" in signed_in.post("/password", {"password": "x" * 20}).text


def test_signing_out_takes_the_session_off_the_list(signed_in: Client):
    signed_in.post("/sign-out")
    assert BrowserSession.objects.count() == 0


def test_a_session_that_is_on_no_list_is_nobodys(signed_in: Client):
    BrowserSession.objects.all().delete()
    assert signed_in.get("/customers")["Location"].startswith("/sign-in")
    assert AuditEntry.objects.filter(code="access.sessions.ended").count() == 0


def test_strangers_do_not_keep_a_known_browser_out(client: Client, owner):
    client.post("/sign-in", {"username": "olive", "password": PASSWORD})
    client.post("/sign-out")
    stranger = Client()
    for _ in range(11):
        refused = stranger.post("/sign-in", {"username": "olive", "password": "wrong"})
    assert "Too many failed attempts" in refused.text
    assert client.post("/sign-in", {"username": "olive", "password": PASSWORD}).status_code == 302
    client.post("/sign-out")
    client.cookies["known_browser"] = client.cookies["known_browser"].value.replace(".", "x", 1)
    assert "Too many" in client.post("/sign-in", {"username": "olive", "password": PASSWORD}).text


def test_a_passkey_is_a_proof_and_somebody_elses_is_none(signed_in: Client, owner):
    here = {"Host": "localhost"}
    nora = add_user("nora", role="steward", by="tests", at=now())
    devices = []
    for user in (owner, nora):
        device = SoftPasskey("http://localhost", "localhost", credential_id=user.username.encode())
        asked = ask_for_new_passkey(user, site=LOCAL)
        answer = device.made(asked.options)
        add_passkey(user, Answer(answer, asked.challenge, LOCAL), name="x", at=now())
        devices.append(device)
    BrowserSession.objects.update(proven_at=now() - PROOF_LIFE)
    assert "Use a passkey" in signed_in.post("/people", {"username": "x"}, headers=here).text
    sent = {"username": "rita", "role": "steward"}
    for device, status in ((devices[1], 403), (devices[0], 200)):
        question = signed_in.post("/sign-in/passkey/question", headers=here).text
        proof = {"proof_passkey": device.used(question)}
        assert signed_in.post("/people", sent | proof, headers=here).status_code == status
    assert [each.username for each in users()] == ["nora", "olive", "rita"]


def test_a_passkey_signs_in_alone_and_its_answer_counts_once(client: Client, owner):
    here = {"Host": "localhost"}
    device, asked = SoftPasskey("http://localhost", "localhost"), ask_for_new_passkey(owner, site=LOCAL)
    answer = device.made(asked.options)
    add_passkey(owner, Answer(answer, asked.challenge, LOCAL), name="x", at=now())
    answer = device.used(client.post("/sign-in/passkey/question", headers=here).text)
    sent = {"passkey": answer, "next": "/customers"}
    assert client.post("/sign-in/passkey", sent, headers=here)["Location"] == "/customers"
    session = BrowserSession.objects.get()
    assert (session.way, session.second_factor) == ("passkey", True)
    client.post("/sign-out", headers=here)
    assert client.post("/sign-in/passkey", sent, headers=here).status_code == 403


@pytest.mark.parametrize("most", [1, 2])
def test_merging_and_splitting_many_records_asks(stale: Client, bring, most: int):
    """The limit is that of the judging rules, which the database keeps at ten and more."""
    bring(TWO)
    anna, ben = Customer.objects.order_by("id")
    address = reverse("merge", args=(anna.number, ben.number))
    mark = stale.get(address).context["found"].mark
    with patch("customerfile.web.proof.judging_rules", return_value=Rules(1, most)):
        merged = stale.post(address, {"mark": mark})
    assert (merged.status_code, ASKED in merged.text) == ((403, True) if most == 1 else (302, False))
    assert Customer.objects.filter(state="active").count() == (2 if most == 1 else 1)


def test_splitting_many_records_asks_and_goes_on_with_the_proof(stale: Client, bring):
    bring(TWO.replace("Ben,Okafor,ben", "Anna,Meyer,anna"))
    customer = Customer.objects.get(state="active")
    leaving = list(
        Link.objects.filter(customer=customer).order_by("record_id").values_list("record_id", flat=True)
    )[:1]
    address = reverse("split", args=(customer.number,))
    mark = stale.get(address, {"record": leaving}).context["found"].mark
    with patch("customerfile.web.proof.judging_rules", return_value=Rules(1, 0)):
        asked = stale.post(address, {"record": leaving, "mark": mark})
        assert (asked.status_code, ASKED in asked.text) == (403, True)
        done = stale.post(address, {"record": leaving, "mark": mark, "proof_password": PASSWORD})
    assert done.status_code == 302
    assert Customer.objects.filter(state="active").count() == 2
