"""`customerfile serve` in a process of its own, until the test is over."""

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

from customerfile.embedded import Home
from tests.integration.command import start


@contextmanager
def serving(
    place: Home, under: Sequence[str] = (), *, unheard: bool = False
) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A server that answers, and its sign-in link; `under` another command that runs it.

    `unheard` where it has much to complain of: once the pipe were full, it would wait for somebody to read.
    """
    stderr = subprocess.DEVNULL if unheard else subprocess.PIPE
    server = start(place, "serve", "--port", str(_free_port()), under=under, stderr=stderr)
    try:
        link = next(line.split()[-1] for line in server.stdout if "/sign-in/" in line)
        _wait_until_it_answers(server, link)
        yield server, link
    finally:
        if server.poll() is None:
            server.terminate()
        _, told = server.communicate(timeout=60)
        print(told or "")  # shown beside what a test failed of


def _wait_until_it_answers(server: "subprocess.Popen[str]", link: str) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit and server.poll() is None:
        try:
            status_of(link, "/sign-in")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")


def status_of(link: str, path: str) -> int:
    """The status of an answer of the server that a link leads to."""
    connection = HTTPConnection(urlsplit(link).netloc, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
