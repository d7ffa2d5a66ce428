"""SIGTERM to any command: it leaves in good order, and the database that it started is stopped."""

import signal
import time
from pathlib import Path

import pytest

from bench.make_people import write_people
from customerfile.embedded import home, status
from tests.integration.command import start

pytestmark = pytest.mark.slow


def test_an_import_that_is_told_to_end_stops_the_database_it_started(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    place = home(tmp_path / "home")
    write_people(tmp_path, rows=60_000, seed=5)
    importer = start(place, "import", str(tmp_path / "people_a.csv"), "--source", "crowd", "--json")
    limit = time.monotonic() + 60
    while not any(place.spool.iterdir()) and time.monotonic() < limit:
        time.sleep(0.05)
    importer.send_signal(signal.SIGTERM)
    out, told = importer.communicate(timeout=120)

    assert (importer.returncode, out) == (143, ""), told
    assert "Traceback" not in told
    assert not status(place).running
    assert list(place.spool.iterdir()) == []
