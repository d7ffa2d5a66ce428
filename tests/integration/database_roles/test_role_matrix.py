"""Every role tries every verb on every table for real; what it may do is what was declared, and nothing else."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from customerfile.base.grants import VERBS, TableGrant
from customerfile.base.registry import declarations
from customerfile.config.table_grants import GRANTS, TABLES
from customerfile.embedded import ROLES, SUPERUSER, connection_to
from tests.integration.database_roles.conftest import As

LEDGERS = (
    "audit_entry",
    "read_entry",
    "audit_seal",
    "definition_version",
    "match_model_version",
    "golden_history",
)
PARTITION = re.compile(r"(event|audit_entry|read_entry)_\d{4}_\d{2}|(audit_entry|read_entry)_rest")
NOTHING = TableGrant()
ATTEMPTS = {
    "select": "SELECT * FROM {} LIMIT 0",
    "insert": "INSERT INTO {} DEFAULT VALUES",
    "delete": "DELETE FROM {} WHERE false",
    "truncate": "TRUNCATE {}",
}
BEYOND = (
    f"SET ROLE {ROLES.owner}",
    f"SET ROLE {ROLES.migrator}",
    f"SET ROLE {SUPERUSER}",
    "CREATE TABLE mine (a int)",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine",
    "CREATE DATABASE mine",
    f"ALTER ROLE {ROLES.application} SUPERUSER",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "ALTER TABLE audit_entry ADD COLUMN more int",
    "CREATE TRIGGER mine BEFORE INSERT ON audit_entry EXECUTE FUNCTION refuse_change()",
    "DROP TABLE audit_entry",
    "DROP TABLE read_entry_rest",
    "ALTER TABLE read_entry DETACH PARTITION read_entry_rest",
    "SELECT make_audit_month('audit_entry', '2001-01-01')",
    "SELECT setval('audit_seal_witness', 0)",
    "SET session_replication_role = replica",
    "SET log_min_messages = debug1",
    "COPY (SELECT 1) TO '/tmp/mine'",
    "SELECT pg_read_file('PG_VERSION')",
)


def tables(session: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """Every table there is, partitions too, with its columns."""
    rows = session.execute(
        "SELECT relname, array_agg(attname::text ORDER BY attnum)"
        " FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped"
        " GROUP BY relname"
    )
    return dict(rows.fetchall())


def may(session: psycopg.Connection[Any], statement: str, *names: str) -> bool:
    """Whether the server lets the login do it. What else speaks against the statement is of no interest."""
    try:
        with session.transaction(force_rollback=True):
            session.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    except psycopg.errors.InsufficientPrivilege as refused:
        return "permission denied" not in str(refused)
    except psycopg.Error:
        return True
    return True


def updatable(session: psycopg.Connection[Any], table: str, columns: list[str]) -> set[str]:
    return {each for each in columns if may(session, "UPDATE {} SET {} = DEFAULT WHERE false", table, each)}


def allowed(session: psycopg.Connection[Any], table: str, columns: list[str]) -> Iterator[str]:
    for verb, statement in ATTEMPTS.items():
        if may(session, statement, table):
            yield verb
    if updatable(session, table, columns):
        yield "update"


@pytest.mark.parametrize("role", ["application", "worker", "auditor"])
def test_a_role_does_with_each_table_what_is_declared(logged_in: As, role: str):
    with logged_in(role) as session:
        found = {table: set(allowed(session, table, columns)) for table, columns in tables(session).items()}

    assert found == {table: set(TABLES.get(table, NOTHING).verbs(role)) for table in found}


@pytest.mark.parametrize("role", ["application", "worker"])
def test_of_ledgers_only_the_columns_that_say_when_something_ended_are_updated(logged_in: As, role: str):
    with logged_in(role) as session:
        there = tables(session)
        restricted = [table for table in there if TABLES.get(table, NOTHING).columns(role)]
        found = {table: updatable(session, table, there[table]) for table in restricted}

    assert found == {table: set(TABLES[table].columns(role)) for table in restricted}
    assert "link" in found or role == "worker"


@pytest.mark.parametrize("verb", VERBS)
def test_the_migrator_may_do_nothing_by_itself(logged_in: As, verb: str):
    with logged_in("migrator") as session:
        attempt = ATTEMPTS.get(verb, "UPDATE {} SET id = DEFAULT WHERE false")
        assert not may(session, attempt, "customer")
        session.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(ROLES.owner)))
        assert may(session, attempt, "customer")


@pytest.mark.parametrize("statement", BEYOND)
@pytest.mark.parametrize("role", ["application", "worker", "auditor"])
def test_nobody_else_becomes_the_owner_or_changes_tables(logged_in: As, role: str, statement: str):
    with logged_in(role) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute(statement)


def test_every_table_is_declared_and_nothing_else(logged_in: As):
    with logged_in("application") as session:
        there = {table for table in tables(session) if not PARTITION.fullmatch(table)}

    assert there == set(TABLES)
    assert {each.table for each in declarations()} | {"django_migrations"} == set(TABLES)


@pytest.mark.parametrize("table", LEDGERS)
def test_ledgers_are_read_and_added_to_and_nothing_else(table: str):
    assert TABLES[table].verbs("application") == {"select", "insert"}
    assert TABLES[table].verbs("worker") <= {"select", "insert"}
    assert TABLES[table].verbs("auditor") <= {"select"}


def test_no_role_has_rights_beyond_its_own_database(logged_in: As):
    attributes = "rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolinherit"
    with logged_in("application") as session:
        rows = session.execute(
            f"SELECT rolname, rolcanlogin, ARRAY[{attributes}] FROM pg_roles WHERE rolname = ANY(%s)",
            [list(ROLES.all)],
        ).fetchall()
        members = session.execute(
            "SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members"
            " WHERE member::regrole::text = ANY(%s)",
            [list(ROLES.all)],
        ).fetchall()

    assert {name: can_login for name, can_login, _ in rows} == {
        name: name != ROLES.owner for name in ROLES.all
    }
    assert {tuple(rights) for _, _, rights in rows} == {(False,) * 6}
    assert members == [(ROLES.migrator, ROLES.owner)]


def test_everything_belongs_to_the_owner(served):
    place, connection = served
    with psycopg.connect(connection_to(place, connection.host, login=SUPERUSER).conninfo) as session:
        owners = session.execute(
            "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " UNION SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " UNION SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        ).fetchall()

    assert owners == [(ROLES.owner,)]


def test_what_runs_with_the_rights_of_the_owner_is_listed_and_finds_its_names_in_one_place(logged_in: As):
    with logged_in("application") as session:
        rows = session.execute(
            "SELECT oid::regprocedure::text, proconfig, has_function_privilege(%s, oid, 'EXECUTE'),"
            " has_function_privilege(%s, oid, 'EXECUTE'), has_function_privilege(%s, oid, 'EXECUTE')"
            " FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef",
            [ROLES.application, ROLES.worker, ROLES.auditor],
        ).fetchall()

    assert {name.replace(",", ", ") for name, *_ in rows} == set(GRANTS.functions)
    assert {(*path, application, auditor) for _, path, application, _, auditor in rows} == {
        ("search_path=public, pg_temp", True, False)
    }
    assert {name for name, _, _, worker, _ in rows if worker} == set(GRANTS.worker_functions)
