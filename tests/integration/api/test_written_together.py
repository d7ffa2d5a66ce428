"""Calls of one source that come at the same time are written in one transaction, and told what they would be alone."""

import json
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest

from customerfile.embedded import SUPERUSER, Home, connection_to, home, status
from tests.integration.command import run
from tests.integration.serving import serving

pytestmark = pytest.mark.slow
_BUSY = 0x43_46_53  # class of the advisory locks on sources
MAY = ["--may", "deliveries.import", "--may", "deliveries.see"]
ALONE = ("Ada Winter", "Berta Kranz", "Carl Sommer", "Nora Herbst", "Emil Lenz", "Olga Sturm", "Finn Berg")
TOGETHER = (
    "Ines Vogel",
    "Karla Busch",
    "Ludwig Stein",
    "Martha Roth",
    "Otto Haas",
    "Paula Krug",
    "Rolf Tanner",
)
type Calls = list[tuple[list[dict[str, Any]], str | None]]


def _person(key: str, name: str, **more: object) -> dict[str, Any]:
    given, family = name.split()
    return {"key": key, "given_name": given, "family_name": family, **more}


def _before(names: Sequence[str]) -> list[dict[str, Any]]:
    return [_person("0", names[3]), _person("00", names[5])]


def _calls(names: Sequence[str]) -> Calls:
    """Records, and the key of the call: good and bad ones, changed and known ones, the same key twice."""
    return [
        ([_person("1", names[0])], "a"),
        ([_person("1", names[0])], "a"),
        ([_person("2", names[1], shoe_size=7)], "b"),
        ([_person("3", names[2], birth_date="32.13.1980")], "c"),
        ([_person("0", names[3], birth_date="1980-02-29")], None),  # changed
        ([{"given_name": "Dora"}, _person("4", names[4])], "d"),
        ([_person("00", names[5])], None),  # as it was
        ([_person("5", names[6])], "e"),
        ([_person("5", names[6], birth_date="1990-01-31")], "f"),  # the record of the call before
    ]


class Program:
    """A caller whose every call has a connection of its own."""

    def __init__(self, place: Home, address: str) -> None:
        made = run(place, "token", "add", "tests", *MAY, "--json")
        self._netloc = urlsplit(address).netloc
        self._headers = {
            "Host": "localhost",
            "Authorization": f"Bearer {json.loads(made.stdout)['secret']}",
            "Content-Type": "application/json",
        }

    def call(
        self, method: str, path: str, body: object = None, key: str | None = None
    ) -> tuple[int, Any, bool]:
        """Status, answer, and whether that was kept from before."""
        connection = HTTPConnection(self._netloc, timeout=60)
        headers = self._headers | ({"Idempotency-Key": key} if key else {})
        connection.request(method, f"/api/v1{path}", json.dumps(body), headers)
        answer = connection.getresponse()
        found = answer.status, json.loads(answer.read()), answer.headers["Idempotent-Replayed"] == "true"
        connection.close()
        return found

    def upsert(self, source: str, records: Sequence[object], key: str | None = None) -> tuple[int, Any, bool]:
        named = key and f"{source}-{key}"
        return self.call("POST", "/records", {"source": source, "records": records}, named)


@contextmanager
def _database(place: Home) -> Iterator[psycopg.Connection[Any]]:
    link = connection_to(place, status(place).socket, login=SUPERUSER)
    with psycopg.connect(link.conninfo, autocommit=True) as session:
        yield session


def _at_once(program: Program, place: Home, source: str, calls: Calls) -> list[tuple[int, Any, bool]]:
    """The calls come, in their order, while another program holds the source."""
    with _database(place) as session, ThreadPoolExecutor(len(calls)) as pool:
        (number,) = session.execute("SELECT id FROM source WHERE key = %s", (source,)).fetchone() or (0,)
        session.execute("SELECT pg_advisory_lock(%s, %s)", (_BUSY, number))
        sent = []
        for records, key in calls:
            sent.append(pool.submit(program.upsert, source, records, key))
            sleep(0.2)
        session.execute("SELECT pg_advisory_unlock_all()")
        return [each.result(60) for each in sent]


