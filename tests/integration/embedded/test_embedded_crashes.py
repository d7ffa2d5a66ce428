"""Whatever is killed, the home starts again with its data; whoever comes at once, it starts once."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from customerfile.embedded import (
    SUPERUSER,
    EmbeddedFault,
    Home,
    connection_to,
    ensure_running,
    home,
    running_server,
    status,
    stop,
)
from customerfile.embedded.process import server_processes

HOLD = """
import sys
from pathlib import Path
from customerfile.embedded import home, running_server, status
place = home(Path(sys.argv[1]), durable=False)
with running_server(place):
    print(status(place).pid, flush=True)
    sys.stdin.readline()
"""
AS_NOBODY = (
    "import codecs, os\ncodecs.lookup('ascii')\nos.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
)


def holder(place: Path, *, before: str = "") -> subprocess.Popen[str]:
    """A process that uses the home until it is told to leave."""
    code = HOLD.replace("place =", f"{before}\nplace =", 1)
    return subprocess.Popen(
        [sys.executable, "-c", code, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    )


def said(process: subprocess.Popen[str]) -> int:
    return int(process.stdout.readline())


def dismiss(process: subprocess.Popen[str]) -> int:
    process.communicate("go\n", timeout=60)
    return process.returncode


def superuser(place: Home) -> str:
    return connection_to(place, ensure_running(place).host, login=SUPERUSER).conninfo


def write_one(place: Home) -> None:
    with psycopg.connect(superuser(place), autocommit=True) as session:
        session.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        session.execute("INSERT INTO kept VALUES (1)")


def rows(place: Home) -> int:
    with psycopg.connect(superuser(place)) as session:
        return session.execute("SELECT count(*) FROM kept").fetchone()[0]


@pytest.mark.slow
def test_several_at_once_start_one_server(new_home):
    users = [holder(new_home.path) for _ in range(4)]
    pids = {said(user) for user in users}
    assert len(pids) == 1
    assert [dismiss(user) for user in users] == [0, 0, 0, 0]
    assert not status(new_home).running


def test_the_server_outlives_a_killed_user_and_goes_with_the_next(new_home):
    user = holder(new_home.path)
    pid = said(user)
    user.kill()
    user.communicate()
    with running_server(new_home):
        assert status(new_home).pid == pid
    assert not status(new_home).running


def test_a_killed_server_starts_again_with_its_data(spot):
    place = home(spot / "home")
    write_one(place)
    os.kill(status(place).pid, signal.SIGKILL)
    assert rows(place) == 1
    stop(place)


def test_a_killed_tree_starts_again_with_its_data(spot):
    place = home(spot / "home")
    for times in (1, 2, 3):
        write_one(place)
        for pid in server_processes(place.data):
            os.kill(pid, signal.SIGKILL)
        assert rows(place) == times
    stop(place)


@pytest.mark.slow
def test_a_start_waits_for_what_a_killed_server_left(spot):
    """A busy process outlives its server for as long as its statement runs, and holds its memory."""
    place = home(spot / "home")
    write_one(place)
    connection = psycopg.connect(ensure_running(place).conninfo, autocommit=True)
    busy = threading.Thread(target=run_until_cut_off, args=(connection,))
    busy.start()
    wait_until_busy(place)
    first = status(place).pid
    os.kill(first, signal.SIGKILL)
    assert rows(place) == 1
    assert status(place).pid != first
    busy.join()
    stop(place)


def run_until_cut_off(connection: psycopg.Connection) -> None:
    with suppress(psycopg.OperationalError):
        connection.execute("SELECT count(*) FROM generate_series(1, 20000000) AS n WHERE n = 0")


def wait_until_busy(place: Home) -> None:
    query = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series%'"
    with psycopg.connect(superuser(place), autocommit=True) as session:
        while session.execute(query).fetchone()[0] < 2:  # itself, and the busy one
            pass


def test_a_lock_file_of_another_program_does_not_stop_a_start(new_home):
    """After a restart of the machine its process number may belong to anybody."""
    write_one(new_home)
    lock = (new_home.data / "postmaster.pid").read_text()
    stop(new_home)
    parts = lock.split("\n", 1)
    (new_home.data / "postmaster.pid").write_text(f"{os.getpid()}\n{parts[1]}")
    assert rows(new_home) == 1


def test_a_full_disk_is_named_and_the_home_starts_again_with_room(open_folder):
    disk = open_folder / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400M,mode=0755", "none", disk], check=False
    ).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        fill_and_empty(disk)
    finally:
        subprocess.run(["umount", disk], check=True)


def fill_and_empty(disk: Path) -> None:
    place = home(disk / "home", durable=False)
    with running_server(place):
        pass
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
        while filler.write(b"x" * 65536):
            pass
    with pytest.raises(EmbeddedFault, match="full"):
        ensure_running(place)
    (disk / "filler").unlink()
    with running_server(place):
        assert status(place).running


def test_a_home_without_room_for_a_database_is_refused(new_home, monkeypatch):
    nearly_full = type(shutil.disk_usage("/"))(10**9, 10**9, 1024)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: nearly_full)
    with pytest.raises(EmbeddedFault, match="No room"):
        ensure_running(new_home)
    assert not new_home.data.exists()


def test_an_ordinary_user_has_a_home_too(programs_for_nobody, open_folder):
    place = open_folder / "home"
    place.mkdir()
    os.chown(place, 65534, 65534)
    user = holder(place, before=AS_NOBODY)
    pid = said(user)
    assert Path(f"/proc/{pid}").stat().st_uid == 65534
    assert {path.stat().st_uid for path in place.iterdir()} == {65534}
    assert dismiss(user) == 0


def test_root_in_the_home_of_an_ordinary_user_leaves_it_theirs(programs_for_nobody, open_folder):
    place = open_folder / "home"
    place.mkdir()
    os.chown(place, 65534, 65534)
    with running_server(home(place, durable=False)):
        assert Path(f"/proc/{status(home(place)).pid}").stat().st_uid == 65534
    user = holder(place, before=AS_NOBODY)
    assert said(user) > 1
    assert dismiss(user) == 0


@pytest.mark.slow
def test_root_with_programs_out_of_reach_runs_a_copy(open_folder, monkeypatch):
    if os.geteuid() != 0:
        pytest.skip("only root runs the server as somebody else")
    monkeypatch.delenv("CUSTOMERFILE_TEST_PG_BIN", raising=False)
    monkeypatch.setattr("customerfile.embedded.binaries.may_use", is_in(open_folder))
    with running_server(home(open_folder / "home", durable=False)):
        running = Path(f"/proc/{status(home(open_folder / 'home')).pid}/exe").resolve()
    assert open_folder / "home" / "programs" in running.parents


def is_in(folder: Path):
    return lambda account, path: folder in path.parents
