"""Single sign-on against a provider that runs beside the test: who comes in, who does not, and by the same rules."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPConnection
from time import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pyotp
import pytest
from django.test import Client

from customerfile.access.authenticator import add_app, new_app
from customerfile.access.models import BrowserSession, ProviderIdentity, User
from customerfile.access.oidc import provider_at
from customerfile.access.provider_settings import ProviderSettings
from customerfile.access.queries import users
from customerfile.access.second_factor import require_second_factor
from customerfile.access.sessions import PROOF_LIFE
from customerfile.access.users import add_user, set_active
from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now
from tests.factories.sign_in_provider import CLIENT, FOREIGN_KEY, SECRET, SmallProvider, small_provider

NORA = "nora@example.org"


@pytest.fixture
def provider(settings) -> Iterator[SmallProvider]:
    with small_provider(sub="n-1", email=NORA, email_verified=True) as found:
        settings.SIGN_IN_PROVIDER = ProviderSettings(
            issuer=found.issuer, client_id=CLIENT, client_secret=SECRET, label="Our login", name_claim="email",
            role_claim="", role_of={}, is_second_factor=False,
        )  # fmt: skip
        yield found
        provider_at.cache_clear()


@pytest.fixture
def nora(db) -> User:
    return add_user(NORA, role="steward", by="tests", at=now())


def _go(client: Client, provider: SmallProvider, onward: str = "/customers") -> str:
    """Off to the provider and let in there: the address back here."""
    there = client.get("/sign-in/provider", {"next": onward})["Location"]
    assert there.startswith(f"{provider.issuer}/authorize?")
    visit = HTTPConnection(urlsplit(there).netloc)
    visit.request("GET", there.removeprefix(provider.issuer))
    back = visit.getresponse().headers["Location"]
    visit.close()
    assert back.startswith("http://testserver/sign-in/provider/back?")
    return back


def _come(client: Client, provider: SmallProvider):
    return client.get(_go(client, provider))


def test_who_was_added_here_comes_in(client: Client, nora, provider):
    assert "Sign in with Our login" in client.get("/sign-in").text
    assert _come(client, provider)["Location"] == "/customers"
    assert client.get("/customers").status_code == 200
    session = BrowserSession.objects.get()
    assert (session.way, session.second_factor) == ("single sign-on", False)
    assert list(AuditEntry.objects.order_by("id").values_list("code", flat=True))[1:] == [
        "access.provider.linked",
        "access.user.signed_in",
    ]


def test_what_is_asked_for(client: Client, nora, provider):
    asked = parse_qs(urlsplit(client.get("/sign-in/provider")["Location"]).query)
    assert (asked["scope"], len(asked["code_challenge"][0])) == (["openid profile email"], 43)
    assert "prompt" not in asked


def test_who_was_not_added_does_not(client: Client, db, provider):
    answer = _come(client, provider)
    assert (answer.status_code, "nobody has let you in here" in answer.text) == (403, True)
    assert users() == ()


def test_who_is_disabled_does_not(client: Client, nora, provider):
    _come(client, provider)
    set_active(NORA, active=False, by="tests", at=now())
    assert _come(Client(), provider).status_code == 403
    assert client.get("/customers").status_code == 302


def test_a_subject_stays_who_it_was_and_nobody_takes_a_name_over(client: Client, nora, provider):
    _come(client, provider)
    provider.claims["email"] = "nora.new@example.org"
    assert _come(Client(), provider).status_code == 302
    provider.claims |= {"sub": "n-2", "email": NORA}
    assert _come(Client(), provider).status_code == 403
    assert ProviderIdentity.objects.get().subject == "n-1"


@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email_verified": "true"}, {"email": ""}, {"email": 7}]
)
def test_an_address_that_is_not_verified_is_no_name(client: Client, nora, provider, claims):
    provider.claims |= claims
    assert "did not say who you are" in _come(client, provider).text


def test_a_second_factor_of_ours_is_asked_for_unless_the_provider_saw_one(
    client: Client, nora, provider, settings
):
    app = new_app(nora)
    add_app(nora, sealed=app.sealed, code=pyotp.TOTP(app.secret).at(now()), by="tests", at=now())
    assert _come(client, provider)["Location"] == "/sign-in/second-factor"
    assert client.get("/customers").status_code == 302
    provider.claims["amr"] = ["pwd", "mfa"]
    assert _come(Client(), provider)["Location"] == "/customers"
    provider.claims["amr"] = "mfa"
    assert _come(Client(), provider)["Location"] == "/sign-in/second-factor"
    settings.SIGN_IN_PROVIDER = replace(settings.SIGN_IN_PROVIDER, is_second_factor=True)
    assert _come(Client(), provider)["Location"] == "/customers"


def test_who_needs_a_second_factor_and_did_not_prove_one_may_do_nothing(client: Client, nora, provider):
    require_second_factor(required=True, by="tests", at=now())
    _come(client, provider)
    assert client.get("/customers")["Location"] == "/security"
    provider.claims["amr"] = ["mfa"]
    again = Client()
    _come(again, provider)
    assert again.get("/customers").status_code == 200


def test_roles_follow_a_claim(client: Client, db, provider, settings):
    roles = {"boss": "administrator", "crm": "front-line"}
    settings.SIGN_IN_PROVIDER = replace(settings.SIGN_IN_PROVIDER, role_claim="groups", role_of=roles)
    for groups, status, role in (
        ([], 403, None),
        (None, 403, None),
        (["x", "crm"], 302, "front-line"),
        (["crm", "boss"], 302, "administrator"),
        ("crm", 302, "front-line"),
        (["x"], 403, "front-line"),
    ):
        provider.claims["groups"] = groups
        assert _come(Client(), provider).status_code == status
        assert [each.role for each in users()] == ([role] if role else [])


def test_an_owner_stays_one(client: Client, nora, provider, settings):
    User.objects.update(role="owner")
    settings.SIGN_IN_PROVIDER = replace(
        settings.SIGN_IN_PROVIDER, role_claim="groups", role_of={"crm": "front-line"}
    )
    provider.claims["groups"] = ["crm"]
    assert _come(client, provider).status_code == 302
    assert [each.role for each in users()] == ["owner"]


SPOILT = {
    "nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "issuer": {"iss": "https://elsewhere.example.org"},
    "audience": {"aud": "x"},
    "several audiences": {"aud": [CLIENT, "x"]},
    "expired": {"exp": int(time()) - 120},
    "not yet": {"iat": int(time()) + 86_400},
    "no subject": {"sub": None},
}


@pytest.mark.parametrize("wrong", SPOILT.values(), ids=SPOILT)
def test_what_the_provider_says_for_others_or_too_late_is_refused(client: Client, nora, provider, wrong):
    provider.spoil = lambda claims: {
        key: value for key, value in (claims | wrong).items() if value is not None
    }
    assert _come(client, provider).status_code == 403
    assert client.get("/customers").status_code == 302


def test_a_foreign_signature_and_none_at_all_are_refused(client: Client, nora, provider, monkeypatch):
    provider.key = FOREIGN_KEY
    assert "could not be verified" in _come(client, provider).text
    unsigned = jwt.encode(
        {"sub": "n-1", "iss": provider.issuer, "aud": CLIENT}, None, "none", headers={"kid": "1"}
    )
    monkeypatch.setattr(provider, "tokens", lambda *_: {"id_token": unsigned})
    assert "could not be verified" in _come(client, provider).text


def test_an_answer_counts_once_for_the_browser_that_asked(client: Client, nora, provider):
    back = _go(client, provider)
    assert Client().get(back).status_code == 403
    other = Client()
    _go(other, provider)
    assert "belongs to another attempt" in other.get(back).text
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403


def test_a_verifier_that_does_not_fit_gets_no_token(client: Client, nora, provider):
    back = _go(client, provider)
    for asked in provider.codes.values():
        asked["code_challenge"] = "x" * 43
    assert "did not accept us" in client.get(back).text


def test_an_attempt_ends_after_ten_minutes(client: Client, nora, provider):
    back = _go(client, provider)
    session = client.session
    kept = session["provider_attempt"]
    session["provider_attempt"] = kept | {"since": (now() - timedelta(minutes=11)).isoformat()}
    session.save()
    assert "has expired" in client.get(back).text


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://elsewhere.example.org"},
        {"token_endpoint": "http://example.org/"},
        {"jwks_uri": "file:///etc"},
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_refused(client: Client, db, provider, described):
    provider.described = described
    assert client.get("/sign-in/provider").status_code == 502


def test_a_provider_that_is_away_is_told_of(client: Client, db, provider, settings):
    settings.SIGN_IN_PROVIDER = replace(settings.SIGN_IN_PROVIDER, issuer="http://127.0.0.1:9")
    answer = client.get("/sign-in/provider")
    assert (answer.status_code, "cannot be reached" in answer.text) == (502, True)


def test_without_a_provider_there_is_no_such_way(client: Client, db, settings):
    settings.SIGN_IN_PROVIDER = None
    assert client.get("/sign-in/provider").status_code == 404
    assert "Our login" not in client.get("/sign-in").text


def test_it_leads_on_to_our_own_pages_only(client: Client, nora, provider):
    assert client.get(_go(client, provider, "https://example.org/"))["Location"] == "/"


def test_an_old_proof_is_made_young_by_signing_in_there_anew(client: Client, nora, provider):
    _come(client, provider)
    BrowserSession.objects.update(proven_at=now() - PROOF_LIFE)
    assert "Sign in anew with Our login" in client.get("/password").text
    provider.spoil = lambda claims: claims | {"auth_time": int(time()) - 3600}
    assert "did not ask for your login again" in client.get(_go(client, provider, "/password")).text
    provider.spoil = lambda claims: claims
    assert client.get(_go(client, provider, "/password"))["Location"] == "/password"
    assert client.get("/password").status_code == 200
    add_user("rita@example.org", role="read-only", by="tests", at=now())
    provider.claims |= {"sub": "r-1", "email": "rita@example.org"}
    assert "somebody else there than here" in client.get(_go(client, provider)).text
