"""Roles whose holder has not arrived: they wait, and join when the record comes. When it goes, they wait again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from customerfile.access.sight import Sight
from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.sources.staging import Arrival


@dataclass(frozen=True, slots=True)
class WaitingHolder:
    """Somebody who holds something by a source's word, and whom the source has not delivered."""

    source_key: str
    holder_key: str
    kind: str
    agreement_key: str
    role: str
    delivery: int


def join_holders(cursor: Cursor, arrived: Sequence[tuple[RecordId, str]], *, arrival: Arrival) -> None:
    """Hang the roles that waited for these records, each with its key, on them."""
    if arrived:
        cursor.execute(
            statement(__package__, "join_holders"),
            {
                "source": arrival.source_id,
                "records": [record for record, _ in arrived],
                "keys": [key for _, key in arrived],
            },
        )


def part_holders(cursor: Cursor, records: Sequence[RecordId]) -> None:
    """Let the roles on records that are about to go wait."""
    cursor.execute(
        "UPDATE agreement_role SET record_id = NULL WHERE record_id = ANY(%s::bigint[])", (list(records),)
    )


def waiting_holders(*, sight: Sight, source_key: str = "", limit: int = 100) -> tuple[WaitingHolder, ...]:
    """Who is waited for, of one source or of all; the first ones by their keys. None for those who see a part only:
    who is not in the file is of no branch.
    """
    if not _sees(sight):
        return ()
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "find_waiting"), {"source": source_key or None, "limit": limit})
        return tuple(WaitingHolder(*row) for row in cursor.fetchall())


def waiting_count(*, sight: Sight, source_key: str = "") -> int:
    """How many roles wait for their holder; 0 for those who see a part only."""
    if not _sees(sight):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "count_waiting"), {"source": source_key or None})
        return int(cursor.fetchall()[0][0])


def _sees(sight: Sight) -> bool:
    return sight.is_whole and sight.shows_records
