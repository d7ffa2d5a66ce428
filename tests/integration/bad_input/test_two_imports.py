"""Two imports at once: of one source the second is refused by name, of two sources both go in."""

import json
import signal
import time

import psycopg
import pytest

from customerfile.embedded import Home, connection_to, status
from tests.integration.command import run, start

pytestmark = pytest.mark.slow
HEAD = "id,first name,last name,email\n"


def test_a_second_import_of_a_source_is_refused_naming_the_first_which_goes_on(place, people, tmp_path):
    second = tmp_path / "second.csv"
    second.write_text(HEAD + "x1,Anna,Meyer,anna@example.org\n")
    first = start(place, "import", str(people), "--source", "crowd", "--country", "GB", "--json")
    delivery = _begun(place)
    first.send_signal(signal.SIGSTOP)
    try:
        refused = run(place, "import", str(second), "--source", "crowd", "--json")
    finally:
        first.send_signal(signal.SIGCONT)
    out, told = first.communicate(timeout=300)

    assert refused.returncode == 1
    assert f"delivery {delivery}, {people.name}" in " ".join(refused.stderr.split())
    assert "Wait until it is done" in " ".join(refused.stderr.split())
    assert first.returncode == 0, told
    assert json.loads(out)["delivery"] == delivery
    assert _adds_up(json.loads(out))
    assert run(place, "import", str(second), "--source", "crowd", "--json").returncode == 0


def test_imports_of_two_sources_at_once_both_go_in(place, people):
    both = [
        start(place, "import", str(people), "--source", source, "--country", "GB", "--json")
        for source in ("till", "web")
    ]
    ended = [importer.communicate(timeout=300) for importer in both]

    assert [importer.returncode for importer in both] == [0, 0], ended
    done = [json.loads(out) for out, _ in ended]
    assert all(map(_adds_up, done))
    assert done[0]["rows"] == done[1]["rows"] == done[0]["created"] == done[1]["created"]


def _begun(place: Home) -> int:
    """The number of the delivery under way, once it has begun."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        with psycopg.connect(connection_to(place, status(place).socket).conninfo) as connection:
            if connection.execute(
                "SELECT has_table_privilege(to_regclass('delivery'), 'SELECT')"
            ).fetchone() == (True,):
                found = connection.execute("SELECT id FROM delivery WHERE state = 'running'").fetchone()
                if found:
                    return int(found[0])
        time.sleep(0.05)
    raise AssertionError("the import did not begin")


def _adds_up(done: dict[str, int]) -> bool:
    return done["rows"] == sum(done[part] for part in ("created", "updated", "unchanged", "rejected"))
