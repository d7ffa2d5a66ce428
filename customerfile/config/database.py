"""Where the database is: Django's DATABASES entry from a PostgreSQL URL or conninfo text."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg.conninfo import conninfo_to_dict

_DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def database_settings(conninfo: str) -> dict[str, Any]:
    """Django's settings for one PostgreSQL. Anything the URL says beyond the five basics becomes an option."""
    settings: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}}
    for key, value in conninfo_to_dict(conninfo).items():
        if key in _DJANGO_NAMES:
            settings[_DJANGO_NAMES[key]] = str(value)
        else:
            settings["OPTIONS"][key] = value
    settings["CONN_MAX_AGE"] = 600
    settings["CONN_HEALTH_CHECKS"] = True
    return settings


@contextmanager
def logged_in_as(conninfo: str, *, role: str = "") -> Iterator[None]:
    """Let this thread use another login within the block, and take on a role; with "", the login that it has."""
    from django.db import connections  # noqa: PLC0415 - the settings are made of this module

    if not conninfo:
        yield
        return
    before = connections["default"]
    found = database_settings(conninfo)
    found["OPTIONS"] |= {"assume_role": role} if role else {}
    settings = before.settings_dict | dict.fromkeys(_DJANGO_NAMES.values(), "") | found
    connections["default"] = type(before)(settings, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before
