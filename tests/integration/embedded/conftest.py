"""Throw-away homes for the embedded server, and programs that any account can run."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from customerfile.embedded import Home, home, stop
from customerfile.embedded.account import Account
from customerfile.embedded.binaries import find_binaries

NOBODY = Account(uid=65534, gid=65534, other=True)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="customerfile-test-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def spot(tmp_path: Path, open_folder: Path) -> Path:
    """Where homes go: as root below closed folders, which PostgreSQL bears since version 16."""
    return open_folder if "CUSTOMERFILE_TEST_PG_BIN" in os.environ else tmp_path


@pytest.fixture
def new_home(spot: Path) -> Iterator[Home]:
    """A home of its own, its server stopped at the end."""
    place = home(spot / "home", durable=False)
    yield place
    stop(place, "immediate")


@pytest.fixture
def programs_for_nobody(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs where an ordinary account can run them. Only root can be another account."""
    if os.geteuid() != 0:
        pytest.skip("only root can run as somebody else")
    if "CUSTOMERFILE_TEST_PG_BIN" not in os.environ:
        found = find_binaries(home(open_folder / "programs"), NOBODY)
        monkeypatch.setenv("CUSTOMERFILE_TEST_PG_BIN", str(found.folder))
