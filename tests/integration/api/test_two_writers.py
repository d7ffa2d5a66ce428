"""Two programs decide on the same customer at the same time: one of them is done, and the other one told."""

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

import pytest

from customerfile.embedded import home
from tests.integration.command import run
from tests.integration.serving import serving

pytestmark = pytest.mark.slow
RACES = 1000
MAY = [word for each in ("deliveries.import", "customers.see", "customers.merge") for word in ("--may", each)]
RECORDS = [
    {"key": "1", "given_name": "Nora", "family_name": "Winter", "birth_date": "1980-02-29"},
    {"key": "2", "given_name": "Emil", "family_name": "Sommer"},
]


class Program:
    """A caller with a connection of its own."""

    def __init__(self, address: str, token: str) -> None:
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def call(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, Any, str | None]:
        self._connection.request(
            method, f"/api/v1{path}", json.dumps(body), self._headers | {"Host": "localhost"} | headers
        )
        answer = self._connection.getresponse()
        return answer.status, json.loads(answer.read()), answer.headers["ETag"]


def _race(program: Program, *, number: str, act: tuple[str, object], meet: Barrier) -> tuple[int, Any]:
    """Read the customer, wait for the other one, act on what was read."""
    tag = program.call("GET", f"/customers/{number}")[2]
    meet.wait(60)
    status, told, _ = program.call("POST", f"/customers/{number}/{act[0]}", act[1], **{"If-Match": tag or ""})
    return status, told


def test_of_two_writers_one_is_done_and_every_act_is_in_the_history(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    place, meet = home(tmp_path / "home"), Barrier(2)
    token = json.loads(run(place, "token", "add", "two", *MAY, "--json").stdout)["secret"]
    acknowledged: list[tuple[int, str]] = []
    with serving(place, unheard=True) as (_, link), ThreadPoolExecutor(2) as pool:
        programs = [Program(link, token) for _ in range(2)]
        _, sent, _ = programs[0].call("POST", "/records", {"source": "shop", "records": RECORDS})
        number, other = (each["customer"] for each in sent["results"])
        for race in range(RACES):
            kind = "split" if race % 2 else "merge"
            act = (kind, {"records": ["shop/2"]} if race % 2 else {"others": [other]})
            told = list(pool.map(partial(_race, number=number, act=act, meet=meet), programs))
            assert sorted(status for status, _ in told) == [200, 412]
            (done,) = (answer for status, answer in told if status == 200)
            number, other = done["customers"][0], done["customers"][-1]
            acknowledged.append((done["act"], kind))
    stood = json.loads(run(place, "judgements", "--all", "--limit", "1000", "--json").stdout)
    assert sorted((each["id"], each["kind"]) for each in stood) == acknowledged
