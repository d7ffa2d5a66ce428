"""The server's lock file is read as it is, and set aside only when no server stands behind it."""

import os

import pytest

from customerfile.embedded import process
from customerfile.embedded.process import (
    LockFile,
    answering,
    is_alive,
    read_lock_file,
    set_aside_stale_lock_files,
)

LINES = "41\n/h/data\n1700000000\n5432\n/h/socket\n\n  1 2\nready   \n"


def test_the_lock_file_is_read(tmp_path):
    (tmp_path / "postmaster.pid").write_text(LINES)
    assert read_lock_file(tmp_path) == LockFile(pid=41, socket_folder="/h/socket", state="ready")


@pytest.mark.parametrize("text", ["", "\n", "x\n"])
def test_a_lock_file_in_the_making_is_none(tmp_path, text):
    (tmp_path / "postmaster.pid").write_text(text)
    assert read_lock_file(tmp_path) is None


def test_no_lock_file_is_none(tmp_path):
    assert read_lock_file(tmp_path) is None
    assert read_lock_file(tmp_path / "absent") is None


def test_a_lock_file_without_a_socket_does_not_answer(tmp_path):
    (tmp_path / "postmaster.pid").write_text(LINES.replace("/h/socket", str(tmp_path)))
    assert answering(tmp_path) is None


def test_a_lock_file_of_another_program_is_set_aside(tmp_path):
    (tmp_path / "postmaster.pid").write_text(LINES.replace("41", str(os.getpid()), 1))
    (tmp_path / ".s.PGSQL.5432.lock").write_text("1")
    set_aside_stale_lock_files(tmp_path, tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()
    assert (tmp_path / "postmaster.pid.stale").exists()
    assert (tmp_path / ".s.PGSQL.5432.lock.stale").exists()


def test_a_lock_file_stays_while_a_server_process_works_there(tmp_path, monkeypatch):
    (tmp_path / "postmaster.pid").write_text(LINES)
    monkeypatch.setattr(process, "server_processes", lambda data: [41])
    set_aside_stale_lock_files(tmp_path, tmp_path)
    assert (tmp_path / "postmaster.pid").read_text() == LINES


def test_a_process_is_alive_until_it_has_ended():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert not is_alive(child)  # a zombie
    os.waitpid(child, 0)
    assert not is_alive(child)
    assert is_alive(os.getpid())
