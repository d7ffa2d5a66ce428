"""Bringing the server up on a data folder, however the last one ended."""

import time

from customerfile.embedded import process
from customerfile.embedded.account import Account
from customerfile.embedded.binaries import Binaries
from customerfile.embedded.cluster import data_argument, make_server_folder, run_as, write_settings
from customerfile.embedded.errors import EmbeddedFault, disk_full
from customerfile.embedded.home import Home, fresh_log
from customerfile.embedded.sockets import socket_folder
from customerfile.embedded.status import data_version

PATIENCE_SECONDS = 120  # for what a killed server left: a busy process ends when its statement does
RECOVERY_SECONDS = 3600  # reading the log back after a crash
START_LOG = "start.log"
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
        process.set_aside_stale_lock_files(home.data, folder)
        write_settings(home, account, binaries, folder)
        if _start_once(home, account, binaries):
            return str(folder)
        words = _last_words(home)
        if not any(sign in words for sign in STILL_HELD) or time.monotonic() > limit:
            raise _fault(home, words)
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
    with fresh_log(home, START_LOG) as output:
        return run_as(account, folder=home.data, command=command, output=output)


def _insist_on_version(home: Home, binaries: Binaries) -> None:
    written = data_version(home)
    brought = binaries.version().split(".")[0]
    if written != brought:
        raise EmbeddedFault(
            f"The database in {home.data} is of PostgreSQL {written}; this program brings {brought}.",
            f"Export with the Customerfile that brings PostgreSQL {written}, and import here in a new home.",
        )


def _last_words(home: Home) -> str:
    """Why the last start failed: said before the server opened its own log, else in that log."""
    logs = sorted(home.logs.glob("postgresql-*.log"), key=lambda path: path.stat().st_mtime)
    for path in (home.run / START_LOG, *logs[-1:]):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        fatal = [line for line in lines if "FATAL: " in line or "PANIC: " in line]
        if fatal:
            return fatal[-1].split(":  ", 1)[-1]
    return "it gave no reason"


def _fault(home: Home, words: str) -> EmbeddedFault:
    if "No space left on device" in words:
        return disk_full(home.path)
    return EmbeddedFault(
        f"The database server did not start: {words}.",
        f"See {home.run / START_LOG} and {home.logs}.",
    )
