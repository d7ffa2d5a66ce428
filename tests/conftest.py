"""One throw-away PostgreSQL for all tests that need a database, started when the first of them asks."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from customerfile.embedded import ROLES, SUPERUSER, connection_to, ensure_running, home, throw_away_home

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"

# Continuous integration draws the same examples each time; everywhere else new ones are looked for.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Point Django at a server of our own before it makes its test database. Tests act as the owner of the tables."""
    from django.db import connections

    from customerfile.config.database import database_settings

    with throw_away_home() as place:
        connection = ensure_running(place)
        with psycopg.connect(connection_to(place, connection.host, login=SUPERUSER).conninfo) as session:
            session.execute(f"ALTER ROLE {ROLES.owner} LOGIN CREATEDB PASSWORD '{connection.password}'")
        found = database_settings(replace(connection, user=ROLES.owner).conninfo)
        connections["default"].settings_dict.update(
            {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
        )
        yield
        connections.close_all()


@pytest.fixture
def shared_data() -> Path:
    """The public data sets beside the checkout; the test is skipped where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("the public data sets are not beside this checkout")
    return SHARED


@pytest.fixture
def test_home() -> object:
    """The home of this test run, with its folders."""
    return home(Path(os.environ["CUSTOMERFILE_HOME"]))
