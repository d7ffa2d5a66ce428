"""Counts how many records hold a field, so that the definition can tell what a change would lose."""

from django.db import connection


def count_values(key: str) -> int:
    """How many staged records hold a value of this field; 0 for a key that is no field."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record WHERE jsonb_exists(canonical, %s)", [key])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
