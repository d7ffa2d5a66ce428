"""Who may call the interface, and how it says no."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from customerfile.access.errors import TokenNotPossible, TokenRefused
from customerfile.access.models import ApiToken, User
from customerfile.access.permissions import Permission
from customerfile.access.tokens import bearer_of, issue_token, revoke_token, tokens
from customerfile.api.bearer import BearerToken
from customerfile.api.interface import api
from customerfile.base.clock import now

OPERATIONS = list(api.operations())


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_every_endpoint_declares_its_permission(path, operation):
    (auth,) = operation.auth_callbacks
    assert isinstance(auth, BearerToken)
    assert auth.permission in Permission


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_no_endpoint_lets_in_without_a_token_or_with_others_permissions(
    client: Client, token, path, operation
):
    address = "/api/v1" + _address(path)
    for method in operation.methods:
        nobody = client.generic(method, address)
        assert (nobody.status_code, nobody["WWW-Authenticate"]) == (401, "Bearer")
        others = [each for each in Permission if each != operation.auth_callbacks[0].permission]
        answer = client.generic(method, address, headers={"Authorization": f"Bearer {token(*others)}"})
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:customerfile:problem:not-allowed")


def _address(path: str) -> str:
    return re.sub(r"{\w+}", "1", path)


def test_refusal_is_a_problem_with_a_remedy(client: Client, db):
    answer = client.get("/api/v1/customers/0000001X")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:customerfile:problem:no-token",
        "title": "No token",
        "status": 401,
        "detail": "This call needs a token.",
        "remedy": "Send a token: Authorization: Bearer cf_... Make one with: customerfile token add",
    }


def _ended(secret: str, how: str) -> None:
    if how == "revoked":
        revoke_token(tokens()[0].id, by="tests", at=now())
    elif how == "expired":
        ApiToken.objects.update(expires_at=now() - timedelta(seconds=1))
    else:
        User.objects.update(is_active=False)


@pytest.mark.parametrize("how", ["revoked", "expired", "its person may not come in any more"])
def test_token_that_ended_is_refused_at_the_next_call(client: Client, token: Callable[..., str], how: str):
    secret = token()
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/judgements", headers=headers).status_code == 200
    _ended(secret, how)
    answer = client.get("/api/v1/judgements", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:customerfile:problem:token-refused")


@pytest.mark.parametrize("secret", ["cf_wrong", "x" * 10_000, "é", ""])
def test_foreign_tokens_are_refused(client: Client, db, secret: str):
    answer = client.get(
        "/api/v1/judgements", headers={"Authorization": f"Bearer {secret}".encode().decode("latin-1")}
    )
    assert answer.status_code == 401


def test_a_secret_is_nowhere_in_the_database(token: Callable[..., str]):
    secret = token()
    (kept,) = ApiToken.objects.values()
    assert secret not in str(kept)
    assert secret.removeprefix("cf_") not in str(kept)


def test_use_is_noted_and_a_token_can_be_revoked_twice(token: Callable[..., str]):
    secret = token(Permission.JUDGE_PAIRS)
    assert tokens()[0].last_used_at is None
    at = now()
    bearer = bearer_of(secret, at=at)
    assert (bearer.username, bearer.permissions) == ("olive", {Permission.JUDGE_PAIRS})
    assert tokens()[0].last_used_at == at
    for _ in range(2):
        revoke_token(bearer.token, by="tests", at=at)
    with pytest.raises(TokenRefused):
        bearer_of(secret, at=at)


@pytest.mark.parametrize(
    ("name", "may", "days"),
    [(" ", Permission, 1), ("x", (), 1), ("x", Permission, 0), ("x", Permission, 500)],
)
def test_tokens_that_make_no_sense_are_refused(token, name, may, days):
    with pytest.raises(TokenNotPossible):
        issue_token(name, username="olive", permissions=set(may), life=timedelta(days=days), by="t", at=now())


def test_the_description_is_for_people_who_signed_in(client: Client, token):
    assert client.get("/api/v1/openapi.json").status_code == 302
    client.force_login(User.objects.get())
    found = client.get("/api/v1/openapi.json").json()
    assert found["openapi"] == "3.1.0"
