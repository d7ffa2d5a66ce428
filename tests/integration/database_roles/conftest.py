"""A real home with a few customers and events, and connections of each of its database roles."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from customerfile.embedded import ROLES, Connection, Home, connection_to, running_server, throw_away_home
from tests.integration.command import run

PEOPLE = (
    "name;email;birth date\nAda Lovelace;ada@example.org;1985-12-10\nBob Stone;bob@example.org;1990-05-05\n"
)
SALES = "order;customer;date;amount;currency\n1;ada@example.org;2026-01-05;10;EUR\n2;bob@example.org;2026-02-05;9;EUR\n"

type As = Callable[[str], AbstractContextManager[psycopg.Connection[Any]]]


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Connection]]:
    """A home that imported customers and sales by command, its server running."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "people.csv").write_text(PEOPLE)
    (folder / "sales.csv").write_text(SALES)
    with throw_away_home() as place, running_server(place) as connection:
        for name in ("people.csv", "sales.csv"):
            done = run(place, "import", str(Path(folder / name)), "--source", "shop")
            assert done.returncode == 0, done.stderr + done.stdout
        yield place, connection


@pytest.fixture(scope="package")
def logged_in(served: tuple[Home, Connection]) -> As:
    """A connection of one of the roles: `application`, `worker`, `auditor`, `migrator`."""
    place, connection = served

    @contextmanager
    def logged_in(role: str) -> Iterator[psycopg.Connection[Any]]:
        login = connection_to(place, connection.host, login=getattr(ROLES, role))
        with psycopg.connect(login.conninfo, autocommit=True) as session:
            yield session

    return logged_in
