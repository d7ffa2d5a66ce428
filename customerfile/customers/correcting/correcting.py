"""People correct golden records, and take corrections back.

Each is one transaction with the file for itself: the correction is written, and its customer is written anew.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from customerfile.audit.operations import record as write_down
from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.base.told import told
from customerfile.customers.correcting.changes import Asked, Made, Present, field_mark, made_of
from customerfile.customers.correcting.comparing import compare_anew
from customerfile.customers.errors import ChangedMeanwhile, NothingCorrected
from customerfile.customers.golden.corrections import Correction, by_field, values_of
from customerfile.customers.golden.golden import GoldenRecord, GoldenRules, LinkedRecord
from customerfile.customers.judging.merging import take_up_customers
from customerfile.customers.judging.sitting import Sitting, in_one_sitting
from customerfile.customers.resolution.corrected_inputs import COMPARED
from customerfile.customers.resolution.judgement_store import Author
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FileDefinition

CORRECTED = "customers.value.corrected"
GIVEN_BACK = "customers.correction.withdrawn"

type Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corrected:
    """The customer, by the number it has now, and the fields that were corrected or given back to its records."""

    customer: str
    fields: tuple[str, ...]


def correct_customer(number: str, asked: Sequence[Asked], author: Author) -> Corrected:
    """Correct fields of the customer that a number leads to. That the values are sound is checked before.

    Raises UnknownCustomer, NoSuchValue, NothingCorrected, ChangedMeanwhile.
    """
    if not asked:
        raise NothingCorrected("No field was named.", "Name the fields to correct, each with its value.")

    def work(desk: Desk) -> Corrected:
        rows = [desk.row(each) for each in asked]
        made = store_corrections(desk.sitting.cursor, rows, author)
        done = desk.write_anew([(row["record_id"], row["field"]) for row in rows])
        return _done(CORRECTED, [each[:2] for each in made], done, author)

    return _at_a_desk(number, work, at=author.at)


def withdraw_corrections(number: str, fields: Collection[str], author: Author) -> Corrected:
    """Let the records say again what these fields hold. A mapping tells the mark that each had when somebody looked.

    Raises UnknownCustomer, NothingCorrected, ChangedMeanwhile.
    """
    seen = fields if isinstance(fields, Mapping) else {}

    def work(desk: Desk) -> Corrected:
        for field in sorted(seen):
            desk.hold_to(field, seen[field])
        records = [each.record_id for each in desk.members]
        asked = {"records": records, "fields": sorted(fields), "by": author.by, "at": author.at}
        ended = desk.sitting.cursor.ask(statement(__package__, "end_corrections"), asked).rows()
        missing = sorted(set(fields) - {field for _, field, _ in ended})
        if missing:
            raise NothingCorrected(
                told(
                    'Nobody corrected "{field}" of customer {number}.',
                    field=desk.label(missing[0]),
                    number=number,
                ),
                told("See what was corrected with: customerfile show {number}", number=number),
            )
        done = desk.write_anew([(record, field) for _, field, record in ended])
        return _done(GIVEN_BACK, [each[:2] for each in ended], done, author)

    return _at_a_desk(number, work, at=author.at)


def store_corrections(cursor: Cursor, rows: Sequence[Row], author: Author) -> list[tuple[Any, ...]]:
    """Write corrections, one for each record and field: its number, field and record, and which one ended for it."""
    written = {"rows": orjson.dumps(rows).decode(), "note": author.note, "by": author.by, "at": author.at}
    return list(cursor.ask(statement(__package__, "store_corrections"), written).rows())


@dataclass(frozen=True, slots=True)
class Desk:
    """One customer, taken up to be corrected: its records, with what hangs on them, and its golden record."""

    sitting: Sitting
    definition: FileDefinition
    members: Sequence[LinkedRecord]
    golden: GoldenRecord

    def row(self, asked: Asked) -> Row:
        """The correction that is asked for, as it is written."""
        self.hold_to(asked.field, asked.seen)
        golden = values_of(self.golden.values.get(asked.field))
        standing = self._standing(asked.field)
        anchor = standing[0][1] if standing else self._origin(asked.field)
        made = self._made(asked, golden, standing[0][0] if standing else None)
        return {
            "record_id": anchor, "field": asked.field, "value": made.value, "set_aside": made.set_aside,
            "was": self.golden.values.get(asked.field),
        }  # fmt: skip

    def hold_to(self, field: str, seen: str) -> None:
        """That a field still bears the mark that somebody saw, where they say one. Raises ChangedMeanwhile."""
        if seen and seen != field_mark(values_of(self.golden.values.get(field))):
            raise ChangedMeanwhile(
                told('Somebody changed "{field}" since you looked.', field=self.label(field)),
                "Look at both, and choose.",
            )

    def label(self, field: str) -> str:
        """How people call a field."""
        return next((told(each.label) for each in self.definition.fields if each.key == field), field)

    def write_anew(self, touched: Sequence[tuple[RecordId, str]]) -> str:
        """Write the customer anew after what hangs on its records changed; gives its number."""
        cursor, records = self.sitting.cursor, sorted({record for record, _ in touched})
        compared = {record for record, field in touched if field in COMPARED}
        changed = [each for each in self.members if each.record_id in compared]
        if not compare_anew(cursor, changed, self.sitting.resolution):
            self.sitting.resolution.write_anew(cursor, records)
        return self.sitting.numbers(records[:1])[0]

    def _made(self, asked: Asked, golden: Sequence[Any], standing: Correction | None) -> Made:
        on_record = [value for each in self.members for value in values_of(each.canonical.get(asked.field))]
        return made_of(
            asked.change,
            Present(
                golden,
                on_record,
                standing.value if standing else None,
                standing.set_aside if standing else (),
                multiple=any(each.multiple for each in self.definition.fields if each.key == asked.field),
            ),
        )

    def _standing(self, field: str) -> list[tuple[Correction, RecordId]]:
        """The corrections of a field, the latest first."""
        made = by_field((each, record.record_id) for record in self.members for each in record.corrections)
        return made.get(field, [])

    def _origin(self, field: str) -> RecordId:
        """The record whose value is corrected; the oldest where none says anything."""
        origins = self.golden.origins.get(field)
        return origins[0] if origins else min(each.record_id for each in self.members)


def _at_a_desk(number: str, work: Callable[[Desk], Corrected], *, at: datetime) -> Corrected:
    def at_the_desk(sitting: Sitting) -> Corrected:
        (records,) = take_up_customers(sitting, [number])
        members = [sitting.component.linked[record] for record in sorted(records)]
        definition = current_definition()
        golden = GoldenRules(definition).golden_record(members)
        return work(Desk(sitting, definition, members, golden))

    return in_one_sitting(at_the_desk, at=at, alone=True)


def _done(code: str, made: Sequence[Sequence[Any]], customer: str, author: Author) -> Corrected:
    """Write down which fields; what they said and say stands in the corrections, not in the ledger."""
    for id_, field in made:
        write_down(
            by=author.by,
            at=author.at,
            code=code,
            subject=f"correction:{id_}",
            detail={"customers": [customer], "field": field},
        )
    return Corrected(customer, tuple(sorted(field for _, field in made)))
