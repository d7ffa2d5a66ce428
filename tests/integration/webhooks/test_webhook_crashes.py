"""A server that is killed while it sends loses nothing; one that is told to stop does so while a receiver hangs."""

import subprocess
import threading
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from customerfile.embedded import Home, ensure_running, home, stop
from tests.factories.many_people import as_csv
from tests.integration.command import start
from tests.integration.serving import serving
from tests.integration.webhooks.receiver import receiving

pytestmark = pytest.mark.slow

ALLOWED = ("env", "CUSTOMERFILE_WEBHOOK_PRIVATE=127.0.0.0/8")


@pytest.fixture
def place(tmp_path: Path):
    tmp_path.chmod(0o711)
    place = home(tmp_path / "home", durable=False)
    yield place
    stop(place, "immediate")


def _run(place: Home, *arguments: str) -> None:
    process = start(place, *arguments, under=ALLOWED)
    told = process.communicate(timeout=120)
    assert process.returncode == 0, told


def _kill(server: "subprocess.Popen[str]") -> None:
    """With the process that serves its pages, which would go on."""
    parts = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
    for part in parts:
        if part.name() != "postgres":
            part.kill()
    server.wait(timeout=60)


def _until(happened, *, patience: float = 60) -> None:
    limit = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < limit, "it did not happen"
        time.sleep(0.05)


def _ask(place: Home, query: str) -> list[tuple]:
    with psycopg.connect(ensure_running(place).conninfo, autocommit=True) as connection:
        answer = connection.execute(query)
        return answer.fetchall() if answer.description else []


def _told(receiver) -> set[str]:
    created = (each.told for each in list(receiver.came) if each.told["type"] == "customer.created")
    return {item["number"] for told in created for item in told["data"]["customers"]}


def test_a_server_killed_while_it_sends_loses_nothing(place, tmp_path):
    let_go = threading.Event()

    def answering(came):
        let_go.wait(60)
        return 200, b"", {}

    file = tmp_path / "people.csv"
    file.write_text(as_csv(700), encoding="utf-8")
    with receiving(answering) as receiver:
        _run(
            place, "webhook", "add", receiver.url, "--type", "customer.created", "--type", "delivery.finished"
        )
        with serving(place, ALLOWED) as (server, _):
            _run(place, "import", str(file), "--source", "shop")
            _until(lambda: receiver.came)
            _kill(server)
        there = {number for (number,) in _ask(place, "SELECT number FROM customer WHERE state = 'active'")}
        assert _told(receiver) < there
        _ask(place, "UPDATE webhook_message SET next_at = now() WHERE state = 'waiting'")  # two minutes later
        let_go.set()
        with serving(place, ALLOWED):
            _until(lambda: _told(receiver) >= there and "delivery.finished" in receiver.types())
        assert _told(receiver) == there
        assert receiver.types().count("delivery.finished") == 1
        assert len({each.headers["webhook-id"] for each in receiver.came}) == len(receiver.came) - 1


def test_a_server_that_is_told_to_stop_waits_for_no_receiver(place, tmp_path):
    let_go = threading.Event()

    def answering(came):
        let_go.wait(60)
        return 200, b"", {}

    file = tmp_path / "people.csv"
    file.write_text(as_csv(10), encoding="utf-8")
    with receiving(answering) as receiver:
        _run(place, "webhook", "add", receiver.url, "--type", "customer.created")
        _run(place, "import", str(file), "--source", "shop")
        with serving(place, ALLOWED) as (server, _):
            _until(lambda: receiver.came)
            server.terminate()
            assert server.wait(timeout=12) == 0
        let_go.set()
