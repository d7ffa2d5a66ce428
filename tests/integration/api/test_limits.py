"""What is too much or cannot be read is refused in the one shape of errors, and nothing of it is done."""

import pytest
from django.test import Client

from customerfile.api import bearer
from customerfile.api.limits import WINDOW, CallCounter, TooManyCalls
from customerfile.sources.models import Delivery


def _post(client: Client, secret: str, body: bytes):
    headers = {"Authorization": f"Bearer {secret}"}
    return client.post("/api/v1/records", body, content_type="application/json", headers=headers)


@pytest.mark.parametrize(
    "body",
    [
        b"\xff{",
        b'{"source": "\xe9"}',
        b"[" * 10_000 + b"]" * 10_000,
        b'{"source": ' * 100_000,
        b'{"source": NaN}',
        b'{"source": "a\x00"}',
        b"1" * 5000,
        "{}".encode("utf-16"),
    ],
    ids=["bytes", "latin-1", "deep", "deep and cut", "NaN", "NUL", "long number", "utf-16"],
)
def test_a_body_that_cannot_be_read(client, token, body):
    answer = _post(client, token(), body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["remedy"].startswith("Send JSON in UTF-8")
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"x"', b"1", b'{"records": {}}'])
def test_a_body_of_another_shape(client, token, body):
    answer = _post(client, token(), body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["errors"]


def test_nesting_that_json_allows_is_still_no_value(client, token):
    deep = b'{"source": "shop", "records": [{"key": "1", "email": ' + b"[" * 900 + b"]" * 900 + b"}]}"
    assert _post(client, token(), deep).json()["results"][0]["outcome"] == "rejected"


def test_a_body_of_more_than_20_mb(client, token):
    answer = _post(client, token(), b'{"source": "' + b"x" * (21 << 20) + b'"}')
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:customerfile:problem:too-large")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/customers/search", {"q": "x", "colour": 1}),
        ("POST", "/customers/0000001X/merge", {"others": ["00000028"], "colour": 1}),
        ("POST", "/judgements", {"left": "a/1", "right": "b/1", "verdict": "match", "colour": 1}),
    ],
)
def test_unknown_fields_are_named(call, method, path, body):
    answer = call(method, path, body)
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["body.colour"]


@pytest.mark.parametrize(
    "path",
    [
        "/customers/%00",
        "/customers?after=%00",
        "/judgements?customer=%00",
        f"/deliveries/{2**63}",
        "/deliveries/-1",
    ],
)
def test_what_no_database_could_hold(call, path):
    assert call("GET", path).status_code == 422


def test_unknown_parameters_are_refused(call):
    answer = call("GET", "/customers?afer=1")
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:customerfile:problem:unknown-parameter")
    assert answer.json()["remedy"] == "This call takes only: after, before, limit."
    assert call("GET", "/definition?x=1").json()["remedy"] == "This call takes none."


def test_names_that_are_half_a_character(client, token):
    answer = _post(client, token(), b'{"source": "shop", "records": [{"key": "1"}], "\\ud800": 1}')
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:customerfile:problem:invalid-request")


def test_a_token_has_so_many_calls_a_minute(call, monkeypatch):
    monkeypatch.setattr(bearer, "calls", CallCounter(2))
    answers = [call("GET", "/judgements") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= WINDOW
    assert answers[2].json()["type"] == "urn:customerfile:problem:too-many-calls"


def test_calls_are_counted_by_token_and_minute():
    counter = CallCounter(1)
    counter.count(1, seconds=100.0)
    counter.count(2, seconds=100.0)
    with pytest.raises(TooManyCalls) as refused:
        counter.count(1, seconds=119.0)
    assert refused.value.retry_after == 1
    counter.count(1, seconds=120.0)
