"""A customer that was saved on the page is there after the server and its database were killed in the next moment."""

import re
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import psutil
import psycopg
import pytest

from customerfile.embedded import Home, connection_to, home, status, stop
from tests.integration.serving import serving

pytestmark = pytest.mark.slow
TYPED = {
    "given_name.1": "Nils",
    "family_name.1": "Aaberg",
    "email.1": "nils@example.org",
    "iban.1": "DE89370400440532013000",
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Home]:
    tmp_path.chmod(0o711)
    found = home(tmp_path / "home")
    yield found
    stop(found)


def test_what_was_said_to_be_saved_survives_a_kill(place: Home):
    with serving(place) as (server, link):
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        start = f"http://{urlsplit(link).netloc}"
        _send(browser, link, _form(browser, link))
        sent = _form(browser, f"{start}/customers/new") | TYPED | {"do": "save"}
        page = _send(browser, f"{start}/customers/new", sent)
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


def _form(browser: OpenerDirector, address: str) -> dict[str, str]:
    """What the last form of a page carries unseen."""
    page = browser.open(address).read().decode()
    body = page.rpartition("<form")[2]
    return dict(re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)"', body))


def _send(browser: OpenerDirector, address: str, fields: dict[str, str]) -> str:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    headers = {"Origin": origin, "Referer": address}
    return browser.open(Request(address, urlencode(fields).encode(), headers)).read().decode()


def _kill(server: int, place: Home) -> None:
    """The server and the database with all of their processes, those first that would start others."""
    postmaster = int((place.data / "postmaster.pid").read_text().split()[0])
    roots = [psutil.Process(server), psutil.Process(postmaster)]
    for each in [*roots, *(child for root in roots for child in root.children(recursive=True))]:
        each.kill()
