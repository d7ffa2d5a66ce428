"""What many customers hold, as it is taken out of the file: plain values for JSON, one statement for all of them."""

from collections.abc import Sequence
from typing import Any

import orjson
from django.db import connection

from customerfile.base.database import statement
from customerfile.holdings.roles import Role

_OWNING = [role.value for role in Role if role.owns]


def held_by(numbers: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """By customer number: each agreement with the role in it; what belongs to an owned one is the owner's too.

    Amounts are texts, so that no digit is lost.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            statement(__package__, "held_by_customers"), {"numbers": list(numbers), "owning": _OWNING}
        )
        for number, held in cursor.fetchall():
            found.setdefault(number, []).append(orjson.loads(held))
    return found
