"""The embedded server starts, is safe, is shared, and stops; two homes share nothing."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from customerfile.embedded import (
    ROLES,
    SUPERUSER,
    Connection,
    EmbeddedFault,
    Home,
    connection_to,
    ensure_running,
    home,
    running_server,
    status,
    stop,
    throw_away_home,
)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Home, Connection]]:
    """A running server with the settings of a real home."""
    with throw_away_home() as place:
        real = home(place.path)
        with running_server(real) as connection:
            yield real, connection


def ask(connection: Connection, question: str) -> list[tuple]:
    with psycopg.connect(connection.conninfo, autocommit=True) as session:
        return session.execute(question).fetchall()


def tell(connection: Connection, statement: str) -> None:
    with psycopg.connect(connection.conninfo, autocommit=True) as session:
        session.execute(statement)


def as_superuser(connection: Connection, place: Home, question: str) -> list[tuple]:
    return ask(connection_to(place, connection.host, login=SUPERUSER), question)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("data_checksums", "on"),
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("listen_addresses", ""),
        ("password_encryption", "scram-sha-256"),
        ("server_encoding", "UTF8"),
        ("log_error_verbosity", "terse"),
        ("jit", "off"),
        ("unix_socket_permissions", "0700"),
    ],
)
def test_the_server_is_set_up_for_real_data(served, setting, value):
    place, connection = served
    assert as_superuser(connection, place, f"SHOW {setting}") == [(value,)]


def test_every_settings_line_was_understood(served):
    place, connection = served
    wrong = "SELECT name, error FROM pg_file_settings WHERE error IS NOT NULL OR NOT applied"
    assert as_superuser(connection, place, wrong) == []


def test_nobody_is_trusted(served):
    place, connection = served
    rules = "SELECT DISTINCT type, auth_method FROM pg_hba_file_rules"
    assert as_superuser(connection, place, rules) == [("local", "scram-sha-256")]
    assert "trust" not in (place.data / "pg_hba.conf").read_text()


@pytest.mark.parametrize("password", ["", "wrong"])
def test_a_wrong_password_is_refused(served, password):
    _, connection = served
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(
            host=connection.host, user=ROLES.application, dbname=connection.dbname, password=password
        )


def test_the_application_is_no_superuser_and_owns_nothing(served):
    _, connection = served
    facts = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    assert ask(connection, facts) == [(False, False, False)]
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    assert ask(connection, owner) == [(ROLES.owner,)]


def test_letters_of_every_script_have_a_lower_case(served):
    _, connection = served
    if connection.port and int(ask(connection, "SHOW server_version_num")[0][0]) < 170000:
        pytest.skip("the built-in Unicode rules came with PostgreSQL 17")
    assert ask(connection, "SELECT lower('ÉÖŁΣЖ')") == [("éöłσж",)]


def test_the_password_shows_nowhere(served):
    _, connection = served
    assert connection.password not in repr(connection)
    assert len(connection.password) >= 40


def test_socket_and_data_are_closed_to_others(served):
    place, connection = served
    folders = (Path(connection.host), place.data, place.logs, place.secrets)
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_the_server_does_not_run_as_root(served):
    place, _ = served
    assert Path(f"/proc/{status(place).pid}").stat().st_uid != 0


def test_a_refused_row_does_not_reach_the_log(served):
    place, connection = served
    twice = "INSERT INTO t VALUES ('ada@example.org'), ('ada@example.org')"
    with psycopg.connect(connection.conninfo) as session:
        session.execute("CREATE TEMP TABLE t (email text PRIMARY KEY)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            session.execute(twice)
    logged = "".join(log.read_text() for log in place.logs.iterdir())
    assert logged
    assert "ada@example.org" not in logged


def test_a_running_home_is_used_as_it_is(served):
    place, connection = served
    before = status(place).pid
    with running_server(place) as again:
        assert again == connection
    assert status(place).pid == before


def test_the_last_user_stops_it_and_the_data_stays(new_home):
    with running_server(new_home) as connection:
        tell(connection_to(new_home, connection.host, login=SUPERUSER), "CREATE TABLE kept AS SELECT 7 AS n")
    assert not status(new_home).running
    assert not Path(connection.host, ".s.PGSQL.5432").exists()
    with running_server(new_home) as connection:
        assert as_superuser(connection, new_home, "SELECT n FROM kept") == [(7,)]


def test_a_failing_command_stops_it_too(new_home):
    with pytest.raises(RuntimeError), running_server(new_home):
        raise RuntimeError
    assert not status(new_home).running


def test_stopping_what_is_stopped_says_so(new_home):
    assert stop(new_home) is False
    ensure_running(new_home)
    assert stop(new_home) is True
    assert stop(new_home) is False


def test_two_homes_share_nothing(new_home, spot):
    other = home(spot / "other", durable=False)
    with running_server(new_home) as here, running_server(other) as there:
        tell(connection_to(new_home, here.host, login=SUPERUSER), "CREATE TABLE mine AS SELECT 1 AS n")
        assert here.host != there.host
        assert here.password != there.password
        assert ask(there, "SELECT to_regclass('mine')") == [(None,)]
        stop(other)
        assert as_superuser(here, new_home, "SELECT n FROM mine") == [(1,)]


def test_a_very_long_path_still_has_a_socket(spot):
    place = home(spot / ("x" * 100) / "home", durable=False)
    with running_server(place) as connection:
        assert ask(connection, "SELECT 1") == [(1,)]
        assert len(connection.host) < 93
    assert not Path(connection.host).exists()


def test_a_home_made_half_is_made_whole(new_home):
    (new_home.path / "data.new-left").mkdir()
    (new_home.path / "data.new-left.password").write_text("x")
    with running_server(new_home):
        (new_home.data / "customerfile.ready").unlink()
    with running_server(new_home) as connection:
        assert ask(connection, "SELECT 1") == [(1,)]
    assert list(new_home.path.glob("data.new-*")) == []


def test_data_of_another_version_is_refused(new_home):
    with running_server(new_home):
        pass
    version = new_home.data / "PG_VERSION"
    written = version.read_text()
    version.write_text("12\n")
    with pytest.raises(EmbeddedFault, match="of PostgreSQL 12"):
        ensure_running(new_home)
    version.write_text(written)


def test_status_of_a_home_without_a_server(new_home):
    found = status(new_home)
    assert (found.running, found.pid, found.version, found.data_bytes) == (False, 0, "", 0)


def test_a_throw_away_home_leaves_nothing():
    with throw_away_home() as place:
        connection = ensure_running(place)
        tell(connection_to(place, connection.host, login=SUPERUSER), "CREATE DATABASE one_more")
    assert not place.path.parent.exists()
    assert not Path(connection.host).exists()


def test_status_of_a_running_server(served):
    place, connection = served
    found = status(place)
    assert (found.running, found.socket, found.orphans) == (True, connection.host, ())
    assert found.pid > 1
    assert found.data_bytes > 1_000_000


def test_a_socket_folder_of_somebody_else_is_refused(spot):
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    place = home(spot / ("y" * 100), durable=False)
    with running_server(place) as connection:
        pass
    Path(connection.host).mkdir(mode=0o755)
    with pytest.raises(EmbeddedFault, match="belongs to somebody else"):
        ensure_running(place)
    Path(connection.host).rmdir()
