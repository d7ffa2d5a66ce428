"""Coming in with a second factor by page, setting one up, and who is led there before anything else."""

import re

import pyotp
import pytest
from django.test import Client

from customerfile.access.authenticator import add_app, new_app
from customerfile.access.factors import factors_of
from customerfile.access.models import AuthenticatorApp, BrowserSession, Passkey, User
from customerfile.access.operations import issue_sign_in_link
from customerfile.access.recovery import make_recovery_codes
from customerfile.access.second_factor import require_second_factor
from customerfile.access.users import add_user
from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now

PASSWORD = "teapot lantern gravel"
BY = {"by": "tests"}


@pytest.fixture
def phone(owner) -> pyotp.TOTP:
    """The owner's authenticator app."""
    app = new_app(owner)
    made = pyotp.TOTP(app.secret)
    add_app(owner, sealed=app.sealed, code=made.at(now()), at=now(), **BY)
    AuthenticatorApp.objects.update(last_step=0)  # so that the code of this half minute may be used
    return made


def _first_step(client: Client, password: str = PASSWORD, onward: str = "/customers"):
    return client.post("/sign-in", {"username": "olive", "password": password, "next": onward})


def _code(phone: pyotp.TOTP) -> str:
    return phone.at(now())


def test_password_and_code_sign_in_and_lead_on(client: Client, phone):
    assert _first_step(client)["Location"] == "/sign-in/second-factor"
    assert client.get("/customers")["Location"].startswith("/sign-in?")
    assert "Code of your authenticator app" in client.get("/sign-in/second-factor").text
    assert client.post("/sign-in/second-factor", {"code": _code(phone)})["Location"] == "/customers"
    assert client.get("/customers").status_code == 200
    session = BrowserSession.objects.get()
    assert (session.way, session.second_factor) == ("password and code", True)
    entry = AuditEntry.objects.get(code="access.user.signed_in")
    assert entry.detail == {"way": "password and code", "second_factor": True}


def test_a_wrong_code_and_one_that_came_before_are_refused(client: Client, phone):
    _first_step(client)
    answer = client.post("/sign-in/second-factor", {"code": "000000"})
    assert (answer.status_code, "This code does not fit." in answer.text) == (403, True)
    code = _code(phone)
    assert client.post("/sign-in/second-factor", {"code": code}).status_code == 302
    again = Client()
    _first_step(again)
    assert again.post("/sign-in/second-factor", {"code": code}).status_code == 403


def test_a_recovery_code_lets_in_once(client: Client, owner, phone):
    code = make_recovery_codes(owner, at=now(), **BY)[0]
    _first_step(client)
    assert client.post("/sign-in/second-factor", {"code": code}).status_code == 302
    again = Client()
    _first_step(again)
    assert again.post("/sign-in/second-factor", {"code": code}).status_code == 403


def test_a_link_asks_for_the_second_factor_too(client: Client, phone):
    token = issue_sign_in_link(username="olive", at=now(), **BY)
    assert client.post(f"/sign-in/{token}")["Location"] == "/sign-in/second-factor"
    assert client.get("/customers").status_code == 302
    client.post("/sign-in/second-factor", {"code": _code(phone)})
    assert client.get("/customers").status_code == 200


def test_the_second_step_is_for_who_did_the_first(client: Client, phone, monkeypatch):
    assert client.get("/sign-in/second-factor")["Location"] == "/sign-in"
    assert client.post("/sign-in/second-factor", {"code": _code(phone)})["Location"] == "/sign-in"
    _first_step(client, "wrong")
    assert client.post("/sign-in/second-factor", {"code": _code(phone)})["Location"] == "/sign-in"
    _first_step(client)
    User.objects.update(is_active=False)
    assert client.post("/sign-in/second-factor", {"code": _code(phone)})["Location"] == "/sign-in"


@pytest.mark.parametrize(
    "sent", [{}, {"passkey": "x"}, {"passkey": "[]"}, {"passkey": "{}"}, {"passkey": "[" * 9999}]
)
@pytest.mark.parametrize("asked_first", [True, False])
@pytest.mark.parametrize("path", ["/sign-in/second-factor", "/sign-in/passkey"])
def test_what_is_no_passkey_is_refused(
    client: Client, phone, sent: dict[str, str], asked_first: bool, path: str
):
    _first_step(client)
    if asked_first:
        assert client.post("/sign-in/passkey/question").json()["userVerification"] == "required"
    assert client.post(path, sent, headers={"Host": "localhost"}).status_code == 403


