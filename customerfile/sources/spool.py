"""The private copy of a delivered file. What is imported is this copy, so nobody can change it half way
through.
"""

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from customerfile.base.told import told
from customerfile.sources.faults import DiskFull, EmptyFile, FileChanged, UnreadableFile

_BLOCK_BYTES = 1 << 20
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Spooled:
    path: Path  # readable by this user alone; the caller removes it when the delivery is done
    sha256: str  # of the bytes as delivered
    size: int
    original_name: str


def spool_file(path: Path, folder: Path) -> Spooled:
    """Copy `path` into `folder` (made private) while hashing it. Raises a ReadFault and leaves no partial
    copy.
    """
    with _opened(path) as source:
        before = os.fstat(source.fileno())
        _refuse_unless_regular(path, before)
        copy, digest, size = _copy(source, folder)
        try:
            _refuse_if_changed(path, before, size)
        except FileChanged:
            copy.unlink()
            raise
    return Spooled(copy, digest, size, path.name)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for a writer for ever.
        source = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0)
    except FileNotFoundError as error:
        raise UnreadableFile(
            told("There is no file {path}.", path=path), "Check the name and the folder."
        ) from error
    except OSError as error:
        raise UnreadableFile(
            told("{path} cannot be opened: {problem}.", path=path, problem=error.strerror),
            "Check its permissions.",
        ) from error
    with source:
        yield source


def _refuse_unless_regular(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(
            told("{path} is not an ordinary file.", path=path), "Save the data to a file and import that."
        )
    if status.st_size == 0:
        raise EmptyFile(
            told("{file} is empty.", file=path.name),
            "Export it again; an export of nothing often means a wrong filter.",
        )


def _copy(source: BinaryIO, folder: Path) -> tuple[Path, str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        with ExitStack() as unless_done:
            handle, name = tempfile.mkstemp(prefix="delivery-", dir=folder)
            unless_done.callback(Path(name).unlink, missing_ok=True)
            with os.fdopen(handle, "wb", buffering=0) as target:
                while block := source.read(_BLOCK_BYTES):
                    _write_all(target, block)
                    digest.update(block)
                    size += len(block)
                os.fsync(target.fileno())
            unless_done.pop_all()
    except OSError as error:
        raise _spool_fault(error, folder) from error
    return Path(name), digest.hexdigest(), size


def _write_all(target: BinaryIO, block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[target.write(view) :]


def _spool_fault(error: OSError, folder: Path) -> DiskFull | UnreadableFile:
    if error.errno in _NO_ROOM:
        return DiskFull(
            told("The disk that holds {folder} is full: the file could not be copied there.", folder=folder),
            "Free some space, or set CUSTOMERFILE_HOME to a larger disk; nothing was imported.",
        )
    return UnreadableFile(
        told("The file could not be copied to {folder}: {problem}.", folder=folder, problem=error.strerror),
        "Check that folder.",
    )


def _refuse_if_changed(path: Path, before: os.stat_result, copied: int) -> None:
    try:
        after = path.stat()
    except OSError:
        after = None
    was = (before.st_ino, before.st_size, before.st_mtime_ns)
    if after is None or was != (after.st_ino, after.st_size, after.st_mtime_ns) or copied != before.st_size:
        raise FileChanged(
            told("{file} changed while it was read.", file=path.name),
            "Wait until the program that writes it is done, then import again.",
        )
