"""Makes the ground ready for a command: the database runs, Django knows it, its tables are up to date."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

import django
import psycopg

from customerfile.embedded import home, running_server

_ROOMS = ("access", "audit", "customers", "definition", "sources", "timeline", "vault", "webhooks")


def database_url() -> str:
    """The PostgreSQL that the user names, or "" for the embedded one."""
    return os.environ.get("DATABASE_URL", "")


@contextmanager
def ready_database() -> Iterator[None]:
    """The database, started if need be and migrated; stopped at the end unless somebody else uses it."""
    if database_url():
        with _set_up(database_url()):
            yield
    else:
        with running_server(home()) as connection, _set_up(connection.conninfo):
            yield


def describe_only() -> None:
    """Set Django up without a database, for help texts."""
    os.environ.setdefault("CUSTOMERFILE_CONNECTION", database_url() or "dbname=customerfile")
    os.environ.setdefault("CUSTOMERFILE_SECRET_KEY", "not used: only help is shown")
    _django()


@contextmanager
def _set_up(conninfo: str) -> Iterator[None]:
    os.environ["CUSTOMERFILE_CONNECTION"] = conninfo
    _django()
    if missing_migrations(conninfo):
        _migrate()
    try:
        yield
    finally:
        from django.db import connections  # noqa: PLC0415 - needs Django set up

        connections.close_all()


def _django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "customerfile.config.settings"
    django.setup()


def _migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up

    call_command("migrate", verbosity=0, interactive=False)


def missing_migrations(conninfo: str) -> list[str]:
    """The migrations of our rooms that this database has not had yet. Cheap enough to ask at every command."""
    wanted = {(room, name) for room in _ROOMS for name in _migration_names(room)}
    with psycopg.connect(conninfo) as connection:
        if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            return sorted(f"{room}.{name}" for room, name in wanted)
        found = connection.execute(
            "SELECT app, name FROM django_migrations WHERE app = ANY(%s)", (list(_ROOMS),)
        )
        return sorted(f"{room}.{name}" for room, name in wanted - set(found.fetchall()))


def _migration_names(room: str) -> list[str]:
    folder = resources.files(f"customerfile.{room}").joinpath("migrations")
    return [
        entry.name[:-3]
        for entry in folder.iterdir()
        if entry.name.endswith(".py") and entry.name[0].isdigit()
    ]