def test_an_app_is_set_up_by_page_and_ends_other_sessions(signed_in: Client, owner):
    elsewhere = Client()
    elsewhere.force_login(owner)
    page = signed_in.get("/security/app").text
    assert re.search(r"<svg[^>]+square-code", page)
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page).group(1).replace(" ", "")
    assert secret in signed_in.get("/security/app").text.replace(" ", "")
    assert signed_in.post("/security/app", {"code": "000000"}).status_code == 422
    done = signed_in.post("/security/app", {"code": pyotp.TOTP(secret).at(now())}).text
    codes = re.findall(r"<code>([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</code>", done)
    assert len(codes) == 10
    assert signed_in.get("/customers").status_code == 200
    assert elsewhere.get("/customers").status_code == 302
    shown = signed_in.get("/security").text
    assert ("10 of 10 left" in shown, codes[0] in shown, secret in shown) == (True, False, False)
    assert secret not in str(list(AuditEntry.objects.values_list("detail", flat=True)))
    _first_step(elsewhere)
    assert elsewhere.post("/sign-in/second-factor", {"code": codes[0]}).status_code == 302


def test_an_app_is_removed_by_page(signed_in: Client, owner, phone):
    assert "is removed" in signed_in.post("/security/app/remove", follow=True).text
    assert not factors_of(owner).are_any
    assert "Set one up first" in signed_in.post("/security/recovery-codes", follow=True).text


def test_a_passkey_of_somebody_else_cannot_be_removed(signed_in: Client, db):
    nora = add_user("nora", role="steward", at=now(), **BY)
    theirs = Passkey.objects.create(
        user=nora, credential_id=b"1", credential=b"1", name="x", use_count=0, added_at=now()
    )
    signed_in.post(f"/security/passkeys/{theirs.pk}/remove")
    assert Passkey.objects.count() == 1


def test_passkeys_are_offered_only_where_a_browser_makes_them(signed_in: Client):
    assert (
        "open it as <strong>localhost</strong>"
        in signed_in.get("/security/passkeys", headers={"Host": "127.0.0.1:8000"}).text
    )
    assert (
        "What do you call it?" in signed_in.get("/security/passkeys", headers={"Host": "localhost:8000"}).text
    )


def test_who_has_to_have_a_second_factor_is_led_to_it_before_anything_else(signed_in: Client, owner):
    require_second_factor(required=True, at=now(), **BY)
    for path in (
        "/",
        "/customers",
        "/people",
        "/tokens",
        "/customers/0000001X/merge",
        "/review",
        "/activity",
    ):
        assert signed_in.get(path)["Location"] == "/security", path
        assert signed_in.post(path)["Location"] == "/security", path
    page = signed_in.get("/security").text
    assert "Your role asks for a second factor." in page
    secret = (
        re.search(r"<code>([A-Z2-7 ]+)</code>", signed_in.get("/security/app").text).group(1).replace(" ", "")
    )
    signed_in.post("/security/app", {"code": pyotp.TOTP(secret).at(now())})
    assert signed_in.get("/people").status_code == 200


def test_who_may_do_little_needs_none(db):
    require_second_factor(required=True, at=now(), **BY)
    browser = Client()
    browser.force_login(add_user("rita", role="read-only", at=now(), **BY))
    assert browser.get("/customers").status_code == 200


def test_the_page_of_people_says_it_and_turns_it_on(signed_in: Client, owner, phone):
    BrowserSession.objects.update(second_factor=True)
    assert "nobody has to" in signed_in.get("/people").text
    page = signed_in.post("/people-rules/second-factor", {"required": "yes"}, follow=True).text
    assert ("nobody has to" in page, "Ask for it no longer" in page) == (False, True)
    assert "second factor</span>" in page
    signed_in.post("/people-rules/second-factor", {"required": "no"})
    assert "nobody has to" in signed_in.get("/people").text


def test_an_administrator_helps_who_lost_theirs(signed_in: Client, owner):
    nora = add_user("nora", role="steward", at=now(), **BY)
    app = new_app(nora)
    add_app(nora, sealed=app.sealed, code=pyotp.TOTP(app.secret).at(now()), at=now(), **BY)
    theirs = Client()
    theirs.force_login(nora)
    assert (
        "has no second factor any more"
        in signed_in.post("/people/nora/second-factor/reset", follow=True).text
    )
    assert theirs.get("/review").status_code == 302
    assert not factors_of(nora).are_any
