"""The quarantine: events that do not fit the tracking plan wait here as they were said, each once by its key.

Invariant: nothing is dropped; what leaves the waiting (released, replaced, discarded) stays as a row that says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import orjson

from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import DeliveryId, SourceId
from customerfile.sources.staging import Arrival


class MendingKind(StrEnum):
    """What a rule does."""

    CALL_EVENT = "call_event"
    CALL_PROPERTY = "call_property"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class MendingRule:
    """A rule of a source. `event` is the name an event comes with (CALL_EVENT), or has here (the others)."""

    id: int
    kind: MendingKind
    event: str
    property: str = ""
    new_name: str = ""


@dataclass(frozen=True, slots=True)
class SaidEvent:
    """An event as it was said, with what its values are read by. `digest` tells whether it is the same again."""

    key: str
    line: int
    customer_key: str
    name: str
    occurred_at: datetime
    said: bytes  # JSON object
    digest: int


@dataclass(frozen=True, slots=True)
class HeldEvent:
    """An event that does not fit the plan, and why."""

    event: SaidEvent
    field: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class MendedEvent:
    """What was said of an event that rules made fit, or the plan itself since."""

    event: SaidEvent
    rules: tuple[int, ...]


class Held(NamedTuple):
    """A row of the quarantine that an arrival meets."""

    id: int
    digest: int
    state: str


def held_under(cursor: Cursor, keys: Sequence[str], *, source_id: SourceId) -> dict[str, list[Held]]:
    """What the quarantine has of these keys, the oldest first."""
    found: dict[str, list[Held]] = {}
    rows = cursor.ask(statement(__package__, "held_under"), (source_id, list(keys))).rows()
    for key, *rest in rows:
        found.setdefault(key, []).append(Held(*rest))
    return found


def is_in_use(cursor: Cursor, source_id: SourceId) -> bool:
    """Whether the quarantine has anything of a source."""
    found = cursor.ask(
        "SELECT EXISTS (SELECT FROM quarantined_event WHERE source_id = %s)", (source_id,)
    ).rows()
    return bool(found[0][0])


def hold_events(cursor: Cursor, events: Sequence[HeldEvent], *, arrival: Arrival) -> None:
    """Let events wait. What waited under their keys was replaced before: see `replace_waiting`."""
    rows = [_row(each.event, arrival) | _why(each) | {"state": "waiting"} for each in events]
    _insert(cursor, rows)


def keep_mended(cursor: Cursor, events: Sequence[MendedEvent], *, arrival: Arrival) -> None:
    """Keep what was said of events that were mended as they arrived: they are released with their delivery."""
    rows = [
        _row(each.event, arrival)
        | {"state": "released", "released_in": arrival.delivery_id, "mended_by": list(each.rules)}
        for each in events
    ]
    _insert(cursor, rows)


def mark_released(
    cursor: Cursor, released: Iterable[tuple[int, tuple[int, ...]]], *, delivery_id: DeliveryId
) -> None:
    """Events that waited are on the timeline now: (id, rules that mended it)."""
    rows = [{"id": id_, "mended_by": list(rules)} for id_, rules in released]
    if rows:
        cursor.execute(
            statement(__package__, "mark_released"),
            {"rows": orjson.dumps(rows).decode(), "delivery": delivery_id},
        )


def replace_waiting(cursor: Cursor, ids: Sequence[int], *, delivery_id: DeliveryId) -> None:
    """What waited was said anew under its key."""
    if ids:
        cursor.execute(
            "UPDATE quarantined_event SET state = 'replaced', replaced_by_id = %s"
            " WHERE id = ANY(%s) AND state = 'waiting'",
            (delivery_id, list(ids)),
        )


def undo_quarantine(cursor: Cursor, delivery_id: DeliveryId) -> int:
    """Take back what a delivery did to the quarantine; gives how many of its events go from there.

    What it released waits again, and what it replaced. The events that others released of what it brought have been
    taken back before: see `released_elsewhere`.
    """
    named = {"delivery": delivery_id}
    cursor.execute(
        "UPDATE quarantined_event SET state = 'discarded' WHERE delivery_id = %(delivery)s AND state = 'waiting'",
        named,  # makes room for what it replaced
    )
    cursor.execute(statement(__package__, "undo_releases"), named)
    cursor.execute(statement(__package__, "undo_replaced"), named)
    gone = cursor.ask("DELETE FROM quarantined_event WHERE delivery_id = %s RETURNING id", (delivery_id,))
    return len(gone.rows())


def released_elsewhere(cursor: Cursor, delivery_id: DeliveryId) -> dict[DeliveryId, list[str]]:
    """Keys of the events that a delivery brought into quarantine, by the delivery that released them."""
    found: dict[DeliveryId, list[str]] = {}
    rows = cursor.ask(statement(__package__, "released_elsewhere"), {"delivery": delivery_id}).rows()
    for released_in, key in rows:
        found.setdefault(DeliveryId(released_in), []).append(key)
    return found


def _row(event: SaidEvent, arrival: Arrival) -> dict[str, object]:
    return {
        "source_id": arrival.source_id,
        "key": event.key,
        "delivery_id": arrival.delivery_id,
        "line": event.line,
        "customer_key": event.customer_key,
        "name": event.name,
        "occurred_at": event.occurred_at.isoformat(),
        "said": orjson.Fragment(event.said),
        "digest": event.digest,
        "since": arrival.at.isoformat(),
    }


def _why(each: HeldEvent) -> dict[str, object]:
    return {"field": each.field, "reason": each.reason, "remedy": each.remedy}


def _insert(cursor: Cursor, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        cursor.execute(statement(__package__, "hold_events"), {"rows": orjson.dumps(list(rows)).decode()})


def update_reasons(cursor: Cursor, reasons: Sequence[tuple[int, str, str, str]]) -> None:
    """What waits does so for other reasons than before: (id, field, reason, remedy)."""
    rows = [dict(zip(("id", "field", "reason", "remedy"), each, strict=True)) for each in reasons]
    if rows:
        cursor.execute(statement(__package__, "update_reasons"), {"rows": orjson.dumps(rows).decode()})


def released_by_rule(cursor: Cursor, rule: int, *, source_id: SourceId) -> dict[DeliveryId, list[str]]:
    """Keys of the events that a rule released, by the delivery they were released in."""
    found: dict[DeliveryId, list[str]] = {}
    asked = cursor.ask(statement(__package__, "released_by_rule"), {"source": source_id, "rule": rule})
    for released_in, key in asked.rows():
        found.setdefault(DeliveryId(released_in), []).append(key)
    return found


def hold_again(cursor: Cursor, rule: int, *, source_id: SourceId) -> int:
    """What a rule released is in quarantine again; gives how many wait. Their events have been taken back before."""
    found = cursor.ask(statement(__package__, "hold_again"), {"source": source_id, "rule": rule})
    return sum(state == "waiting" for (state,) in found.rows())
