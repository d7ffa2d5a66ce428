"""Makes the ground ready for a command: the database runs, Django knows it, its tables are up to date."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

import django
import psycopg

from customerfile.base.errors import CustomerfileError
from customerfile.embedded import ROLES, connection_to, home, running_server, status

_ONE_AT_A_TIME = 4408920  # commands that begin together change the tables one after the other
_ROOMS = tuple(
    sorted(
        each.name
        for each in resources.files("customerfile").iterdir()
        if each.joinpath("migrations").is_dir()
    )
)


def database_url() -> str:
    """The PostgreSQL that the user names, or "" for the embedded one."""
    return os.environ.get("DATABASE_URL", "")


def worker_conninfo() -> str:
    """The login of what works beside the pages; "" where that is the application's."""
    if database_url():
        return os.environ.get("CUSTOMERFILE_WORKER_URL", "")
    place = home()
    return connection_to(place, status(place).socket, login=ROLES.worker).conninfo


@contextmanager
def as_owner_of_tables() -> Iterator[None]:
    """Within a ready database: act as the owner of the tables, by the migrator's login."""
    from customerfile.config import database, database_grants  # noqa: PLC0415 - needs Django set up

    migrator = _migrator_conninfo()
    with psycopg.connect(migrator, autocommit=True) as session:
        roles = database_grants.roles_in(session)
        if roles is not None and not database_grants.may_own(session, roles):
            raise CustomerfileError(
                "This database login may not change tables, so nothing was done.",
                f"Run it with CUSTOMERFILE_MIGRATOR_URL set to the login of {roles.migrator}.",
            )
    with database.logged_in_as(migrator, role=roles.owner if roles else ""):
        yield


def _migrator_conninfo() -> str:
    if database_url():
        return os.environ.get("CUSTOMERFILE_MIGRATOR_URL") or database_url()
    place = home()
    return connection_to(place, status(place).socket, login=ROLES.migrator).conninfo


@contextmanager
def ready_database() -> Iterator[None]:
    """The database, started if need be and migrated; stopped at the end unless somebody else uses it."""
    if database_url():
        migrator = os.environ.get("CUSTOMERFILE_MIGRATOR_URL") or database_url()
        with _set_up(database_url(), migrator):
            yield
    else:
        place = home()
        with running_server(place) as connection:
            migrator = connection_to(place, connection.host, login=ROLES.migrator).conninfo
            with _set_up(connection.conninfo, migrator):
                yield


def describe_only() -> None:
    """Set Django up without a database, for help texts."""
    os.environ.setdefault("CUSTOMERFILE_CONNECTION", database_url() or "dbname=customerfile")
    os.environ.setdefault("CUSTOMERFILE_SECRET_KEY", "not used: only help is shown")
    _django()


@contextmanager
def _set_up(conninfo: str, migrator: str) -> Iterator[None]:
    os.environ["CUSTOMERFILE_CONNECTION"] = conninfo
    _django()
    if not _is_up_to_date(conninfo):
        _bring_up_to_date(migrator)
    try:
        yield
    finally:
        from django.db import connections  # noqa: PLC0415 - needs Django set up

        connections.close_all()


def _django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "customerfile.config.settings"
    django.setup()


def _is_up_to_date(conninfo: str) -> bool:
    from customerfile.config.database_grants import are_granted  # noqa: PLC0415 - needs Django set up

    with psycopg.connect(conninfo) as connection:
        return are_granted(connection) and not _missing(connection)


def _bring_up_to_date(migrator: str) -> None:
    """Change the tables as their owner, and say anew what the other roles may do with them."""
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up

    from customerfile.config import database, database_grants  # noqa: PLC0415 - needs Django set up

    with psycopg.connect(migrator, autocommit=True) as session:
        session.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])  # until the session ends
        roles = database_grants.roles_in(session)
        if roles is not None and not database_grants.may_own(session, roles):
            raise CustomerfileError(
                "The tables have to be brought up to date, and this database login may not do that.",
                f"Run any command once with CUSTOMERFILE_MIGRATOR_URL set to the login of {roles.migrator}.",
            )
        with database.logged_in_as(migrator, role=roles.owner if roles else ""):
            call_command("migrate", verbosity=0, interactive=False)
        database_grants.apply_grants(session)


def missing_migrations(conninfo: str) -> list[str]:
    """The migrations of our rooms that this database has not had yet. Cheap enough to ask at every command."""
    with psycopg.connect(conninfo) as connection:
        return _missing(connection)


def _missing(connection: psycopg.Connection[Any]) -> list[str]:
    wanted = {(room, name) for room in _ROOMS for name in _migration_names(room)}
    if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
        return sorted(f"{room}.{name}" for room, name in wanted)
    found = connection.execute("SELECT app, name FROM django_migrations WHERE app = ANY(%s)", (list(_ROOMS),))
    return sorted(f"{room}.{name}" for room, name in wanted - set(found.fetchall()))


def _migration_names(room: str) -> list[str]:
    folder = resources.files(f"customerfile.{room}").joinpath("migrations")
    return [
        entry.name[:-3]
        for entry in folder.iterdir()
        if entry.name.endswith(".py") and entry.name[0].isdigit()
    ]
