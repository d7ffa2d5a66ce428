"""What records are compared by, as stored: one text each, which the matching room reads."""

from collections.abc import Sequence

from customerfile.base.bulk import Answer, Cursor
from customerfile.base.database import statement
from customerfile.base.ids import RecordId


def ask_prepared(cursor: Cursor, records: Sequence[RecordId]) -> Answer:
    """Have the comparison inputs of records on their way, as (record, input)."""
    return cursor.ask(statement(__package__, "prepared_of"), (list(records),))


def prepared_of(cursor: Cursor, records: Sequence[RecordId]) -> dict[RecordId, str]:
    """The comparison inputs of records. One that has none is left out."""
    return dict(ask_prepared(cursor, records).rows())
