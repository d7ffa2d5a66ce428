"""Bringing the server up on a data folder, however the last one ended."""

import time
from pathlib import Path

from customerfile.embedded import process
from customerfile.embedded.account import Account
from customerfile.embedded.binaries import Binaries
from customerfile.embedded.cluster import data_argument, make_server_folder, run_as, write_settings
from customerfile.embedded.errors import EmbeddedFault
from customerfile.embedded.home import Home
from customerfile.embedded.sockets import socket_folder

PATIENCE_SECONDS = 120  # for what a killed server left: a busy process ends when its statement does
RECOVERY_SECONDS = 3600  # reading the log back after a crash
STILL_HELD = ("lock file", "shared memory block", "could not create shared memory")


def bring_up(home: Home, account: Account, binaries: Binaries) -> str:
    """Start the server, or wait for the one that is starting; the folder of its socket."""
    _insist_on_version(home, binaries)
    make_server_folder(home.logs, account)
    folder = socket_folder(home, account)
    limit, pause = time.monotonic() + PATIENCE_SECONDS, 0.1
    while True:
        there = _wait_for_others(home, limit)
        if there is not None:
            return there
        process.set_aside_stale_lock_file(home.data)
        write_settings(home, account, binaries, folder)
        if _start_once(home, account, binaries):
            return str(folder)
        if not _is_still_held(home) or time.monotonic() > limit:
            raise _fault(home)
        time.sleep(pause)
        pause = min(pause * 2, 5)


def _wait_for_others(home: Home, limit: float) -> str | None:
    """Wait while a server or its orphans end here. The socket folder, if one is ready instead."""
    while left := process.server_processes(home.data):
        found = process.answering(home.data)
        if found is not None:
            return found.socket_folder
        is_starting = process.postmaster(home.data) is not None
        if time.monotonic() > limit + (RECOVERY_SECONDS if is_starting else 0):
            raise EmbeddedFault(
                f"A stopped database server left processes behind that do not end: {left}.",
                f"Wait until they have finished, or end them: kill {' '.join(map(str, left))}",
            )
        time.sleep(0.05)
    return None


def _start_once(home: Home, account: Account, binaries: Binaries) -> bool:
    data = data_argument(account, home.data)
    command = [binaries.program("pg_ctl"), "start", "-D", data, "-s", "-w", "-t", str(RECOVERY_SECONDS)]
    with _start_log(home).open("wb") as output:
        return run_as(account, home.data, command, output.fileno()) == 0


def _insist_on_version(home: Home, binaries: Binaries) -> None:
    written = (home.data / "PG_VERSION").read_text(encoding="ascii").strip()
    brought = binaries.version().split(".")[0]
    if written != brought:
        raise EmbeddedFault(
            f"The database in {home.data} is of PostgreSQL {written}; this program brings {brought}.",
            f"Export with the Customerfile that brings PostgreSQL {written}, and import here in a new home.",
        )


def _start_log(home: Home) -> Path:
    return home.run / "start.log"


def _said(home: Home) -> str:
    """What the server said at its last start: before it opened its own log, and after."""
    logs = sorted(home.logs.glob("postgresql-*.log"), key=lambda path: path.stat().st_mtime)
    texts = [
        path.read_text(encoding="utf-8", errors="replace")[-4000:] for path in (*logs[-1:], _start_log(home))
    ]
    return "\n".join(texts)


def _is_still_held(home: Home) -> bool:
    text = _start_log(home).read_text(encoding="utf-8", errors="replace")
    return any(words in text for words in STILL_HELD)


def _fault(home: Home) -> EmbeddedFault:
    said = _said(home)
    fatal = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line]
    if "No space left on device" in said:
        return EmbeddedFault(
            f"The database cannot start because the disk of {home.path} is full.",
            "Free some space and try again; nothing that was saved is lost.",
        )
    return EmbeddedFault(
        f"The database server did not start: {fatal[-1] if fatal else 'it gave no reason'}",
        f"See {_start_log(home)} and {home.logs}.",
    )
