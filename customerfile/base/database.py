"""Hands out named SQL: statements live in `.sql` files beside the code that runs them, never glued from text."""

from functools import cache
from importlib import resources


@cache
def statement(package: str, name: str) -> str:
    """The text of `sql/<name>.sql` in a package. Raises FileNotFoundError where there is none."""
    return resources.files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
