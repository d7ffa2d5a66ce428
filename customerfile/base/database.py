"""Hands out named SQL: statements live in `.sql` files beside the code that runs them, never glued from text."""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import psycopg


@cache
def statement(package: str, name: str) -> str:
    """The text of `sql/<name>.sql` in a package. Raises FileNotFoundError where there is none."""
    return resources.files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def one_row(
    connection: psycopg.Connection[Any], query: str, params: Sequence[Any] = ()
) -> tuple[Any, ...] | None:
    """The first row that a statement gives, which is asked very often: it is planned once for the connection."""
    return psycopg.Cursor(connection).execute(query, params, prepare=True).fetchone()
