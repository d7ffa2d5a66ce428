"""Every worker must compare by the very code of the machine that asks it; another version may decide otherwise."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import customerfile

_DECIDING = ("matching", "values")  # the rooms that a comparison takes part in
_KINDS = (".py", ".json", ".txt", ".yaml")


class OtherCode(RuntimeError):
    """Raised on a worker; the machine that asked puts it in words."""


@cache
def code_digest() -> str:
    """SHA-256 of all that decides a comparison."""
    root = Path(customerfile.__file__).parent
    digest = hashlib.sha256()
    for room in _DECIDING:
        for path in sorted(path for path in (root / room).rglob("*") if path.suffix in _KINDS):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def require_same_code(digest: str) -> None:
    """Raises OtherCode where this machine's differs."""
    if code_digest() != digest:
        raise OtherCode("a worker has another version of Customerfile")
