"""`customerfile serve` as a whole: the pages are there, the link lets in once, and a signal leaves nothing behind."""

import re
import signal
import socket
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

import pytest

from customerfile.embedded import Home, home, status
from tests.integration.command import run, start
from tests.integration.serving import serving, status_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_and_its_database(tmp_path, sent):
    place = _place(tmp_path)
    with serving(place) as (server, link):
        assert (place.run / "serve.json").exists()
        assert status_of(link, "/sign-in") == 200
        server.send_signal(sent)
        assert server.wait(60) == 0

    assert not (place.run / "serve.json").exists()
    assert not status(place).running


def test_a_signal_while_the_server_still_loads_ends_it(tmp_path):
    place = _place(tmp_path)
    server = start(place, "serve", "--port", "0")
    assert any("/sign-in/" in line for line in server.stdout)  # told before the pages are loaded
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=60)
    assert not status(place).running


def test_the_link_signs_in_once(tmp_path):
    with serving(_place(tmp_path)) as (_, link):
        assert [_sign_in(link), _sign_in(link)] == ["/password", "refused"]


def test_a_taken_port_is_told_with_a_free_one(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(_place(tmp_path), "serve", "--port", str(port))

    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 is taken" in " ".join(done.stderr.split())
    assert f"--port {port + 1}" in " ".join(done.stderr.split())


def test_two_homes_are_served_side_by_side(tmp_path):
    with serving(_place(tmp_path / "one")) as (_, one), serving(_place(tmp_path / "two")) as (_, two):
        assert (status_of(one, "/sign-in"), status_of(two, "/sign-in")) == (200, 200)
        assert one != two


def _place(folder: Path) -> Home:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    return home(folder / "home")


def _sign_in(link: str) -> str:
    """The page that the link's button leads to, or "refused"."""
    browser = build_opener(HTTPCookieProcessor(), ProxyHandler({}))
    page = browser.open(link, timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    asked = Request(
        link, data=f"csrfmiddlewaretoken={token}".encode(), headers={"Origin": link.split("/sign-in")[0]}
    )
    try:
        return urlsplit(browser.open(asked, timeout=30).url).path
    except HTTPError as problem:
        return "refused" if problem.code == 403 else str(problem)
