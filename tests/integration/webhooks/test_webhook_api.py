"""Webhooks through the interface, and their description."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.test import Client

from customerfile.access.models import ApiReply
from customerfile.access.operations import ensure_owner
from customerfile.access.permissions import Permission
from customerfile.access.tokens import issue_token
from customerfile.api.interface import api
from customerfile.base.clock import now
from customerfile.webhooks.messages import CHOOSABLE
from tests.integration.webhooks.conftest import send_all

NEW = {"url": "https://example.org/hooks", "types": ["customer.changed", "customer.created"]}


@pytest.fixture
def call(db):
    """Call the interface with a token that may manage webhooks; the status and what it says."""
    ensure_owner(username="olive", by="tests", at=now())
    may = {Permission.MANAGE_WEBHOOKS}
    made = issue_token("tests", username="olive", permissions=may, life=timedelta(days=1), by="t", at=now())

    def call(method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        answer = Client().generic(
            method,
            f"/api/v1/webhooks{path}",
            data=b"" if body is None else orjson.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {made.secret}"} | headers,
        )
        return answer.status_code, answer.json()

    return call


def test_an_endpoint_from_adding_to_removing(call):
    status, made = call("POST", "", NEW)
    assert (status, made["secret"][:6]) == (200, "whsec_")
    status, (listed,) = call("GET", "")
    assert (listed["id"], listed["url"], listed["state"]) == (made["id"], NEW["url"], "on")
    assert listed["types"] == ["customer.created", "customer.changed"]
    assert "secret" not in listed
    assert call("POST", f"/{made['id']}/secret")[1]["secret"] != made["secret"]
    assert call("POST", f"/{made['id']}/state", {"on": False}) == (
        200,
        {"endpoint": made["id"], "state": "off"},
    )
    assert call("POST", f"/{made['id']}/test")[0] == 409
    assert call("DELETE", f"/{made['id']}")[0] == 200
    assert call("DELETE", f"/{made['id']}")[0] == 404
    assert call("GET", "") == (200, [])


def test_a_test_is_sent_seen_and_sent_again(call, endpoint, receiver, sender, clock):
    made = endpoint(receiver.url)
    status, message = call("POST", f"/{made.id}/test")
    assert (status, message["state"], message["attempts"]) == (200, "waiting", [])
    clock.go(seconds=5)
    send_all(sender)
    (logged,) = call("GET", f"/messages?endpoint={made.id}&limit=5")[1]
    assert (logged["state"], logged["attempts"][0]["status"]) == ("sent", 200)
    assert call("POST", f"/messages/{message['id']}/resend")[1]["state"] == "waiting"
    assert call("GET", f"/messages?before={message['id']}") == (200, [])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"url": "https://10.0.0.1/", "types": ["customer.created"]}, 409),
        ({"url": "http://example.org/", "types": ["customer.created"]}, 409),
        ({"url": "ftp://example.org/", "types": ["customer.created"]}, 422),
        ({"url": "https://example.org/", "types": []}, 422),
        ({"url": "https://example.org/", "types": ["webhook.test"]}, 422),
        ({"url": "https://example.org/", "types": ["customer.erased"]}, 422),
    ],
)
def test_what_cannot_be_is_refused(call, body, status):
    assert call("POST", "", body)[0] == status
    assert call("GET", "") == (200, [])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/7"),
        ("POST", "/7/test"),
        ("POST", "/7/secret"),
        ("POST", "/messages/7/resend"),
        ("GET", "/messages?endpoint=7"),
    ],
)
def test_what_is_not_there(call, method, path):
    status, problem = call(method, path)
    assert (status, problem["type"].rpartition(":")[2]) in [
        (404, "unknown-endpoint"),
        (404, "unknown-message"),
    ]


def test_no_reply_that_is_kept_has_a_secret(call):
    assert call("POST", "", NEW, **{"Idempotency-Key": "one"})[0] == 200
    status, problem = call("POST", "", NEW, **{"Idempotency-Key": "one"})
    assert (status, problem["title"]) == (409, "Endpoint not possible")
    assert not ApiReply.objects.exists()


def test_every_type_is_described():
    described = api.get_openapi_schema()["webhooks"]
    assert sorted(described) == sorted(each.value for each in CHOOSABLE)
    for name, methods in described.items():
        body = methods["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert body["properties"]["type"] == {"const": name}
        headers = {each["name"] for each in methods["post"]["parameters"]}
        assert headers == {"webhook-id", "webhook-timestamp", "webhook-signature"}
