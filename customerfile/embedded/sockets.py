"""The folder of the server's socket: in the home, or elsewhere if that is too long or out of reach."""

import hashlib
import os
import stat
from pathlib import Path

from customerfile.embedded.account import Account, may_enter
from customerfile.embedded.cluster import make_server_folder
from customerfile.embedded.errors import EmbeddedFault
from customerfile.embedded.home import Home
from customerfile.embedded.process import PORT

PATH_LIMIT = 107  # bytes that the system allows for the path of a socket


def socket_folder(home: Home, account: Account) -> Path:
    """The folder for this home's socket: made, closed to others, owned by the server's account."""
    folder = home.path / "socket"
    if not (fits(folder) and may_enter(account, home.path)):
        folder = _outside(home)
    make_server_folder(folder, account)
    _insist_it_is_ours(folder, account)
    return folder


def remove_socket_folder(home: Home) -> None:
    """Leave nothing outside the home once the server has stopped."""
    folder = _outside(home)
    if folder.is_dir():
        for left in folder.glob(".s.PGSQL.*.stale"):
            left.unlink()
        folder.rmdir()


def fits(folder: Path) -> bool:
    """Is the path of a socket in this folder short enough for the system?"""
    return len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= PATH_LIMIT


def _outside(home: Home) -> Path:
    """The same for every process of a home, whatever its environment says of temporary folders."""
    name = hashlib.sha256(os.fsencode(home.path)).hexdigest()[:16]
    is_root = os.geteuid() == 0
    place = Path("/run") if is_root and os.access("/run", os.W_OK) else Path("/tmp")  # noqa: S108 (see below)
    return place / f"customerfile-{name}"


def _insist_it_is_ours(folder: Path, account: Account) -> None:
    """In a folder that all may write to, somebody else could have put a folder or a link of that name."""
    facts = folder.lstat()
    private = stat.S_ISDIR(facts.st_mode) and stat.S_IMODE(facts.st_mode) == 0o700
    if not private or facts.st_uid != account.uid:
        raise EmbeddedFault(
            f"The folder for the database's socket, {folder}, belongs to somebody else or is open to others.",
            "Remove it, or choose a home with a shorter path with CUSTOMERFILE_HOME.",
        )
