"""A home is private, its folders are made once, and another account's home is refused with a remedy."""

import os
import stat
from pathlib import Path

import pytest

from customerfile.embedded import account
from customerfile.embedded.account import Account, may_enter, may_use, server_account
from customerfile.embedded.errors import EmbeddedFault, fault_of
from customerfile.embedded.files import write_whole
from customerfile.embedded.home import OWN_FOLDERS, Home, home, home_path
from customerfile.embedded.locks import UseLock, alone
from customerfile.embedded.passwords import make_passwords, password_of
from customerfile.embedded.sockets import fits

IS_ROOT = os.geteuid() == 0
STRANGER = Account(uid=65534, gid=65534, other=True)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_environment_names_the_home(monkeypatch, tmp_path):
    monkeypatch.setenv("CUSTOMERFILE_HOME", str(tmp_path / "a"))
    assert home_path() == tmp_path / "a"


def test_without_environment_the_home_is_the_users_own(monkeypatch):
    monkeypatch.delenv("CUSTOMERFILE_HOME", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert home_path().parts[-3:] == (".local", "share", "customerfile")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert home_path() == Path("/var/lib/customerfile")


def test_folders_are_closed_to_others(tmp_path):
    place = home(tmp_path / "h")
    assert {mode(place.path / name) for name in OWN_FOLDERS} == {0o700}
    assert mode(place.path) == (0o711 if IS_ROOT else 0o700)


def test_an_existing_home_is_left_as_it_is(tmp_path):
    place = home(tmp_path)
    (place.secrets / "kept").write_text("x")
    assert (home(tmp_path).secrets / "kept").read_text() == "x"


def test_a_home_that_cannot_be_is_refused_with_a_remedy(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedFault) as caught:
        home(tmp_path / "file" / "h")
    assert "CUSTOMERFILE_HOME" in caught.value.remedy


def test_a_full_disk_is_told_apart():
    assert "full" in fault_of(OSError(28, "No space left on device"), Path("/h")).reason
    assert "Permission denied" in fault_of(PermissionError(13, "Permission denied"), Path("/h")).reason


def test_a_file_is_written_whole_and_private(tmp_path):
    write_whole(tmp_path / "a", "one")
    write_whole(tmp_path / "a", "two")
    assert (tmp_path / "a").read_text() == "two"
    assert mode(tmp_path / "a") == 0o600
    assert os.listdir(tmp_path) == ["a"]


def test_a_write_that_fails_leaves_the_old_text_and_no_draft(tmp_path, monkeypatch):
    write_whole(tmp_path / "a", "one")
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "a", "two")
    assert os.listdir(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text() == "one"


def no_space(descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def test_writing_replaces_a_link_and_never_follows_it(tmp_path):
    (tmp_path / "elsewhere").write_text("kept")
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    write_whole(tmp_path / "a", "new")
    assert (tmp_path / "elsewhere").read_text() == "kept"


def test_passwords_are_made_once_and_differ(tmp_path):
    place = home(tmp_path)
    logins = ("postgres", "customerfile_application")
    make_passwords(place, logins)
    first = [password_of(place, each) for each in logins]
    make_passwords(place, logins)
    assert [password_of(place, each) for each in logins] == first
    assert first[0] != first[1]
    assert mode(place.secrets / "postgres.password") == 0o600


def test_a_lost_password_has_a_remedy(tmp_path):
    with pytest.raises(EmbeddedFault) as caught:
        password_of(home(tmp_path), "postgres")
    assert "backup" in caught.value.remedy


def test_only_the_last_user_may_stop_the_server(tmp_path):
    place = home(tmp_path)
    first, second = UseLock(place), UseLock(place)
    assert not first.is_last()
    first.leave()
    assert second.is_last()
    second.leave()


def test_a_lock_is_free_again_after_its_holder(tmp_path):
    place = home(tmp_path)
    with alone(place, "x.lock"):
        pass
    with alone(place, "x.lock"):
        assert mode(place.run / "x.lock") == 0o600


@pytest.mark.parametrize(("length", "expected"), [(93, True), (94, False)])
def test_a_socket_path_has_107_bytes(length, expected):
    assert fits(Path("/" + "x" * (length - 1))) is expected


def test_a_closed_folder_stops_another_account(tmp_path):
    tmp_path.chmod(0o700)
    (tmp_path / "in").mkdir(mode=0o755)
    assert not may_enter(STRANGER, tmp_path / "in")
    assert not may_use(STRANGER, tmp_path / "in")
    assert may_enter(STRANGER, Path("/"))
    assert may_use(Account(os.geteuid(), os.getegid(), other=False), tmp_path / "in")


def test_an_ordinary_user_runs_the_server_as_themselves(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert server_account(Home(tmp_path)) == Account(1000, os.getegid(), other=False)


@pytest.mark.skipif(not IS_ROOT, reason="only root can give folders away")
def test_root_runs_it_as_the_owner_of_the_data_or_the_home(tmp_path):
    os.chown(tmp_path, 65534, 65534)
    assert server_account(Home(tmp_path)) == STRANGER
    (tmp_path / "data").mkdir()
    os.chown(tmp_path / "data", 1234, 1235)
    assert server_account(Home(tmp_path)) == Account(1234, 1235, other=True)


@pytest.mark.skipif(not IS_ROOT, reason="only root's data can belong to root")
def test_data_that_root_owns_is_refused_with_the_command_that_helps(tmp_path):
    (tmp_path / "data").mkdir()
    with pytest.raises(EmbeddedFault) as caught:
        server_account(Home(tmp_path))
    assert "chown" in caught.value.remedy


@pytest.mark.skipif(not IS_ROOT, reason="only root needs another account")
def test_without_a_way_to_make_an_account_nobody_serves(tmp_path, monkeypatch):
    monkeypatch.setattr(account, "ACCOUNT", "no-such-account")
    monkeypatch.setattr(account.shutil, "which", lambda name, path: None)
    assert server_account(Home(tmp_path)).uid == 65534
