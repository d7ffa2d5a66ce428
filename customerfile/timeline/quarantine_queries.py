"""Reads of the quarantine: what waits, in groups that one rule may mend; the rules of a source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import connection

from customerfile.base.database import statement
from customerfile.base.ids import SourceId
from customerfile.timeline.models import MendingRuleRow, QuarantinedEvent
from customerfile.timeline.quarantine import MendingKind, MendingRule

_AT_ONCE = 1000
_GROUPS = 200


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    """An event in quarantine as it was said: texts by what they mean, properties, and what they are read by."""

    id: int
    key: str
    line: int
    customer_key: str
    name: str
    texts: dict[str, str]
    properties: dict[str, str]
    units: dict[str, str]
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuarantineGroup:
    """Events of a source with one name that do not fit for one reason. `id`: of the oldest of them, the example."""

    id: int
    source_id: SourceId
    source_key: str
    name: str
    field: str
    reason: str
    remedy: str
    state: str
    count: int
    since: datetime
    latest: datetime
    example: WaitingEvent


@dataclass(frozen=True, slots=True)
class StandingRule:
    """A rule that applies, who made it, and how many events it released."""

    rule: MendingRule
    source_id: SourceId
    source_key: str
    made_at: datetime
    made_by: str
    released: int


def mending_rules(source_id: int) -> tuple[MendingRule, ...]:
    """The rules of a source that apply, the oldest first."""
    found = MendingRuleRow.objects.filter(source_id=source_id, withdrawn_at=None).order_by("pk")
    return tuple(
        MendingRule(row.pk, MendingKind(row.kind), row.event, row.property, row.new_name) for row in found
    )


def standing_rules() -> tuple[StandingRule, ...]:
    """The rules of all sources that apply."""
    return tuple(
        StandingRule(
            MendingRule(id_, MendingKind(kind), event, property_, new_name),
            SourceId(source_id),
            source_key,
            made_at,
            made_by,
            released,
        )
        for id_, kind, event, property_, new_name, source_id, source_key, made_at, made_by, released in _rows(
            "standing_rules", {}
        )
    )


def waiting_of(source_id: int, keys: Sequence[str]) -> frozenset[str]:
    """Which of these keys of a source wait."""
    if not keys:
        return frozenset()
    found = QuarantinedEvent.objects.filter(source_id=source_id, key__in=keys, state="waiting")
    return frozenset(found.values_list("key", flat=True))


def quarantine_groups(
    *, state: str = "waiting", source: str = "", group_id: int | None = None
) -> tuple[QuarantineGroup, ...]:
    """What waits, or was discarded; the largest groups first. With `group_id`, the group of that event alone."""
    asked = {"state": state, "source": source, "event": group_id, "groups": _GROUPS}
    return tuple(_group(row, state) for row in _rows("quarantine_groups", asked))


def waiting_count() -> int:
    """How many events wait."""
    return QuarantinedEvent.objects.filter(state="waiting").count()


def waiting_events(source_id: SourceId, names: Sequence[str] | None) -> Iterator[list[WaitingEvent]]:
    """What waits of a source under these names, or all of it, in parts, the oldest first."""
    after = 0
    while rows := _rows(
        "waiting_events",
        {
            "source": source_id,
            "any": names is None,
            "names": list(names or ()),
            "after": after,
            "rows": _AT_ONCE,
        },
    ):
        yield [_event(row) for row in rows]
        after = rows[-1][0]


def _group(row: Sequence[Any], state: str) -> QuarantineGroup:
    source_id, source_key, remedy, count, since, latest, *example = row
    event = _event(example)
    return QuarantineGroup(
        event.id, SourceId(source_id), source_key, event.name, event.field, event.reason, remedy, state, count,
        since, latest, event,
    )  # fmt: skip


def _event(row: Sequence[Any]) -> WaitingEvent:
    id_, key, line, customer_key, name, field, reason, packed = row
    said = orjson.loads(packed)
    return WaitingEvent(
        id_, key, line, customer_key, name, said["texts"], said["properties"], said["units"], field, reason
    )


def _rows(name: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
