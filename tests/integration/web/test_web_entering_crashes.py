"""A customer that was saved on the page is there after the server and its database were killed in the next moment."""

import psutil
import psycopg
import pytest

from customerfile.embedded import Home, connection_to, status
from tests.integration.serving import serving
from tests.integration.visitor import Visitor

pytestmark = pytest.mark.slow
NEW = "/customers/new"
TYPED = {
    "given_name.1": "Nils",
    "family_name.1": "Aaberg",
    "email.1": "nils@example.org",
    "iban.1": "DE89370400440532013000",
}


def test_what_was_said_to_be_saved_survives_a_kill(place: Home):
    with serving(place) as (server, link):
        visitor = Visitor(link)
        _, _, page = visitor.send(NEW, visitor.form(NEW) | TYPED | {"do": "save"})
        _kill(server.pid, place)
    assert "Saved as customer" in page
    with serving(place), psycopg.connect(connection_to(place, status(place).socket).conninfo) as session:
        assert session.execute("SELECT display_name FROM customer").fetchall() == [("Nils Aaberg",)]
        assert session.execute("SELECT count(*) FROM sealed_value").fetchone() == (1,)
        assert session.execute("SELECT rows, created FROM delivery").fetchall() == [(1, 1)]
        told = session.execute(
            "SELECT count(*) FROM audit_entry WHERE code = 'intake.customer.added'"
        ).fetchone()
    assert told == (1,)


def _kill(server: int, place: Home) -> None:
    """The server and the database with all of their processes, those first that would start others."""
    postmaster = int((place.data / "postmaster.pid").read_text().split()[0])
    roots = [psutil.Process(server), psutil.Process(postmaster)]
    for each in [*roots, *(child for root in roots for child in root.children(recursive=True))]:
        each.kill()