def _facts(answers: Sequence[tuple[int, Any, bool]]) -> list[object]:
    """What is told, but for the numbers that are given to everything new; in any order."""
    told = [
        (
            code,
            is_repeated,
            [body[name] for name in ("created", "updated", "unchanged", "rejected")],
            [
                (each["key"], each["outcome"], each["customer"] is not None, each["refused"])
                for each in body["results"]
            ],
        )
        for code, body, is_repeated in answers
    ]
    return sorted(told, key=repr)


def _written(place: Home, source: str) -> tuple[list[Any], list[Any], int]:
    """What is kept of a source: the counts of its deliveries, what was written down, how many transactions it took."""
    with _database(place) as session:
        deliveries = session.execute(
            "SELECT file_name, kind_as, detected::text, state, by, rows, created, updated, unchanged, rejected,"
            " customers_created, records_joined, customers_merged, value_faults, nobody_rows,"
            " (SELECT array_agg(key ORDER BY key) FROM record WHERE delivery_id = delivery.id),"
            " (SELECT array_agg((line, scope, key, field, reason)::text ORDER BY id) FROM reject"
            "  WHERE delivery_id = delivery.id),"
            " (SELECT array_agg((number, rows)::text) FROM delivery_chunk WHERE delivery_id = delivery.id)"
            " FROM delivery WHERE source_id = (SELECT id FROM source WHERE key = %s)",
            (source,),
        ).fetchall()
        entries = session.execute(
            "SELECT transaction, by, code, detail::text FROM audit_entry WHERE subject IN"
            " (SELECT 'delivery:' || id FROM delivery"
            "  WHERE source_id = (SELECT id FROM source WHERE key = %s))",
            (source,),
        ).fetchall()
    transactions = {transaction for transaction, *_ in entries}
    return sorted(deliveries, key=repr), sorted(rest for _, *rest in entries), len(transactions)


def test_calls_at_the_same_time_come_to_what_they_would_come_to_one_by_one(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    place = home(tmp_path / "home")
    with serving(place) as (_, link):
        program = Program(place, link)
        for source, names in (("alone", ALONE), ("together", TOGETHER)):
            assert program.upsert(source, _before(names))[0] == 200
        alone = [program.upsert("alone", records, key) for records, key in _calls(ALONE)]
        together = _at_once(program, place, "together", _calls(TOGETHER))
        assert _facts(together) == _facts(alone)
        again = [program.upsert("together", records, key) for records, key in _calls(TOGETHER) if key]
        told_first = [answer for answer, (_, key) in zip(together, _calls(TOGETHER), strict=True) if key]
        assert [answer[1] for answer in again] == [answer[1] for answer in told_first]
        assert all(answer[2] for answer in again)
        deliveries, entries, transactions = _written(place, "alone")
        deliveries_together, entries_together, transactions_together = _written(place, "together")
    assert deliveries_together == deliveries
    assert entries_together == entries
    assert transactions_together < transactions == len(entries)


def test_a_killed_server_has_kept_whatever_it_acknowledged(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    place = home(tmp_path / "home")
    acknowledged: list[dict[str, Any]] = []
    with serving(place) as (server, link):
        program, over = Program(place, link), Event()

        def send(thread: int) -> None:
            for number in count():
                record = _person(f"{thread}-{number}", f"Nora Winter{thread}x{number}")
                try:
                    code, _, _ = program.upsert("shop", [record])
                except (OSError, HTTPException):
                    return
                assert code == 200
                acknowledged.append(record)
                if len(acknowledged) >= 60:
                    over.set()

        with ThreadPoolExecutor(8) as pool:
            sending = [pool.submit(send, thread) for thread in range(8)]
            assert over.wait(120)
            for process in [*psutil.Process(server.pid).children(recursive=True), psutil.Process(server.pid)]:
                if "postgres" not in process.name():
                    os.kill(process.pid, signal.SIGKILL)
            for each in sending:
                each.result(60)
    with serving(place) as (_, link):
        told = Program(place, link).upsert("shop", acknowledged)[1]
    assert {each["outcome"] for each in told["results"]} == {"unchanged"}
