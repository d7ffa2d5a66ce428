"""Programs correct a customer at the same time, while sources deliver: one after the other, and none waits for ever."""

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest

from customerfile.embedded import home
from tests.integration.api.test_two_writers import Program
from tests.integration.command import run
from tests.integration.serving import serving

pytestmark = pytest.mark.slow
RACES = 60
MAY = [word for each in ("deliveries.import", "customers.see", "customers.write") for word in ("--may", each)]
OTHER_NORA = {"key": "2", "given_name": "Nora", "family_name": "Winter", "birth_date": "1991-07-30"}
NORA = {"key": "1", "given_name": "Nora", "family_name": "Winter", "birth_date": "1980-02-29"}


def _race(program: Program, value: str, *, number: str, meet: Barrier) -> int:
    tag = program.call("GET", f"/customers/{number}")[2]
    meet.wait(60)
    return _correct(program, value, number, **{"If-Match": tag or ""})


def _correct(program: Program, value: str, number: str, **headers: str) -> int:
    fields = {"email": [f"{value}@example.org"], "occupation": value}
    return program.call("PATCH", f"/customers/{number}", {"fields": fields}, **headers)[0]


def _deliver(program: Program, who: dict[str, str], over: Event) -> list[int]:
    """Send a record again and again, each time with another phone number."""
    told = []
    while not over.is_set():
        record = who | {"phone": f"+4420794601{len(told) % 100:02}", "email": "nora@example.org"}
        told.append(program.call("POST", "/records", {"source": "shop", "records": [record]})[0])
    return told


def test_every_acknowledged_correction_is_in_the_ledger(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    place, meet, over = home(tmp_path / "home"), Barrier(2), Event()
    token = json.loads(run(place, "token", "add", "two", *MAY, "--json").stdout)["secret"]
    with serving(place) as (_, link), ThreadPoolExecutor(3) as pool:
        programs: list[Any] = [Program(link, token) for _ in range(3)]
        sent = programs[0].call("POST", "/records", {"source": "shop", "records": [NORA]})[1]
        number = sent["results"][0]["customer"]
        delivered = pool.submit(_deliver, programs[2], OTHER_NORA, over)
        for race in range(RACES):
            values = [f"writer{race}", f"painter{race}"]
            told = list(pool.map(partial(_race, number=number, meet=meet), programs[:2], values))
            assert sorted(told) == [200, 412]
        over.set()
        assert set(delivered.result(60)) == {200}
        over.clear()
        delivered = pool.submit(_deliver, programs[2], NORA, over)
        for race in range(RACES):  # nobody asks what it was: the last word stands
            values = [f"baker{race}", f"printer{race}"]
            assert list(pool.map(partial(_correct, number=number), programs[:2], values)) == [200, 200]
        over.set()
        assert set(delivered.result(60)) == {200}
        whole = programs[0].call("GET", f"/customers/{number}")[1]
    done = json.loads(run(place, "audit", "show", "--limit", "1000", "--json").stdout)
    told = [each for each in done if "customers.value.corrected" in json.dumps(each)]
    assert len(told) == 2 * 3 * RACES
    assert {each["field"] for each in whole["customer"]["corrections"]} == {"email", "occupation"}
