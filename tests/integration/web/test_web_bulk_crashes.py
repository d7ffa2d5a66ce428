"""A change of many customers, killed with its server in the middle: the next one does the rest, each customer once."""

import time
from pathlib import Path

import psutil
import psycopg
import pytest

from customerfile.embedded import Home, connection_to, status
from tests.integration.command import run
from tests.integration.serving import serving
from tests.integration.visitor import Visitor, hidden

pytestmark = pytest.mark.slow
PATIENCE = 120
CUSTOMERS = 3000


def test_a_change_of_many_goes_on_after_a_kill(place: Home, tmp_path: Path):
    _bring(place, tmp_path)
    with serving(place, unheard=True) as (server, link):
        visitor = Visitor(link)
        token = {"csrfmiddlewaretoken": visitor.form("/customers")["csrfmiddlewaretoken"]}
        everybody = {"do": "all", "query": "", "shown": "", "back": "/customers"}
        visitor.send("/customer-list/selection", token | everybody)
        wish = {"field": "occupation", "way": "set", "value": "Pilot", "note": ""}
        _, _, preview = visitor.send("/customer-list/change", token | wish)
        status_code, _, _ = visitor.send("/customer-list/change", hidden(preview))
        assert status_code == 200
        _wait(place, lambda done: 0 < done < CUSTOMERS)
        _kill(server.pid, place)
    with serving(place):
        _wait(place, lambda done: done == CUSTOMERS)
        assert _asked(place, "SELECT state, attempts FROM bulk_change") == [("done", 2)]
        assert _asked(place, "SELECT outcome, count(*) FROM bulk_change_item GROUP BY 1") == [
            ("changed", CUSTOMERS)
        ]
        assert _asked(place, "SELECT golden->>'occupation', count(*) FROM customer GROUP BY 1") == [
            ("Pilot", CUSTOMERS)
        ]
        once = "SELECT count(*) FROM audit_entry WHERE code = %s"
        assert _asked(place, once, "customers.value.corrected") == [(CUSTOMERS,)]


def _bring(place: Home, folder: Path) -> None:
    people = folder / "people.csv"
    rows = (f"{at},Given{at},Family{at},Baker,p{at}@example.org" for at in range(CUSTOMERS))
    people.write_text("\n".join(["id,first name,last name,occupation,email", *rows, ""]))
    done = run(place, "import", str(people), "--source", "crowd", "--country", "GB")
    assert done.returncode == 0, done.stderr


def _kill(server: int, place: Home) -> None:
    """The server and the database with all of their processes, those first that would start others."""
    postmaster = int((place.data / "postmaster.pid").read_text().split()[0])
    roots = [psutil.Process(server), psutil.Process(postmaster)]
    for each in [*roots, *(child for root in roots for child in root.children(recursive=True))]:
        each.kill()


def _wait(place: Home, until) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if until(_looked_at(place)):
            return
        time.sleep(0.05)
    raise AssertionError(f"{_looked_at(place)} were changed")


def _looked_at(place: Home) -> int:
    return _asked(place, "SELECT count(*) FROM bulk_change_item WHERE outcome <> 'waiting'")[0][0]


def _asked(place: Home, sql: str, *values: str) -> list[tuple]:
    with psycopg.connect(connection_to(place, status(place).socket).conninfo) as session:
        return session.execute(sql, values).fetchall()
