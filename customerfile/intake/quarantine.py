"""What people do with events in quarantine: mend them by a rule and release them, discard them, take a rule back.

Invariants: what is released is a delivery of its source; each act is in the ledger; nothing is deleted.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from customerfile.audit.operations import record
from customerfile.base.bulk import bulk_cursor
from customerfile.base.clock import now
from customerfile.base.ids import DeliveryId, SourceId
from customerfile.base.told import told
from customerfile.definition.queries import current_definition
from customerfile.definition.tracking_plan import TrackingPlan
from customerfile.embedded import Home
from customerfile.intake.chunk_writer import ChunkWriter
from customerfile.intake.counting import total
from customerfile.intake.errors import QuarantineRefused
from customerfile.intake.mending import Mending
from customerfile.intake.mending_checks import check_rule
from customerfile.intake.orders import PreparedEvent
from customerfile.intake.producing import Chunk
from customerfile.intake.received_delivery import HandedOver, new_delivery, source_of
from customerfile.intake.reviewing import Review
from customerfile.sources import operations as deliveries
from customerfile.timeline.mending_rules import add_rule, end_rule, has_rule, set_group_state
from customerfile.timeline.quarantine import (
    MendingKind,
    MendingRule,
    hold_again,
    released_by_rule,
    update_reasons,
)
from customerfile.timeline.quarantine_queries import (
    QuarantineGroup,
    StandingRule,
    mending_rules,
    quarantine_groups,
    standing_rules,
)
from customerfile.timeline.undoing import undo_events


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a release would do: how many events would go on their timelines, how many stay, and for which reasons."""

    released: int
    stays: int
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did. `delivery` is None where nothing fits yet; `rule` where one was made."""

    delivery: DeliveryId | None
    released: int
    stays: int
    rule: MendingRule | None = None


def group_of(event: int, *, state: str = "waiting") -> QuarantineGroup:
    """The group that an event in quarantine is of. Raises QuarantineRefused where it is in none any more."""
    for found in quarantine_groups(state=state, group_id=event):
        return found
    raise QuarantineRefused(
        told("Nothing waits under the number {number} any more.", number=event),
        "List what waits with: customerfile quarantine list",
    )


def foresee_release(group: QuarantineGroup, rule: MendingRule | None, *, home: Home) -> Foreseen:
    """What releasing would do, with a rule that is not kept yet or as it is. Raises QuarantineRefused."""
    rules = _checked(group, rule)
    reviewed = list(Review.of(group.source_id, Mending.of(rules), home).parts(_names(group, rule, rules)))
    reasons = Counter(reason for part in reviewed for _, _, reason, _ in part.staying)
    return Foreseen(
        sum(len(part.fitting) for part in reviewed), reasons.total(), tuple(reasons.most_common(5))
    )


@transaction.atomic
def release_events(group: QuarantineGroup, rule: MendingRule | None, *, home: Home, by: str) -> Released:
    """Release what fits, by a new rule or as it is; the rest stays. Raises QuarantineRefused, SourceBusy."""
    deliveries.wait_for_source(group.source_id, key=group.source_key)
    at = now()
    _checked(group, rule)
    kept = _kept(group.source_id, rule, by=by, at=at) if rule else None
    rules = mending_rules(group.source_id)
    review = Review.of(group.source_id, Mending.of(rules), home)
    fitting: list[PreparedEvent] = []
    stays = 0
    for part in list(review.parts(_names(group, rule, rules))):
        fitting += part.fitting
        stays += len(part.staying)
        with bulk_cursor(connection.connection) as cursor:
            update_reasons(cursor, part.changed)
    delivery = _written(group.source_key, fitting, review, by=by) if fitting else None
    record(
        by=by,
        at=at,
        code="intake.quarantine.released",
        subject=f"source:{group.source_id}",
        detail={"released": len(fitting), "stays": stays} | ({"delivery": delivery} if delivery else {}),
    )
    return Released(delivery, len(fitting), stays, kept)


@transaction.atomic
def discard_events(group: QuarantineGroup, *, by: str) -> int:
    """Events of a group are not wanted; they stay in quarantine as discarded. Gives how many."""
    return _set_state(group, "discarded", by=by)


@transaction.atomic
def put_back(group: QuarantineGroup, *, by: str) -> int:
    """Let events wait again that were discarded. Gives how many."""
    return _set_state(group, "waiting", by=by)


def standing_rule(rule: int) -> StandingRule:
    """A rule that applies. Raises QuarantineRefused."""
    for found in standing_rules():
        if found.rule.id == rule:
            return found
    raise QuarantineRefused(
        told("There is no rule {number}, or it was taken back.", number=rule),
        "List the rules with: customerfile quarantine rules",
    )


@transaction.atomic
def take_back_rule(rule: int, *, home: Home, by: str) -> int:
    """The rule applies to nothing any more; what it released leaves the timelines and waits again. Gives how many.

    Raises QuarantineRefused, SourceBusy.
    """
    found = standing_rule(rule)
    deliveries.wait_for_source(found.source_id, key=found.source_key)
    at = now()
    end_rule(rule, by=by, at=at)
    with bulk_cursor(connection.connection) as cursor:
        for delivery, keys in released_by_rule(cursor, rule, source_id=found.source_id).items():
            undo_events(cursor, delivery, keys)
        waiting = hold_again(cursor, rule, source_id=found.source_id)
    review = Review.of(found.source_id, Mending.of(mending_rules(found.source_id)), home)
    for part in list(review.parts(None)):
        with bulk_cursor(connection.connection) as cursor:
            update_reasons(cursor, part.changed)
    record(
        by=by,
        at=at,
        code="intake.mending_rule.taken_back",
        subject=f"source:{found.source_id}",
        detail=_detail(found.rule) | {"waiting": waiting},
    )
    return waiting


def _checked(group: QuarantineGroup, rule: MendingRule | None) -> Sequence[MendingRule]:
    """The rules of the source, with the new one. Raises QuarantineRefused."""
    rules = mending_rules(group.source_id)
    if rule is None:
        return rules
    check_rule(rule, TrackingPlan.of(current_definition()))
    if has_rule(group.source_id, rule.event, rule.property):
        raise QuarantineRefused(
            told("The source has a rule for this already."),
            "Take that one back first: customerfile quarantine rules",
        )
    return (*rules, rule)


def _names(group: QuarantineGroup, rule: MendingRule | None, rules: Iterable[MendingRule]) -> list[str]:
    """The names under which events wait that this may concern."""
    here = group.name if rule is None or rule.kind is MendingKind.CALL_EVENT else rule.event
    called = [each.event for each in rules if each.kind is MendingKind.CALL_EVENT and each.new_name == here]
    return sorted({group.name, here, *called})


def _kept(source_id: SourceId, rule: MendingRule, *, by: str, at: datetime) -> MendingRule:
    kept = add_rule(source_id, rule, by=by, at=at)
    record(
        by=by,
        at=at,
        code="intake.mending_rule.made",
        subject=f"source:{source_id}",
        detail=_detail(kept),
    )
    return kept


def _detail(rule: MendingRule) -> dict[str, str | int]:
    return {"rule": rule.id, "kind": rule.kind.value, "event": rule.event} | {
        name: text for name, text in (("property", rule.property), ("called", rule.new_name)) if text
    }


def _written(source_key: str, events: Sequence[PreparedEvent], review: Review, *, by: str) -> DeliveryId:
    """Put events on their timelines as one delivery."""
    digest = hashlib.sha256("\n".join(each.event.key for each in events).encode()).hexdigest()
    handed = HandedOver(source_key, "events", digest, 0, name="Quarantine")
    source = source_of(handed, by=by)
    delivery = replace(new_delivery(handed, source), detected={"format": "quarantine"})
    delivery_id = deliveries.add_received(delivery, by=by, at=now())
    reading = review.reading
    writer = ChunkWriter(
        source, delivery_id, reading.definition, reading.store, seals=True, model=reading.model
    )
    counts = total(
        [
            writer.write(Chunk(number, len(part), events=tuple(part)))
            for number, part in enumerate(_parts(events))
        ]
    )
    deliveries.tell_received(delivery_id, counts, by=by, at=now())
    return delivery_id


def _parts(events: Sequence[PreparedEvent]) -> Iterable[Sequence[PreparedEvent]]:
    return (events[start : start + 1000] for start in range(0, len(events), 1000))


def _set_state(group: QuarantineGroup, state: str, *, by: str) -> int:
    count = set_group_state(group, state)
    record(
        by=by,
        at=now(),
        code="intake.quarantine.discarded" if state == "discarded" else "intake.quarantine.put_back",
        subject=f"source:{group.source_id}",
        detail={"event": group.name, "events": count},
    )
    return count
