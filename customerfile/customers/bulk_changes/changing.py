"""Does a bulk change, a slice of customers in one transaction: their corrections, what became of them, and the ledger.

Every customer is looked at anew when its turn comes: what changed since the change was asked for counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from customerfile.audit.operations import record_all
from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.base.told import noted_text
from customerfile.customers.bulk_changes.store import BulkChangeInfo
from customerfile.customers.bulk_changes.wish import Outcome, Way, Wish, change_of, fate_of
from customerfile.customers.correcting.changes import Asked
from customerfile.customers.correcting.comparing import compare_anew
from customerfile.customers.correcting.correcting import CORRECTED, Desk, Row, store_corrections
from customerfile.customers.golden.corrections import values_of
from customerfile.customers.golden.golden import GoldenRules, LinkedRecord
from customerfile.customers.judging.sitting import Sitting, in_one_sitting
from customerfile.customers.resolution.corrected_inputs import COMPARED
from customerfile.customers.resolution.judgement_store import Author
from customerfile.customers.resolution.writers import hold_the_file
from customerfile.definition.queries import current_definition

AT_ONCE = 50
_CONFIRMED = "customers.customer.confirmed"
_MERGED = noted_text("It was merged into another customer meanwhile.")
_GONE = noted_text("It is not in the file any more.")


class _Item(NamedTuple):
    customer: CustomerId
    number: str | None
    state: str | None


class _Done(NamedTuple):
    """What became of a customer; `row` is the correction to be written, where one is."""

    item: _Item
    outcome: Outcome
    reason: str = ""
    row: Row | None = None


def change_slice(change: BulkChangeInfo, author: Author) -> int:
    """Change the next customers; how many were looked at. 0: all were."""

    def work(sitting: Sitting) -> int:
        items = _next(sitting.cursor, change.id)
        members = hold(sitting, [each.customer for each in items if each.state == "active"])
        done = [_looked_at(sitting, change.wish, each, members.get(each.customer, ())) for each in items]
        if change.wish.way is Way.CONFIRM:
            _confirm(sitting.cursor, change, done, members, author)
            return len(items)
        made = _store(sitting, done, author)
        write_anew(sitting, change.wish.field, members, [record for record, *_ in made.values()])
        _note(sitting.cursor, change.id, done, made)
        entries = [
            (author.by, f"correction:{made[each.item.customer][1]}", _detail(change, each.item))
            for each in done
            if each.item.customer in made
        ]
        record_all(sitting.cursor, CORRECTED, entries, at=author.at)
        return len(items)

    return in_one_sitting(work, at=author.at, alone=True)


def hold(sitting: Sitting, customers: Sequence[CustomerId]) -> dict[CustomerId, list[LinkedRecord]]:
    """Take customers up, and give the records of each. The sitting has the file for itself."""
    if not customers:
        return {}
    hold_the_file(sitting.cursor)  # nobody moves a record from here on
    sitting.take_up(sitting.records_of(customers))
    present = sitting.component.customers()
    return {
        customer: [sitting.component.linked[record] for record in sorted(present[customer])]
        for customer in customers
        if customer in present
    }


def write_anew(
    sitting: Sitting,
    field: str,
    members: Mapping[CustomerId, Sequence[LinkedRecord]],
    records: Sequence[RecordId],
) -> None:
    """Write the customers of these records anew after corrections of a field on them changed."""
    if not records:
        return
    if field in COMPARED:
        touched = set(records)
        changed = [each for found in members.values() for each in found if each.record_id in touched]
        compare_anew(sitting.cursor, changed, sitting.resolution)
    sitting.resolution.write_anew(sitting.cursor, records)


def _next(cursor: Cursor, change: int) -> list[_Item]:
    found = cursor.ask(statement(__package__, "next_waiting"), {"change": change, "rows": AT_ONCE})
    return [_Item(CustomerId(id_), number, state) for id_, number, state in found.rows()]


def _looked_at(sitting: Sitting, wish: Wish, item: _Item, members: Sequence[LinkedRecord]) -> _Done:
    if not members:
        return _Done(item, Outcome.REFUSED, _MERGED if item.state == "merged" else _GONE)
    definition = current_definition()
    golden = GoldenRules(definition).golden_record(members)
    fate = fate_of(wish, golden.kind, values_of(golden.values.get(wish.field)))
    if fate.outcome is not Outcome.CHANGED or wish.way is Way.CONFIRM:
        return _Done(item, fate.outcome, fate.reason)
    desk = Desk(sitting, definition, members, golden)
    return _Done(item, fate.outcome, row=desk.row(Asked(wish.field, change_of(wish, golden.kind))))


def _confirm(
    cursor: Cursor,
    change: BulkChangeInfo,
    done: Sequence[_Done],
    members: Mapping[CustomerId, Sequence[LinkedRecord]],
    author: Author,
) -> None:
    """Write down that what is on file of these customers holds: no golden record is another one for it."""
    confirmed = [each.item for each in done if each.outcome is Outcome.CHANGED]
    oldest = [min(each.record_id for each in members[item.customer]) for item in confirmed]
    told = {"records": oldest, "change": change.id, "by": author.by, "at": author.at}
    cursor.execute(statement(__package__, "confirm"), told)
    _note(cursor, change.id, done, {})
    entries = [
        (author.by, f"bulk_change:{change.id}", {"customers": [str(item.number)]}) for item in confirmed
    ]
    record_all(cursor, _CONFIRMED, entries, at=author.at)


def _store(
    sitting: Sitting, done: Sequence[_Done], author: Author
) -> dict[CustomerId, tuple[RecordId, int, int | None]]:
    """Write the corrections: customer -> record, correction, the one that ended for it."""
    owners = {each.row["record_id"]: each.item.customer for each in done if each.row}
    if not owners:
        return {}
    stored = store_corrections(sitting.cursor, [each.row for each in done if each.row], author)
    return {owners[record]: (RecordId(record), made, ended) for made, _, record, ended in stored}


def _note(
    cursor: Cursor,
    change: int,
    done: Sequence[_Done],
    made: Mapping[CustomerId, tuple[RecordId, int, int | None]],
) -> None:
    rows = []
    for each in done:
        _, correction, before = made.get(each.item.customer, (None, None, None))
        rows.append(
            {
                "customer_id": each.item.customer, "outcome": each.outcome.value, "reason": each.reason,
                "correction_id": correction, "before_id": before,
            }
        )  # fmt: skip
    told = {"change": change, "rows": orjson.dumps(rows).decode()}
    cursor.execute(statement(__package__, "note_outcomes"), told)


def _detail(change: BulkChangeInfo, item: _Item) -> dict[str, Any]:
    customers: list[str] = [str(item.number)]
    return {"customers": customers, "field": change.wish.field, "bulk_change": change.id}
