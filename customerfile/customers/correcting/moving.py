"""What people corrected on a record that is taken back stays with its customer, as long as there is one."""

from collections.abc import Sequence
from datetime import datetime

from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import RecordId


def move_corrections(cursor: Cursor, gone: Sequence[RecordId], *, by: str, at: datetime) -> list[RecordId]:
    """Hang the corrections of records that are about to go on the oldest that stay with their customers; gives those.

    With the last record of a customer its corrections go.
    """
    found = cursor.ask(statement(__package__, "heirs"), {"gone": list(gone)}).rows()
    if not found:
        return []
    lone = [record for record, heir in found if heir is None]
    cursor.execute("DELETE FROM correction WHERE record_id = ANY(%s)", (lone,))
    pairs = [(record, RecordId(heir)) for record, heir in found if heir is not None]
    told = {"gone": [record for record, _ in pairs], "heirs": [heir for _, heir in pairs]}
    cursor.execute(statement(__package__, "end_outranked"), told | {"by": by, "at": at})
    cursor.execute(statement(__package__, "move_corrections"), told)
    return sorted({heir for _, heir in pairs})
