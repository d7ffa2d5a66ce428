"""Locks between processes. The system drops them when a process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from customerfile.embedded.home import Home, give_to_owner


@contextmanager
def alone(home: Home, name: str) -> Iterator[None]:
    """Hold the named lock of this home by oneself; waits for whoever has it."""
    descriptor = _open(home.run / name, home)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class UseLock:
    """Counts the users of a home's server. Each holds it shared; the last to leave can take it alone."""

    def __init__(self, home: Home) -> None:
        self._descriptor = _open(home.run / "users.lock", home)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def is_last(self) -> bool:
        """True when nobody else uses the home; newcomers then wait until `leave`."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def leave(self) -> None:
        """Give up the lock."""
        os.close(self._descriptor)


def _open(path: Path, home: Home) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    give_to_owner(path, home)
    return descriptor
