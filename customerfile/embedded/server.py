"""Starting, stopping and using the embedded server of a home.

Whoever uses it says so (`running_server`); the last to leave stops it. Nobody else's server is ever touched.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from psycopg.conninfo import make_conninfo

from customerfile.embedded import cluster, database, process
from customerfile.embedded.account import server_account
from customerfile.embedded.binaries import find_binaries
from customerfile.embedded.errors import EmbeddedFault, fault_of
from customerfile.embedded.home import Home
from customerfile.embedded.locks import UseLock, alone
from customerfile.embedded.passwords import ROLES, SUPERUSER, make_passwords, password_of
from customerfile.embedded.sockets import remove_socket_folder
from customerfile.embedded.start import bring_up

START_LOCK = "start.lock"
SIGNALS = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}
STOP_SECONDS = 600  # a fast stop writes out the buffers first, which takes as long as the disk takes


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach the database of a home."""

    host: str  # the folder of the socket
    port: int
    dbname: str
    user: str
    password: str = field(repr=False)

    @property
    def conninfo(self) -> str:
        """As libpq takes it; holds the password."""
        return make_conninfo(
            host=self.host, port=self.port, dbname=self.dbname, user=self.user, password=self.password
        )


@contextmanager
def running_server(home: Home) -> Iterator[Connection]:
    """Use the home's server, started if need be; stopped at the end unless others use it."""
    lock = UseLock(home)
    try:
        yield ensure_running(home)
    finally:
        try:
            if lock.is_last():
                stop(home)
        finally:
            lock.leave()


def ensure_running(home: Home) -> Connection:
    """The connection to the home's server, started if need be. Several at once start it once."""
    found = _ready(home)
    if found is None:
        with alone(home, START_LOCK):
            found = _ready(home) or _start_or_explain(home)
    return connection_to(home, found)


def stop(home: Home, mode: str = "fast") -> bool:
    """Stop the home's server and wait until it is gone; False when it was not running."""
    with alone(home, START_LOCK):
        pid = process.postmaster(home.data)
        if pid is None:
            return False
        _signal(pid, SIGNALS[mode])
        _await_end(home, pid)
        remove_socket_folder(home)
    return True


def connection_to(home: Home, host: str, *, login: str = ROLES.application) -> Connection:
    """The connection of a role by way of the socket folder `host`. SUPERUSER is for maintenance and tests alone."""
    return Connection(host, process.PORT, database.DATABASE, login, password_of(home, login))


def _ready(home: Home) -> str | None:
    found = process.answering(home.data)
    return found.socket_folder if found is not None and database.is_prepared(home) else None


def _start_or_explain(home: Home) -> str:
    try:
        return _start(home)
    except OSError as problem:
        raise fault_of(problem, home.path) from problem


def _start(home: Home) -> str:
    account = server_account(home)
    binaries = find_binaries(home, account)
    if not home.data.exists():
        make_passwords(home, (SUPERUSER, *ROLES.logins))
        cluster.create_cluster(home, account, binaries)
    host = bring_up(home, account, binaries)
    if not database.is_prepared(home):
        database.prepare_database(home, account, host)
    return host


def _signal(pid: int, which: signal.Signals) -> None:
    try:
        os.kill(pid, which)
    except PermissionError as problem:
        raise EmbeddedFault(
            f"The database server (process {pid}) was started by another account.",
            "Stop it as that account, or as root.",
        ) from problem


def _await_end(home: Home, pid: int) -> None:
    limit = time.monotonic() + STOP_SECONDS
    while process.is_alive(pid):
        if time.monotonic() > limit:
            raise EmbeddedFault(
                f"The database server (process {pid}) has not stopped in {STOP_SECONDS} seconds.",
                f"Look at {home.logs}; it may still be writing to a slow disk. Try again later.",
            )
        time.sleep(0.01)
