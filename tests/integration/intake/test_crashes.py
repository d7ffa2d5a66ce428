"""kill -9 of the importer or of the database at any moment; the same command again ends where a quiet run ends."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from bench.make_people import write_people
from customerfile.embedded import Home, connection_to, home, status, stop

pytestmark = pytest.mark.slow
ROWS = 24_000  # several chunks, and large enough for the second process


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file of invented people, of whom many come more than once."""
    folder = tmp_path_factory.mktemp("people")
    write_people(folder, rows=ROWS, seed=3)
    first, second = (folder / name for name in ("people_a.csv", "people_b.csv"))
    path = folder / "people.csv"
    path.write_text(first.read_text() + second.read_text().split("\n", 1)[1])
    return path


@pytest.fixture(scope="module")
def quiet(people: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What an undisturbed run comes to."""
    place = _place(tmp_path_factory.mktemp("quiet"))
    done = _run(place, "import", str(people), "--source", "crowd", "--country", "GB", "--json")
    assert done.returncode == 0, done.stderr
    return _state(place)


def test_killed_importers_end_where_a_quiet_run_ends(people, quiet, tmp_path):
    place = _place(tmp_path)
    for chunks in (1, 2, 3):
        _kill(_start_import(place, people), when=_Written(place, chunks))

    done = _run(place, "import", str(people), "--source", "crowd", "--country", "GB", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["resumed"] is True
    assert _state(place) == quiet


def test_a_killed_database_stops_the_importer_with_a_remedy_and_the_same_command_goes_on(
    people, quiet, tmp_path
):
    place = _place(tmp_path)
    importer = _start_import(place, people)
    _Written(place, 2).wait(importer)
    os.kill(int((place.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    _, told = importer.communicate(timeout=120)

    assert importer.returncode == 1
    assert "run the same command" in told
    done = _run(place, "import", str(people), "--source", "crowd", "--country", "GB", "--json")
    assert done.returncode == 0, done.stderr
    assert _state(place) == quiet


def _place(folder: Path) -> Home:
    folder.chmod(0o711)
    return home(folder / "home")


def _environment(place: Home) -> dict[str, str]:
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("CUSTOMERFILE_", "DJANGO_"))
    }
    return kept | {
        "CUSTOMERFILE_HOME": str(place.path),
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
    }


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "customerfile", *arguments]


def _run(place: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(*arguments),
        env=_environment(place),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def _start_import(place: Home, people: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        _command("import", str(people), "--source", "crowd", "--country", "GB", "--json"),
        env=_environment(place), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


class _Written:
    """The moment at which so many chunks are in the file."""

    def __init__(self, place: Home, chunks: int) -> None:
        self._place, self._chunks = place, chunks

    def wait(self, importer: subprocess.Popen[str]) -> None:
        while importer.poll() is None and self._count() < self._chunks:
            time.sleep(0.05)
        assert importer.poll() is None, "the import ended before it could be killed"

    def _count(self) -> int:
        found = status(self._place)
        if not found.running:
            return 0
        try:
            with psycopg.connect(connection_to(self._place, found.socket).conninfo) as connection:
                return connection.execute("SELECT count(*) FROM delivery_chunk").fetchone()[0]
        except psycopg.Error:
            return 0


def _kill(importer: subprocess.Popen[str], *, when: _Written) -> None:
    """kill -9 of the importer, with the process that reads for it."""
    when.wait(importer)
    family = psutil.Process(importer.pid).children(recursive=True)
    importer.kill()
    importer.communicate()
    for process in family:
        if process.is_running() and "postgres" not in process.name():
            process.kill()


def _state(place: Home) -> dict[str, object]:
    """Which records stand together, and what the golden records say; customer numbers may differ."""
    links, export = place.path / "links.csv", place.path / "export.jsonl"
    assert _run(place, "links", "--csv", str(links), "--reason", "to compare").returncode == 0
    assert _run(place, "export", str(export), "--reason", "to compare").returncode == 0
    deliveries = json.loads(_run(place, "deliveries", "--json").stdout)
    stop(place)
    groups: dict[str, list[str]] = {}
    with links.open() as file:
        for row in csv.DictReader(file):
            groups.setdefault(row["customer"], []).append(row["key"])
    golden = [json.loads(line) for line in export.read_text().splitlines()]
    told = ("rows", "created", "updated", "unchanged", "rejected", "customers_created", "records_joined")
    return {
        "groups": sorted(sorted(group) for group in groups.values()),
        "golden": sorted(
            json.dumps({k: v for k, v in one.items() if k not in ("number", "export_mark")}, sort_keys=True)
            for one in golden
        ),
        "deliveries": [{key: one[key] for key in told} for one in deliveries],
    }
