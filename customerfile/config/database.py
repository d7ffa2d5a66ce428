"""Where the database is: Django's DATABASES entry from a PostgreSQL URL or conninfo text."""

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
