"""Writes a file whole or not at all: beside its place, readable by us alone, then moved there in one step."""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from customerfile.base.told import told
from customerfile.intake.errors import IntakeError


class ExportFault(IntakeError):
    """The file cannot be written; nothing was left behind, and an older file of that name is untouched."""


def nothing_more() -> None:
    """For files about which nothing has to be settled before they can be seen."""


@contextmanager
def written_whole(
    path: Path, *, mark: str = "", settle: Callable[[], None] = nothing_more
) -> Iterator[BinaryIO]:
    """A file to write to, put in its place at the end. Raises ExportFault where the disk or folder says no.

    `settle` is called when all is written and nothing can be seen yet: where it raises, no file appears. Whoever is
    killed on the way leaves `.NAME.MARK` behind.
    """
    draft = path.with_name(f".{path.name}.{mark or secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        settle()
        draft.replace(path)
    except OSError as problem:
        raise _fault(path, problem) from problem
    finally:
        with suppress(OSError):
            draft.unlink()


def _fault(path: Path, problem: OSError) -> ExportFault:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return ExportFault(
            told("The disk is full: {path} was not written.", path=path),
            "Free some space, or write it to another disk.",
        )
    if problem.errno in (errno.ENOENT, errno.ENOTDIR):
        return ExportFault(
            told("There is no folder {folder}.", folder=path.parent), "Make it first, or name another place."
        )
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ExportFault(
            told("{path} may not be written.", path=path), "Choose a folder that you may write to."
        )
    return ExportFault(
        told("{path} cannot be written: {problem}.", path=path, problem=problem.strerror or problem)
    )
