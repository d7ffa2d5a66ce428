"""The connection breaks after a call was sent: sent again under its key, it has one effect and one reply."""

import json
import socket
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from time import sleep
from urllib.parse import urlsplit

import pytest

from customerfile.embedded import home
from tests.integration.command import run
from tests.integration.serving import serving

pytestmark = pytest.mark.slow
CALLS = 1000


def _body(number: int) -> bytes:
    person = {"key": str(number), "given_name": "Nora", "family_name": f"Winter {number}"}
    return json.dumps({"source": "shop", "records": [person]}).encode()


def _cut(address: str, headers: dict[str, str], body: bytes, *, after: float) -> None:
    """Send a call and go away without reading what it is answered."""
    server = urlsplit(address)
    with socket.create_connection((server.hostname, server.port), timeout=30) as line:
        head = [f"{name}: {value}" for name, value in {**headers, "Content-Length": str(len(body))}.items()]
        line.sendall("\r\n".join(["POST /api/v1/records HTTP/1.1", *head, "", ""]).encode() + body)
        sleep(after)


def _send(address: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
    """Until the first call, where it still is under way, has ended."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
    while True:
        connection.request("POST", "/api/v1/records", body, headers)
        answer = connection.getresponse()
        told = answer.status, answer.read()
        if told[0] != 409:
            connection.close()
            return told


def test_calls_whose_reply_was_cut_have_one_effect(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    place, dice = home(tmp_path / "home"), Random(4)
    secret = json.loads(run(place, "token", "add", "shop", "--may", "deliveries.import", "--json").stdout)[
        "secret"
    ]
    headers = {"Host": "localhost", "Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    with serving(place) as (_, link):
        for number in range(CALLS):
            keyed = headers | {"Idempotency-Key": f"call-{number}"}
            _cut(link, keyed, _body(number), after=dice.choice([0.0, 0.005, 0.02, 0.1]))
            first, again = _send(link, keyed, _body(number)), _send(link, keyed, _body(number))
            assert first == again
            assert json.loads(first[1])["results"][0]["outcome"] == "created"
    found = json.loads(run(place, "deliveries", "--limit", "1000", "--json").stdout)
    assert [each["created"] for each in found] == [1] * CALLS
