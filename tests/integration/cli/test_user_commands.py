"""Whoever runs a command acts under a name, with what that name may do; and no command forgets to ask."""

import json
import os

import psycopg
import pytest
import typer

from customerfile.access.permissions import Permission
from customerfile.cli.commands import command_line
from customerfile.cli.permissions import NEEDED, commands_of, hold_to_permissions
from customerfile.embedded import Home, home, running_server
from tests.integration.command import run, start


def test_every_command_says_what_it_needs():
    assert {path for path, _ in commands_of(command_line())} == set(NEEDED)


def test_a_command_that_says_nothing_cannot_be_registered():
    app = typer.Typer()
    app.command("planted")(lambda: None)
    with pytest.raises(KeyError, match="planted"):
        hold_to_permissions(app)


@pytest.mark.slow
def test_two_owners_cannot_both_step_down_at_once(tmp_path):
    tmp_path.chmod(0o711)
    place = home(tmp_path / "home", durable=False)
    with running_server(place):
        assert run(place, "user", "add", "nora", "--role", "owner").returncode == 0
        me = next(each for each in _users(place) if each != "nora")
        stepping = [start(place, "user", "role", name, "read-only") for name in (me, "nora")]
        ended = [process.communicate(timeout=300) and process.returncode for process in stepping]
        owners = [name for name, role in _users(place).items() if role == "owner"]
    assert sorted(ended) == [0, 1]
    assert len(owners) == 1


def _users(place: Home) -> dict[str, str]:
    """Name -> role."""
    with running_server(place) as server, psycopg.connect(server.conninfo) as database:
        return dict(database.execute("SELECT username, role FROM app_user").fetchall())


@pytest.mark.slow
def test_the_operator_acts_as_somebody(tmp_path, monkeypatch):
    tmp_path.chmod(0o711)
    place = home(tmp_path / "home")

    def as_(name: str, *arguments: str) -> tuple[int, str]:
        process = start(place, *arguments, under=["env", f"CUSTOMERFILE_USER={name}"])
        out, told = process.communicate(timeout=300)
        return process.returncode, out + " ".join(told.split())

    assert as_("olive", "user", "list")[0] == 0  # who comes first is the owner
    code, told = as_("nora", "find", "x")
    assert (code, "Nobody here is called nora." in told) == (1, True)
    assert "/sign-in/" in as_("olive", "user", "add", "nora", "--role", "read-only")[1]
    assert as_("nora", "find", "x")[0] in (0, 1)
    code, told = as_("nora", "user", "add", "eve", "--role", "owner")
    assert (code, "nora may not say who may come in and what they may do." in told) == (1, True)
    assert as_("nora", "sign-in-link", "olive")[0] == 1
    assert as_("olive", "role", "set", "read-only", "--may", Permission.MANAGE_USERS.value)[0] == 0
    assert [each["username"] for each in json.loads(as_("nora", "user", "--json")[1])] == ["nora", "olive"]
    assert as_("olive", "user", "disable", "nora")[0] == 0
    assert as_("nora", "user", "list")[0] == 1
    assert os.environ.get("CUSTOMERFILE_USER") is None
