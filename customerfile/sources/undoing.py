"""Takes records of a delivery back: those it made are removed, those it changed say again what they said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import DeliveryId, RecordId


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What can be taken back: record ids to remove, (record, version) to restore, and keys that are left."""

    remove: tuple[RecordId, ...]
    restore: tuple[tuple[RecordId, int], ...]
    left: tuple[str, ...]


def undo_plan(cursor: Cursor, delivery_id: DeliveryId) -> UndoPlan:
    """What a delivery did to records, sorted by what can be done about it."""
    found = cursor.ask(statement(__package__, "undo_plan"), {"delivery": delivery_id}).rows()
    return UndoPlan(
        tuple(RecordId(record) for record, _, action, _ in found if action == "remove"),
        tuple((RecordId(record), version) for record, _, action, version in found if action == "restore"),
        tuple(key for _, key, action, _ in found if action == "left"),
    )


def remove_records(cursor: Cursor, records: Sequence[RecordId]) -> None:
    """Remove records and their versions. Their links, pairs and blocking keys are gone already."""
    cursor.execute("DELETE FROM record_version WHERE record_id = ANY(%s)", (list(records),))
    cursor.execute("DELETE FROM comparison_input WHERE record_id = ANY(%s)", (list(records),))
    cursor.execute("DELETE FROM record WHERE id = ANY(%s)", (list(records),))


def restore_records(
    cursor: Cursor, wanted: Sequence[tuple[RecordId, int]], *, delivery_id: DeliveryId, at: datetime
) -> list[RecordId]:
    """Give records back an earlier version. What they said until now is kept as a version too."""
    ids, versions = [record for record, _ in wanted], [version for _, version in wanted]
    cursor.execute(statement(__package__, "keep_versions"), {"at": at, "delivery": delivery_id, "ids": ids})
    restored = cursor.ask(
        statement(__package__, "restore_records"), {"ids": ids, "versions": versions, "at": at}
    )
    return [RecordId(row[0]) for row in restored.rows()]
