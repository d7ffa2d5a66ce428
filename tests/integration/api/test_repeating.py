"""A call that is repeated under its idempotency key is done once, whatever becomes of the reply on its way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client

from customerfile.access.models import ApiReply, ApiToken
from customerfile.access.replies import KEPT, digest_of, lock_of
from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now
from customerfile.sources.models import Delivery, Record

BODY = {"source": "shop", "records": [{"key": "17", "given_name": "Rosa", "family_name": "Lindner"}]}


@pytest.fixture
def keyed(client: Client, token: Callable[..., str]) -> Callable[..., Any]:
    """Call under a key."""
    whole = token()

    def keyed(
        key: str, body: object = BODY, *, path: str = "/records", method: str = "POST", secret: str = whole
    ):
        return client.generic(
            method,
            f"/api/v1{path}",
            data=orjson.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": key},
        )

    return keyed


def test_the_same_call_again_has_one_effect_and_the_same_reply(keyed):
    first, second = keyed("a"), keyed("a")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert first["Content-Type"] == second["Content-Type"]
    assert (first.get("Idempotent-Replayed"), second["Idempotent-Replayed"]) == (None, "true")
    assert Delivery.objects.count() == 1
    assert keyed("b").json()["results"][0]["outcome"] == "unchanged"


def test_a_key_with_another_request_is_refused(keyed):
    keyed("a")
    for other in (
        keyed("a", BODY | {"source": "crm"}),
        keyed("a", {}, path="/judgements/1", method="DELETE"),
    ):
        assert (other.status_code, other.json()["type"]) == (
            422,
            "urn:customerfile:problem:key-used-otherwise",
        )
    assert Delivery.objects.count() == 1


def test_a_key_counts_for_its_token_alone(keyed, token):
    keyed("a")
    assert keyed("a", BODY | {"source": "crm"}, secret=token()).status_code == 200
    assert Delivery.objects.count() == 2


def test_what_failed_is_not_kept(keyed):
    assert keyed("a", {"others": ["0000001X"]}, path="/customers/0000001X/merge").status_code == 404
    assert keyed("a", {"source": "shop"}).status_code == 422
    assert not ApiReply.objects.exists()
    assert keyed("a").status_code == 200


@pytest.mark.parametrize("key", ["", "k" * 256, "a b", "é"])
def test_keys_that_cannot_be_one(keyed, key):
    assert keyed(key).json()["type"] == "urn:customerfile:problem:key-not-possible"


def test_a_reply_is_forgotten_after_a_day(keyed):
    keyed("a")
    keyed("b")
    ApiReply.objects.update(created_at=now() - KEPT - timedelta(seconds=1))
    assert keyed("a").json()["results"][0]["outcome"] == "unchanged"
    assert ApiReply.objects.count() == 1


def test_merge_and_its_taking_back_once(keyed):
    people = [{"key": key, "given_name": "Ada", "family_name": f"Berg{key}"} for key in "12"]
    numbers = [each["customer"] for each in keyed("a", BODY | {"records": people}).json()["results"]]
    merged = [keyed("m", {"others": numbers[1:]}, path=f"/customers/{numbers[0]}/merge") for _ in range(2)]
    assert merged[0].content == merged[1].content
    act = merged[0].json()["act"]
    undone = [keyed("d", path=f"/judgements/{act}", method="DELETE") for _ in range(2)]
    assert [each.status_code for each in undone] == [200, 200]
    assert undone[0].content == undone[1].content
    assert AuditEntry.objects.filter(code="customers.customer.merged").count() == 1


def test_the_same_call_at_the_same_time_is_told_to_wait(keyed):
    number = ApiToken.objects.get().pk
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock_of(digest_of("a", token=number))])
        answer = keyed("a")
        cursor.execute("SELECT pg_advisory_unlock_all()")  # closing lets go only once the server notices
    other.close()
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:customerfile:problem:call-under-way")
    assert not Record.objects.exists()
    assert keyed("a").status_code == 200
