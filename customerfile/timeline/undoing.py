"""Takes events of a delivery back: those it made are removed, those it replaced say again what they said before."""

from collections.abc import Sequence
from dataclasses import dataclass

from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import DeliveryId


@dataclass(frozen=True, slots=True)
class UndoneEvents:
    removed: int
    restored: int
    left: tuple[str, ...]


def undo_events(cursor: Cursor, delivery_id: DeliveryId, keys: Sequence[str] | None = None) -> UndoneEvents:
    """Take back every event of a delivery, or those under some keys, in the caller's transaction.

    Later changes are left, by key.
    """
    asked = {"delivery": delivery_id, "all": keys is None, "keys": list(keys or ())}
    found = cursor.ask(statement(__package__, "undo_events"), asked).rows()
    removed = _keys(found, "remove")
    restored = _keys(found, "restore")
    for source, keys in _by_source(found, "remove").items():
        named = {"source": source, "keys": keys}
        cursor.execute(statement(__package__, "remove_events"), named)
        cursor.execute("DELETE FROM event_key WHERE source_id = %(source)s AND key = ANY(%(keys)s)", named)
    for source, keys in _by_source(found, "restore").items():
        named = {"source": source, "keys": keys, "delivery": delivery_id}
        cursor.execute(statement(__package__, "keep_event_versions"), named)
        cursor.execute(statement(__package__, "remove_events"), named)
        cursor.execute(statement(__package__, "restore_events"), named)
    return UndoneEvents(len(removed), len(restored), tuple(_keys(found, "left")))


type _Found = Sequence[tuple[int, str, str]]


def _keys(found: _Found, action: str) -> list[str]:
    return [key for _, key, what in found if what == action]


def _by_source(found: _Found, action: str) -> dict[int, list[str]]:
    keys: dict[int, list[str]] = {}
    for source, key, what in found:
        if what == action:
            keys.setdefault(source, []).append(key)
    return keys
