"""One login may own all of one's own server, as before; once the printed script has run, five roles part its rights.

Homes from before there were roles are brought over when they start.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from customerfile.base.database_roles import DatabaseRoles, roles_script
from customerfile.embedded import (
    ROLES,
    SUPERUSER,
    Connection,
    Home,
    connection_to,
    ensure_running,
    stop,
    throw_away_home,
)
from tests.integration.command import run
from tests.integration.database_roles.conftest import PEOPLE, SALES

OLDEST = Path("/usr/lib/postgresql/15/bin")
SECRET = "only for tests"


@pytest.fixture(params=["the oldest that is supported", "the embedded one"])
def own_server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A PostgreSQL that knows nothing of us but a login `shop` with a database; the superuser's connection."""
    if "oldest" in request.param:
        if not OLDEST.is_dir():
            pytest.skip("there is no PostgreSQL 15 on this machine")
        monkeypatch.setenv("CUSTOMERFILE_TEST_PG_BIN", str(OLDEST))
    with throw_away_home() as place:
        superuser = connection_to(place, ensure_running(place).host, login=SUPERUSER)
        with psycopg.connect(superuser.conninfo, autocommit=True) as session:
            session.execute(f"CREATE ROLE shop LOGIN PASSWORD '{SECRET}'".encode())
            session.execute("CREATE DATABASE crm OWNER shop")
        yield superuser


def login(server: Connection, user: str) -> str:
    return make_conninfo(host=server.host, port=server.port, dbname="crm", user=user, password=SECRET)


def command(place: Path, url: str, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("CUSTOMERFILE_", "DJANGO_"))
    }
    own = {"CUSTOMERFILE_HOME": str(place), "DATABASE_URL": url, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, "-m", "customerfile", *arguments],
        env=kept | own | more,
        capture_output=True,
        text=True,
        check=False,
    )
    return subprocess.CompletedProcess(arguments, done.returncode, " ".join(done.stdout.split()), done.stderr)


def owners(conninfo: str) -> set[Any]:
    query = "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    with psycopg.connect(conninfo) as session:
        return {owner for (owner,) in session.execute(query).fetchall()}


def test_one_login_goes_on_as_before_until_the_script_has_parted_its_rights(
    own_server: Connection, tmp_path: Path
):
    people, sales, place = tmp_path / "people.csv", tmp_path / "sales.csv", tmp_path / "home"
    people.write_text(PEOPLE)
    sales.write_text(SALES)
    roles, shop = DatabaseRoles("crm"), login(own_server, "shop")
    assert command(place, shop, "import", str(people), "--source", "shop").returncode == 0
    assert "one login owns the tables" in command(place, shop, "doctor").stdout

    script = command(place, shop, "database", "roles", "--prefix", "crm")
    assert script.returncode == 0
    with psycopg.connect(
        login(own_server, "shop") + f" user={SUPERUSER} password={own_server.password}"
    ) as session:
        session.execute(roles_script(roles, "crm").encode())
        session.execute(roles_script(roles, "crm").encode())  # again: nothing is in its way
        for role in roles.logins:
            session.execute(f"ALTER ROLE {role} PASSWORD '{SECRET}'".encode())
    assert script.stdout == " ".join(roles_script(roles, "crm").split())
    application, migrator = login(own_server, roles.application), login(own_server, roles.migrator)

    refused = command(place, application, "find", "ada")
    assert (refused.returncode, "CUSTOMERFILE_MIGRATOR_URL" in refused.stderr) == (1, True)
    assert command(place, application, "find", "ada", CUSTOMERFILE_MIGRATOR_URL=migrator).returncode == 0
    assert command(place, application, "import", str(sales), "--source", "shop").returncode == 0
    assert command(place, application, "match", "reconcile").returncode == 0
    assert "Ada Lovelace" in command(place, application, "find", "ada").stdout
    assert "each with its own rights" in command(place, application, "doctor").stdout
    assert owners(login(own_server, "crm_application")) == {roles.owner}
    with psycopg.connect(application) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("DELETE FROM audit_entry")


@pytest.fixture
def former_home(tmp_path: Path) -> Iterator[Home]:
    """A home as earlier versions left it: one login that owns all, and its password."""
    (tmp_path / "people.csv").write_text(PEOPLE)
    with throw_away_home() as place:
        assert run(place, "import", str(tmp_path / "people.csv"), "--source", "shop").returncode == 0
        superuser = connection_to(place, ensure_running(place).host, login=SUPERUSER)
        with psycopg.connect(superuser.conninfo, autocommit=True) as session:
            session.execute("CREATE ROLE customerfile LOGIN")
            session.execute("GRANT CREATE ON SCHEMA public TO customerfile")
            session.execute(f"REASSIGN OWNED BY {ROLES.owner} TO customerfile".encode())
            for role in ROLES.all:
                session.execute(f"DROP OWNED BY {role}".encode())
                session.execute(f"DROP ROLE {role}".encode())
        stop(place)
        for role in ROLES.logins:
            (place.secrets / f"{role}.password").unlink()
        (place.secrets / "customerfile.password").write_text(SECRET)
        (place.data / "customerfile.ready").write_text("")
        yield place


def test_a_home_from_before_there_were_roles_is_brought_over_at_its_next_start(former_home: Home):
    assert "Ada Lovelace" in run(former_home, "find", "ada").stdout

    connection = ensure_running(former_home)
    assert connection.user == ROLES.application
    assert owners(connection.conninfo) == {ROLES.owner}
    assert not (former_home.secrets / "customerfile.password").exists()
    with psycopg.connect(connection.conninfo) as session:
        assert session.execute("SELECT 1 FROM pg_roles WHERE rolname = 'customerfile'").fetchall() == []
