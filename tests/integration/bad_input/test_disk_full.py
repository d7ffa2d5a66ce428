"""A full disk under the database: the import stops in words, and the same command goes on once there is room."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from customerfile.embedded import Home, home, stop
from tests.integration.command import run

pytestmark = pytest.mark.slow
MIB = 1 << 20
NEARLY_NOTHING = 8 * MIB  # the database may not even start: it needs 16 for a new piece of its log
TOO_LITTLE = 24 * MIB  # enough for the database to go on, too little for the file


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk in memory that can grow."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or not _mount("-t", "tmpfs", "-o", "size=600m,mode=0711", "tmpfs", str(disk)):
        pytest.skip("only root can mount a small disk, and not in every container")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o011)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("left", [NEARLY_NOTHING, TOO_LITTLE], ids=["nearly nothing", "too little"])
def test_the_same_command_goes_on_once_there_is_room(small_disk, people, tmp_path, left: int):
    place = home(small_disk / "home")
    try:
        _first_delivery(place, tmp_path)
        _resize(small_disk, shutil.disk_usage(small_disk).used + people.stat().st_size + left)
        stopped = _import(place, people)
        _resize(small_disk, 2000 * MIB)
        done = _import(place, people)
        again = _import(place, people)
    finally:
        stop(place)

    assert stopped.returncode == 1
    assert "Traceback" not in stopped.stderr
    told = " ".join(stopped.stderr.split())
    assert "Free some space" in told, told
    assert "same command" in told, told
    assert done.returncode == 0, done.stderr
    first, second = json.loads(done.stdout), json.loads(again.stdout)
    assert second["unchanged"] == second["rows"]
    assert len(_keys(place)) == first["rows"] + 1


def _first_delivery(place: Home, folder: Path) -> None:
    path = folder / "first.csv"
    path.write_text("id,first name,last name,email\n1,Anna,Meyer,anna@example.org\n")
    assert run(place, "import", str(path), "--source", "first", "--json").returncode == 0


def _import(place: Home, people: Path) -> "subprocess.CompletedProcess[str]":
    return run(place, "import", str(people), "--source", "crowd", "--country", "GB", "--json")


def _keys(place: Home) -> set[tuple[str, str]]:
    """Every record that has a customer."""
    path = place.path / "links.csv"
    assert run(place, "links", "--csv", str(path), "--reason", "to compare").returncode == 0
    return {tuple(line.split(",")[:2]) for line in path.read_text().splitlines()[1:]}


def _resize(disk: Path, size: int) -> None:
    assert _mount("-o", f"remount,size={size}", str(disk))


def _mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
