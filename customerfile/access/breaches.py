"""Looks a password up in a file of breached ones, such as Pwned Passwords as it is published: lines of a SHA-1 in
hexadecimal, a colon and a count, sorted. The file is tens of gigabytes; a look-up reads a few kilobytes of it.
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

from customerfile.access.errors import BreachListMissing
from customerfile.base.told import told

_DIGITS = 40
_LONGEST_LINE = 64


def is_breached(password: str, path: Path | None) -> bool:
    """Whether the file holds it; no file holds nothing. Raises BreachListMissing where the file cannot be read."""
    if path is None:
        return False
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    try:
        with path.open("rb") as file:
            return _holds(file, digest)
    except OSError as problem:
        raise BreachListMissing(
            told("The list of breached passwords cannot be read: {path}.", path=path),
            "Put it back, or correct CUSTOMERFILE_BREACHED_PASSWORDS.",
        ) from problem


def _holds(file: BinaryIO, digest: bytes) -> bool:
    """Binary search by byte: `low` begins a line; the line looked for begins at `low` or after, and before `high`."""
    low, high = 0, file.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        begin = _line_from(file, middle, low)
        file.seek(begin)
        line = file.readline(_LONGEST_LINE)
        found = line[:_DIGITS].upper()
        if found == digest:
            return True
        if begin >= high or found > digest or not line:
            high = middle
        else:
            low = begin + len(line)
    return False


def _line_from(file: BinaryIO, position: int, low: int) -> int:
    """Where the first line begins that begins at this position or after."""
    if position == low:
        return low
    file.seek(position - 1)
    return position - 1 + len(file.readline(_LONGEST_LINE))
