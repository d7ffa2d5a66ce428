"""Takes a bulk change back, a slice of customers in one transaction. What was corrected since is left, and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from django.db import connection

from customerfile.audit.operations import record_all
from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.base.told import noted_text
from customerfile.customers.bulk_changes.changing import AT_ONCE, hold, write_anew
from customerfile.customers.bulk_changes.store import BulkChangeInfo
from customerfile.customers.bulk_changes.wish import Way
from customerfile.customers.correcting.correcting import GIVEN_BACK
from customerfile.customers.judging.sitting import Sitting, in_one_sitting
from customerfile.customers.resolution.judgement_store import Author

_NAMED = 20


class _Item(NamedTuple):
    customer: CustomerId
    correction: int
    before: int | None
    record: int | None
    stands: bool | None
    ended_by: str | None

    @property
    def reason(self) -> str:
        """Why it is left; "" where it is changed back."""
        if self.stands:
            return ""
        if self.record is None:
            return noted_text("Its records are not in the file any more.")
        return noted_text("The field was corrected since, by {name}.").format(name=self.ended_by)


@dataclass(frozen=True, slots=True)
class ForeseenUndo:
    """How many customers would be changed back and how many left, and the first of these."""

    changed_back: int
    left: int
    first_left: tuple[CustomerId, ...]


def foresee_undo(number: int) -> ForeseenUndo:
    """What taking a bulk change back would do now."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "foresee_undo"), {"change": number, "rows": _NAMED})
        back, left, first = cursor.fetchall()[0]
    return ForeseenUndo(back, left, tuple(CustomerId(each) for each in first))


def undo_slice(change: BulkChangeInfo, author: Author) -> int:
    """Change the next customers back; how many were looked at. 0: all were."""

    def work(sitting: Sitting) -> int:
        cursor = sitting.cursor
        if change.wish.way is Way.CONFIRM:
            return len(
                cursor.ask(statement(__package__, "take_confirmations_back"), {"change": change.id}).rows()
            )
        items = _next(cursor, change.id)
        standing = [each for each in items if each.stands]
        customers = _customers(sitting, [each.record for each in standing if each.record is not None])
        members = hold(sitting, list(customers))
        told = {"corrections": [each.correction for each in standing], "by": author.by, "at": author.at}
        ended = cursor.ask(statement(__package__, "end_these"), told).rows()
        earlier = [each.before for each in standing if each.before is not None]
        cursor.execute(statement(__package__, "say_again"), {"corrections": earlier})
        write_anew(sitting, change.wish.field, members, [RecordId(record) for *_, record in ended])
        _note(cursor, change.id, items)
        _write_down(sitting, ended, change, author)
        return len(items)

    return in_one_sitting(work, at=author.at, alone=True)


def _next(cursor: Cursor, change: int) -> list[_Item]:
    found = cursor.ask(statement(__package__, "next_to_undo"), {"change": change, "rows": AT_ONCE})
    return [_Item(CustomerId(customer), *rest) for customer, *rest in found.rows()]


def _customers(sitting: Sitting, records: Sequence[int]) -> dict[CustomerId, str]:
    """The customers that records stand under now: they may have been merged or split since."""
    found = sitting.cursor.ask(statement(__package__, "customers_of_records"), {"records": list(records)})
    return {CustomerId(customer): number for _, customer, number in found.rows()}


def _note(cursor: Cursor, change: int, items: Sequence[_Item]) -> None:
    rows = [
        {"customer_id": each.customer, "undo": "left" if each.reason else "undone", "reason": each.reason}
        for each in items
    ]
    told = {"change": change, "rows": orjson.dumps(rows).decode()}
    cursor.execute(statement(__package__, "note_undone"), told)


def _write_down(
    sitting: Sitting, ended: Sequence[Sequence[Any]], change: BulkChangeInfo, author: Author
) -> None:
    records = [record for *_, record in ended]
    found = sitting.cursor.ask(statement(__package__, "customers_of_records"), {"records": records})
    numbers = {record: number for record, _, number in found.rows()}
    entries = []
    for correction, field, record in ended:
        customers: list[str] = [numbers[record]] if record in numbers else []
        detail = {"customers": customers, "field": field, "bulk_change": change.id}
        entries.append((author.by, f"correction:{correction}", detail))
    record_all(sitting.cursor, GIVEN_BACK, entries, at=author.at)
