"""Keeps the private copies of uploads in the spool, readable by this account alone, and removes those of no use."""

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from customerfile.embedded import Home
from customerfile.sources.uploads import forget_old_uploads, is_known_copy

LONGEST_NAME = 150
_UNCLAIMED = timedelta(hours=6)  # after which a copy without an upload was left by a request that broke off
_SEPARATORS = "/\\"


def stored_path(home: Home, stored: str) -> Path:
    """Where a copy lies. `stored` is a name that `new_copy` or `corrections_name` gave."""
    return upload_folder(home) / Path(stored).name


def upload_folder(home: Home) -> Path:
    """The folder of the copies, made where it is missing."""
    folder = home.spool / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def new_copy(folder: Path) -> tuple[str, BinaryIO]:
    """An empty private file to write to, and its name."""
    name = f"upload-{secrets.token_hex(12)}"
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    return name, os.fdopen(handle, "wb")


def corrections_name(delivery_id: int) -> str:
    """The name of the copy that holds what a delivery refused."""
    return f"corrections-{delivery_id}.csv"


def remove_copy(home: Home, stored: str) -> None:
    """Remove a copy; it may be gone already."""
    if stored:
        stored_path(home, stored).unlink(missing_ok=True)


def tidy_uploads(home: Home, *, at: datetime) -> None:
    """Remove what nobody touched for days, and copies that belong to no upload."""
    for stored in forget_old_uploads(at=at):
        remove_copy(home, stored)
    before = (at - _UNCLAIMED).timestamp()
    for path in upload_folder(home).iterdir():
        if path.stat().st_mtime < before and not is_known_copy(path.name):
            path.unlink(missing_ok=True)


def plain_name(given: str) -> str:
    """A file's name without folders and without characters that no name should have; its ending is kept."""
    for separator in _SEPARATORS:
        given = given.rpartition(separator)[2]
    name = "".join(each for each in given if each.isprintable()).strip() or "file"
    stem, dot, ending = name.rpartition(".")
    longest = LONGEST_NAME - len(dot + ending)
    return f"{stem[:longest]}{dot}{ending}" if stem and longest > 0 else name[:LONGEST_NAME]
