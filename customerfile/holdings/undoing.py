"""Takes agreements and roles of a delivery back: those it made go, those it replaced say again what they said."""

from dataclasses import dataclass

from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import DeliveryId


@dataclass(frozen=True, slots=True)
class UndoneHoldings:
    removed: int
    restored: int
    left: tuple[str, ...]


def undo_holdings(cursor: Cursor, delivery_id: DeliveryId) -> UndoneHoldings:
    """Take back what a delivery said, in the caller's transaction. What was changed since is left, by kind and key."""
    agreements = _undo(cursor, "agreement", delivery_id)
    roles = _undo(cursor, "role", delivery_id)
    return UndoneHoldings(
        agreements.removed + roles.removed,
        agreements.restored + roles.restored,
        (*agreements.left, *roles.left),
    )


def _undo(cursor: Cursor, what: str, delivery_id: DeliveryId) -> UndoneHoldings:
    named = {"delivery": delivery_id}
    left = cursor.ask(statement(__package__, f"left_of_{what}s"), named).rows()
    restored = cursor.ask(statement(__package__, f"restore_{what}s"), named).rows()
    removed = cursor.ask(statement(__package__, f"remove_{what}s"), named).rows()
    return UndoneHoldings(len(removed), len(restored), tuple(f"{kind} {key}" for kind, key in left))
