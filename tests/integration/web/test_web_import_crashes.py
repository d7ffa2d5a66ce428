"""An import begun on a page, killed again and again with the server: the next server goes on from the last chunk."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from bench.make_people import write_people
from customerfile.embedded import Home, connection_to, status
from tests.integration.command import run
from tests.integration.serving import serving

pytestmark = pytest.mark.slow
PATIENCE = 240


def test_a_killed_server_and_a_killed_import_cost_no_row(place: Home, tmp_path: Path):
    write_people(tmp_path, rows=24_000, seed=3)
    people = tmp_path / "people_a.csv"
    wanted = people.read_text().count("\n") - 1
    with serving(place) as (server, _):
        _ask_to_import(place, people)
        _wait(place, lambda chunks, state: chunks >= 1)
        _kill(_importers(server))
        _wait(place, lambda chunks, state: chunks >= 2)
        _kill([*_importers(server), *psutil.Process(server.pid).children(recursive=True)])
        server.kill()
    before = _chunks(place)
    with serving(place):
        _wait(place, lambda chunks, state: state == "finished")
        with psycopg.connect(connection_to(place, status(place).socket).conninfo) as session:
            told = session.execute("SELECT count(*), sum(created), sum(rows) FROM delivery").fetchone()
            records = session.execute("SELECT count(*) FROM record").fetchone()
            chunks = session.execute("SELECT count(*) FROM delivery_chunk").fetchone()[0]
    assert told == (1, wanted, wanted)
    assert records == (wanted,)
    assert chunks >= before >= 2


def _ask_to_import(place: Home, people: Path) -> None:
    """What the pages write when somebody has handed a file in and begins the import."""
    done = run(place, "import", str(people), "--source", "crowd", "--country", "GB", "--dry-run", "--json",
               "--save-mapping", str(people.with_suffix(".yaml")))  # fmt: skip
    assert done.returncode == 0, done.stderr
    folder = place.spool / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "upload-crowd").write_bytes(people.read_bytes())
    mapping = people.with_suffix(".yaml").read_text()
    with psycopg.connect(connection_to(place, status(place).socket).conninfo) as session:
        session.execute(
            "INSERT INTO upload (file_name, file_bytes, stored, options, detected, columns, rows, source_key,"
            " source_name, source_kind, country, kind_as, mapping, mapping_from, state, attempts, message, by,"
            " created_at, changed_at) VALUES ('people.csv', %s, 'upload-crowd', '{}', '{}', '[]', 24000, 'crowd',"
            " '', '', 'GB', 'customers', %s, 'proposed', 'importing', 0, '', 'olive', now(), now())",
            (people.stat().st_size, mapping),
        )


def _importers(server: "subprocess.Popen[str]") -> list[psutil.Process]:
    """The processes that import, with those that read for them."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        words = process.info["cmdline"] or []
        if "customerfile.cli.work_process" in words and process.is_running():
            is_ours = (process.info["environ"] or {}).get("CUSTOMERFILE_HOME") == _home_of(server)
            found += [process, *process.children(recursive=True)] if is_ours else []
    return found


def _home_of(server: "subprocess.Popen[str]") -> str:
    return psutil.Process(server.pid).environ()["CUSTOMERFILE_HOME"]


def _kill(processes: list[psutil.Process]) -> None:
    assert processes
    for process in processes:
        if process.is_running() and "postgres" not in process.name():
            os.kill(process.pid, signal.SIGKILL)


def _wait(place: Home, until) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        chunks, state = _progress(place)
        if until(chunks, state):
            return
        time.sleep(0.1)
    raise AssertionError(f"it came to {_progress(place)}")


def _chunks(place: Home) -> int:
    return _progress(place)[0]


def _progress(place: Home) -> tuple[int, str]:
    with psycopg.connect(connection_to(place, status(place).socket).conninfo) as session:
        chunks = session.execute("SELECT count(*) FROM delivery_chunk").fetchone()[0]
        state = session.execute("SELECT max(state) FROM delivery").fetchone()[0]
    return chunks, state or ""
