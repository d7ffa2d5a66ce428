"""Takes back what a delivery did, updates included. What was changed since is left, and named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from customerfile.base.bulk import bulk_cursor
from customerfile.base.clock import now
from customerfile.base.ids import DeliveryId, RecordId
from customerfile.base.told import told
from customerfile.customers.correcting.comparing import compare_anew
from customerfile.customers.correcting.moving import move_corrections
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.resolution.resolution import Arrived, Resolution, linked_records
from customerfile.customers.resolution.watching import newcomer, watch_for
from customerfile.customers.resolution.writers import hold_the_file
from customerfile.customers.whole_file.preparation import refresh_inputs
from customerfile.definition.queries import current_definition
from customerfile.embedded import Home
from customerfile.holdings.undoing import undo_holdings
from customerfile.holdings.waiting import part_holders
from customerfile.intake.errors import NothingToUndo
from customerfile.sources import operations as deliveries
from customerfile.sources.comparison_inputs import prepared_of
from customerfile.sources.undoing import remove_records, restore_records, undo_plan
from customerfile.timeline.notes import move_notes
from customerfile.timeline.quarantine import released_elsewhere, undo_quarantine
from customerfile.timeline.undoing import undo_events
from customerfile.vault.keystore import key_store

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Undone:
    """How many records, events, agreements and roles were removed and restored, and what was left.

    What was left was changed since. Judgements on removed records go with them. `quarantined`: events of the delivery
    that are gone from quarantine.
    """

    removed: int
    restored: int
    left: tuple[str, ...]
    judgements: int
    quarantined: int = 0


def undo_delivery(delivery_id: int, *, home: Home, by: str) -> Undone:
    """Take a delivery back. Interrupted, it goes on where it stopped when asked again."""
    delivery = deliveries.open_delivery_to_undo(DeliveryId(delivery_id))
    if delivery.state == "undone":
        raise NothingToUndo(told("Delivery {number} has been taken back already.", number=delivery_id))
    deliveries.hold_source(delivery.source_id, key=delivery.source_key)
    try:
        return _undo(DeliveryId(delivery_id), home, by, is_list=delivery.source_kind.is_list)
    finally:
        deliveries.release_source(delivery.source_id)


def _undo(delivery_id: DeliveryId, home: Home, by: str, *, is_list: bool) -> Undone:
    with transaction.atomic(), bulk_cursor(connection.connection) as cursor:
        events = undo_events(cursor, delivery_id)
        for released_in, keys in released_elsewhere(cursor, delivery_id).items():
            undo_events(cursor, released_in, keys)
        quarantined = undo_quarantine(cursor, delivery_id)
        held = undo_holdings(cursor, delivery_id)
        plan = undo_plan(cursor, delivery_id)
    judgements = 0
    for start in range(0, len(plan.remove), _AT_ONCE):
        judgements += _remove(plan.remove[start : start + _AT_ONCE], by=by)
    for start in range(0, len(plan.restore), _AT_ONCE):
        _restore(plan.restore[start : start + _AT_ONCE], delivery_id, is_list=is_list)
    key_store(home.keys).shred(plan.remove)
    done = Undone(
        events.removed + held.removed + len(plan.remove),
        events.restored + held.restored + len(plan.restore),
        (*events.left, *held.left, *plan.left),
        judgements,
        quarantined,
    )
    deliveries.close_undone(delivery_id, by=by, at=now(), removed=done.removed, restored=done.restored)
    return done


@transaction.atomic
def _remove(records: Sequence[RecordId], *, by: str) -> int:
    """Remove records; gives how many judgements on them went with them."""
    at = now()
    with bulk_cursor(connection.connection) as cursor:
        hold_the_file(cursor)
        move_notes(cursor, records)
        part_holders(cursor, records)
        heirs = move_corrections(cursor, records, by=by, at=at)
        resolution = _resolution(at)
        done = resolution.take_back(cursor, prepared_of(cursor, records))
        compare_anew(cursor, list(linked_records(cursor, heirs).values()), resolution)
        cursor.execute("DELETE FROM confirmation WHERE record_id = ANY(%s)", (list(records),))
        cursor.execute("DELETE FROM sealed_value WHERE record_id = ANY(%s)", (list(records),))
        remove_records(cursor, records)
    return done.judgements_dropped


@transaction.atomic
def _restore(wanted: Sequence[tuple[RecordId, int]], delivery_id: DeliveryId, *, is_list: bool) -> None:
    at = now()
    with bulk_cursor(connection.connection) as cursor:
        hold_the_file(cursor)
        records = [record_id for record_id, _ in wanted]
        before = prepared_of(cursor, records)
        restored = restore_records(cursor, wanted, delivery_id=delivery_id, at=at)
        refresh_inputs(cursor, restored)  # a version may have been prepared by earlier rules
        after = prepared_of(cursor, restored)
        resolution = _resolution(at)
        if is_list:
            listed = [newcomer(record, after[record], resolution.model) for record in restored]
            watch_for(cursor, listed, changed=restored, model=resolution.model, at=at)
            return
        known = linked_records(cursor, restored)
        model = resolution.model
        resolution.resolve(
            cursor, [Arrived.again(known[each], before[each], after[each], model=model) for each in restored]
        )


def _resolution(at: datetime) -> Resolution:
    return Resolution.of(current_model(), current_definition(), at=at, alone=True)
