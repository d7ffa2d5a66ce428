"""What people did and saw, and what changed by it, as a table and as data."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from customerfile.access.permissions import Permission
from customerfile.audit.activity import Activity, ActivityPage, Asked
from customerfile.cli.layout import cells, console, table
from customerfile.cli.session import operator_permissions, operator_sight
from customerfile.customers.golden_changes import GoldenChange, golden_changes
from customerfile.customers.number import customer_number

_SHOWN_CUSTOMERS = 3


def changes_of(asked: Asked, page: ActivityPage) -> tuple[GoldenChange, ...]:
    """What changed in the golden record of the customer asked for, for who may see customers."""
    if asked.about is None or Permission.SEE_CUSTOMERS not in operator_permissions():
        return ()
    ids = asked.about.ids
    return golden_changes(ids, sight=operator_sight(), after=page.since, until=page.until, by=asked.by)


def print_activity(found: Sequence[Activity], changes: Sequence[GoldenChange]) -> None:
    """Print both as one table, the newest first."""
    made = table("at (UTC)", "who", "what", "customers")
    rows = [
        (each.at, each.by or "somebody unknown", _words(each), _named(each.customer_ids)) for each in found
    ]
    rows += [(each.at, each.by, _change_words(each), each.number) for each in changes]
    for at, *told in sorted(rows, key=lambda row: row[0], reverse=True):
        made.add_row(*cells(f"{at:%Y-%m-%d %H:%M:%S}", *told))
    console().print(made)


def plain(found: Sequence[Activity], changes: Sequence[GoldenChange]) -> list[dict[str, Any]]:
    """Both as data, the newest first."""
    told = [*map(_plain, found), *map(_plain_change, changes)]
    return sorted(told, key=lambda each: each["at"], reverse=True)


def _words(each: Activity) -> str:
    return "\n".join([each.words, *(change.words for change in each.changes)])


def _change_words(each: GoldenChange) -> str:
    told = [
        f"{field.label}: {', '.join(field.old) or 'nothing'} \u2192 {', '.join(field.new) or 'nothing'}"
        for field in each.fields
    ]
    by = [f"by delivery {each.delivery}"] if each.delivery else []
    return "\n".join(["Changed", *told, *by])


def _named(customers: Sequence[int]) -> str:
    shown = ", ".join(customer_number(each) for each in customers[:_SHOWN_CUSTOMERS])
    more = len(customers) - _SHOWN_CUSTOMERS
    return f"{shown} and {more:,} more" if more > 0 else shown


def _plain(each: Activity) -> dict[str, Any]:
    numbers = [customer_number(customer) for customer in each.customer_ids]
    told = asdict(each) | {"customers": numbers}
    del told["customer_ids"]
    return told


def _plain_change(each: GoldenChange) -> dict[str, Any]:
    return {
        "kind": "changed",
        "at": each.at,
        "by": each.by,
        "delivery": each.delivery,
        "customers": [each.number],
        "changes": [asdict(field) for field in each.fields],
    }
