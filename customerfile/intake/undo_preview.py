"""What taking a delivery back would do, before it is done. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from customerfile.base.bulk import bulk_cursor
from customerfile.base.ids import DeliveryId
from customerfile.sources.undoing import undo_plan

_NAMED = 20


@dataclass(frozen=True, slots=True)
class UndoForeseen:
    """Records to be removed and restored; how many stay because they were changed since, and the keys of some."""

    removed: int
    restored: int
    left: int
    left_keys: tuple[str, ...]


def foresee_undo(delivery_id: int) -> UndoForeseen:
    """Of the records of a delivery; its events are counted in its report."""
    with transaction.atomic(), bulk_cursor(connection.connection) as cursor:
        plan = undo_plan(cursor, DeliveryId(delivery_id))
    return UndoForeseen(len(plan.remove), len(plan.restore), len(plan.left), plan.left[:_NAMED])
