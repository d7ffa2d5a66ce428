"""What can go wrong with the embedded server, told to the person at the keyboard."""

import errno
from pathlib import Path

from customerfile.base.errors import CustomerfileError


class EmbeddedFault(CustomerfileError):
    """The embedded server cannot be installed, started, stopped or reached. Always carries a remedy."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason, remedy)


def disk_full(path: Path) -> EmbeddedFault:
    """The disk that holds `path` has no room left."""
    return EmbeddedFault(
        f"The disk of {path} is full, so the database cannot start.",
        "Free some space and run the same command again; nothing that was saved is lost.",
    )


def fault_of(problem: OSError, path: Path) -> EmbeddedFault:
    """What the system refused while a home was made or its server started."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(path)
    return EmbeddedFault(
        f"The home folder {path} cannot be used: {problem.strerror or problem}.",
        "Run this as the account that owns the folder, or choose another folder with CUSTOMERFILE_HOME.",
    )
