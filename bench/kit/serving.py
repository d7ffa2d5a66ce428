"""The real server on a benchmark's home, in a process of its own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep

import psutil

from bench.kit.home import Ground, start_python

_STARTS_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """Where the server is."""

    port: int
    pid: int

    @property
    def resident_bytes(self) -> int:
        """What it and its children hold just now, without the database. Pages that they share are counted for each."""
        server = psutil.Process(self.pid)
        return sum(_resident(each) for each in (server, *server.children(recursive=True)))


@contextmanager
def serving(ground: Ground) -> Iterator[Served]:
    """The server, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = start_python(["-m", "customerfile", "serve", "--port", str(port)], ground)
    try:
        _wait_for(port)
        yield Served(port, server.pid)
    finally:
        server.terminate()
        server.communicate()


def _wait_for(port: int) -> None:
    limit = monotonic() + _STARTS_WITHIN
    while monotonic() < limit:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.2)
        else:
            return
    raise SystemExit("The server did not start.")


def _resident(process: psutil.Process) -> int:
    try:
        return 0 if process.name().startswith("postgres") else int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
