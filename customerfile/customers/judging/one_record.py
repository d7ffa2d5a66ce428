"""One record per customer: declared of a source, as of a register of members, it keeps its records apart."""

from collections.abc import Sequence
from datetime import datetime
from itertools import batched

from django.db import connection

from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.customers.judging.sitting import Sitting, in_one_sitting
from customerfile.customers.resolution.match_models import current_model
from customerfile.sources.operations import change_source

_AT_ONCE = 500


def set_one_record_per_customer(key: str, *, is_so: bool, by: str, at: datetime) -> int:
    """Declare it of a source, or no longer, and settle anew what that concerns; gives how many records were looked at.

    Interrupted, it is finished by doing the same again. Raises UnknownSource.
    """
    source = change_source(key, one_record_per_customer=is_so, by=by, at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            statement(__package__, "records_to_settle"),
            {"source": source, "link": current_model().thresholds.link},
        )
        records = [RecordId(row[0]) for row in cursor.fetchall()]
    for some in batched(records, _AT_ONCE):
        _settle(some, at)
    return len(records)


def _settle(records: Sequence[RecordId], at: datetime) -> None:
    def work(sitting: Sitting) -> None:
        sitting.take_up(records)
        sitting.settle()

    in_one_sitting(work, at=at)
