"""What the operating system knows of a server: its lock file, its processes, whether it answers.

A lock file is set aside only when no PostgreSQL process works in the data folder: what it names is gone,
dead, or something else altogether. A living server's lock file is never touched.
"""

import os
import socket
import struct
from dataclasses import dataclass
from pathlib import Path

import psutil

LOCK_FILE = "postmaster.pid"
PORT = 5432  # names the socket file; sockets of two homes lie in different folders
TLS_QUESTION = struct.pack(
    "!ii", 8, 80877103
)  # SSLRequest, the shortest question; on a socket the reply is N
REPLY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class LockFile:
    """The lines of postmaster.pid that matter here."""

    pid: int
    socket_folder: str
    state: str


def read_lock_file(data: Path) -> LockFile | None:
    """None where there is none, or where it is still being written."""
    try:
        lines = (data / LOCK_FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    if not lines or not lines[0].strip().isdigit():
        return None
    lines += [""] * 8
    return LockFile(pid=int(lines[0]), socket_folder=lines[4].strip(), state=lines[7].strip())


def answering(data: Path) -> LockFile | None:
    """The lock file of a server that takes connections now, else None. Takes a few milliseconds."""
    found = read_lock_file(data)
    if found is None or found.state != "ready" or not found.socket_folder:
        return None
    return found if _replies(f"{found.socket_folder}/.s.PGSQL.{PORT}") else None


def postmaster(data: Path) -> int | None:
    """The pid of the live server of this data folder, whether it takes connections or not."""
    found = read_lock_file(data)
    return found.pid if found is not None and found.pid in server_processes(data) else None


def server_processes(data: Path) -> list[int]:
    """Every living PostgreSQL process that works in this data folder: a server, or what a killed one left."""
    place = str(data.resolve())
    return [process.pid for process in psutil.process_iter() if _works_in(process, place)]


def set_aside_stale_lock_files(data: Path, socket_folder: Path) -> None:
    """Rename lock files that name no server of this folder. Call it while nobody starts one.

    PostgreSQL does so itself for a process that is gone, but not for a zombie or a number given anew.
    """
    for lock in (data / LOCK_FILE, socket_folder / f".s.PGSQL.{PORT}.lock"):
        if lock.exists() and not server_processes(data):
            os.replace(lock, lock.with_name(f"{lock.name}.stale"))


def _replies(path: str) -> bool:
    """Does a server reply here? A connection alone proves nothing: a dying one still has its socket open."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(REPLY_SECONDS)
        try:
            probe.connect(path)
            probe.sendall(TLS_QUESTION)
            return probe.recv(1) == b"N"
        except OSError:
            return False


def _works_in(process: psutil.Process, place: str) -> bool:
    try:
        return str(process.name()).startswith("postgres") and str(process.cwd()) == place
    except psutil.Error:  # gone meanwhile, a zombie, or another user's
        return False


def is_alive(pid: int) -> bool:
    """Is there such a process? A zombie is not one: it holds nothing and only waits to be buried."""
    try:
        return str(psutil.Process(pid).status()) != str(psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
