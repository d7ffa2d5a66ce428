"""The private copy: exact, private, and absent whenever it could not be made whole."""

import hashlib
import os
import resource
import signal
from pathlib import Path

import pytest

from customerfile.sources import spool
from customerfile.sources.faults import DiskFull, EmptyFile, FileChanged, UnreadableFile
from customerfile.sources.spool import spool_file


def _given(tmp_path: Path, content: bytes = b"id\n1\n") -> Path:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    return path


def test_the_copy_is_exact_private_and_hashed(tmp_path: Path) -> None:
    spooled = spool_file(_given(tmp_path), tmp_path / "spool")
    assert spooled.path.read_bytes() == b"id\n1\n"
    assert spooled.sha256 == hashlib.sha256(b"id\n1\n").hexdigest()
    assert (spooled.size, spooled.original_name) == (5, "people.csv")
    assert spooled.path.stat().st_mode & 0o777 == 0o600
    assert spooled.path.parent.stat().st_mode & 0o777 == 0o700


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile, match=r"people\.csv is empty"):
        spool_file(_given(tmp_path, b""), tmp_path / "spool")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "absent.csv", tmp_path, tmp_path / "pipe"):
        with pytest.raises(UnreadableFile):
            spool_file(path, tmp_path / "spool")


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _given(tmp_path, b"x" * 100)
    write_all = spool._write_all

    def growing(target: object, block: bytes) -> None:
        write_all(target, block)  # type: ignore[arg-type]
        if path.stat().st_size == 100:
            path.write_bytes(b"y" * 200)

    monkeypatch.setattr(spool, "_write_all", growing)
    with pytest.raises(FileChanged, match="changed while it was read"):
        spool_file(path, tmp_path / "spool")
    assert list((tmp_path / "spool").iterdir()) == []


def test_a_file_replaced_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _given(tmp_path)
    write_all = spool._write_all

    def replacing(target: object, block: bytes) -> None:
        write_all(target, block)  # type: ignore[arg-type]
        (tmp_path / "new").write_bytes(b"id\n2\n")
        (tmp_path / "new").replace(path)

    monkeypatch.setattr(spool, "_write_all", replacing)
    with pytest.raises(FileChanged):
        spool_file(path, tmp_path / "spool")


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    path = _given(tmp_path, b"x" * 100_000)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(DiskFull, match="is full"):
            spool_file(path, tmp_path / "spool")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert list((tmp_path / "spool").iterdir()) == []
