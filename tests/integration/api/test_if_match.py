"""Calls that are done only while a customer is what its caller read."""

import pytest
from django.test import Client

from customerfile.customers.models import Customer
from customerfile.timeline.models import Event

ROSA = {"key": "17", "given_name": "Rosa", "family_name": "Lindner", "birth_date": "1980-02-29"}
EMIL = {"key": "18", "given_name": "Emil", "family_name": "Sommer"}


@pytest.fixture
def send(client: Client, token):
    """Call with headers; what it answers."""
    secret = token()

    def send(path, body, **headers):
        return client.post(
            f"/api/v1{path}",
            body,
            content_type="application/json",
            headers={
                "Authorization": f"Bearer {secret}",
                **{k.replace("_", "-"): v for k, v in headers.items()},
            },
        )

    return send


@pytest.fixture
def numbers(call) -> list[str]:
    """Two customers of the shop."""
    told = call("POST", "/records", {"source": "shop", "records": [ROSA, EMIL]}).json()
    return [each["customer"] for each in told["results"]]


def _tag(call, number):
    return call("GET", f"/customers/{number}")["ETag"]


def test_a_tag_is_of_the_customer_and_its_records(call, numbers):
    first = _tag(call, numbers[0])
    assert first[0] == first[-1] == '"'
    assert (_tag(call, numbers[0]), _tag(call, numbers[1]) == first) == (first, False)
    call("POST", f"/customers/{numbers[0]}/notes", {"text": "x"})
    assert _tag(call, numbers[0]) == first
    call("POST", "/records", {"source": "shop", "records": [ROSA | {"email": "rosa@example.org"}]})
    second = _tag(call, numbers[0])
    call("POST", "/records", {"source": "crm", "records": [ROSA | {"email": "rosa@example.org"}]})
    assert len({first, second, _tag(call, numbers[0])}) == 3


def test_what_was_decided_on_what_was_read_is_done(call, send, numbers):
    tag = _tag(call, numbers[0])
    assert send(f"/customers/{numbers[0]}/notes", {"text": "x"}, If_Match=tag).status_code == 200
    merged = send(f"/customers/{numbers[0]}/merge", {"others": [numbers[1]]}, If_Match=f'"other", {tag}')
    assert merged.json()["customers"] == [numbers[0]]
    split = send(f"/customers/{numbers[0]}/split", {"records": ["shop/18"]}, If_Match="*")
    assert len(split.json()["customers"]) == 2


@pytest.mark.parametrize(
    ("path", "body"),
    [("merge", {"others": ["OTHER"]}), ("split", {"records": ["shop/18"]}), ("notes", {"text": "x"})],
)
def test_nothing_is_done_to_what_changed_meanwhile(call, send, numbers, path, body):
    tag = _tag(call, numbers[0])
    call("POST", "/records", {"source": "shop", "records": [ROSA | {"email": "rosa@example.org"}]})
    body = {"others": [numbers[1]]} if path == "merge" else body
    told = send(f"/customers/{numbers[0]}/{path}", body, If_Match=tag)
    assert (told.status_code, told["Content-Type"]) == (412, "application/problem+json")
    assert told.json()["type"] == "urn:customerfile:problem:changed-meanwhile"
    assert (Event.objects.count(), Customer.objects.filter(state="active").count()) == (0, 2)
    assert call("GET", "/judgements?withdrawn=true").json() == []


def test_a_number_that_was_merged_away_is_not_what_was_read(call, send, numbers):
    tag = _tag(call, numbers[1])
    call("POST", f"/customers/{numbers[0]}/merge", {"others": [numbers[1]]})
    assert send(f"/customers/{numbers[1]}/notes", {"text": "x"}, If_Match=tag).status_code == 412


@pytest.mark.parametrize(
    ("header", "status"),
    [("tag", 422), ("", 422), ('"a" "b"', 422), ('W/"a"', 412), ('"a"', 412), ('""', 412)],
)
def test_tags_that_were_never_given(send, numbers, header, status):
    assert send(f"/customers/{numbers[0]}/notes", {"text": "x"}, If_Match=header).status_code == status


def test_a_weak_tag_promises_nothing(call, send, numbers):
    tag = "W/" + _tag(call, numbers[0])
    assert send(f"/customers/{numbers[0]}/notes", {"text": "x"}, If_Match=tag).status_code == 412


def test_nobody_is_unknown_whatever_the_tag(send, numbers):
    assert send("/customers/00000000/notes", {"text": "x"}, If_Match='"a"').status_code == 404


def test_a_repeated_call_is_answered_though_it_changed_the_customer_itself(call, send, numbers):
    headers = {"If_Match": _tag(call, numbers[0]), "Idempotency_Key": "one"}
    told = [send(f"/customers/{numbers[0]}/merge", {"others": [numbers[1]]}, **headers) for _ in range(2)]
    assert [each.status_code for each in told] == [200, 200]
    assert told[0].json() == told[1].json()
