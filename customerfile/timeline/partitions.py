"""Months of the event table: made when the first event of a month arrives."""

from collections.abc import Iterable
from datetime import UTC, datetime

from customerfile.base.bulk import Cursor

FIRST_YEAR, LAST_YEAR = 1900, 2100


def is_in_range(moment: datetime) -> bool:
    """Whether an event may have happened then: a year outside is a slip of the pen."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def ensure_months(cursor: Cursor, moments: Iterable[datetime]) -> None:
    """Make the partitions that events at these moments need."""
    months = {(moment.astimezone(UTC).year, moment.astimezone(UTC).month) for moment in moments}
    if not months:
        return
    names = {_name(year, month): (year, month) for year, month in months}
    there = cursor.ask(
        "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r'", (list(names),)
    )
    for (known,) in there.rows():
        del names[known]
    for _, (year, month) in sorted(names.items()):
        cursor.execute("SELECT make_event_month(%s, %s)", (year, month))


def _name(year: int, month: int) -> str:
    return f"event_{year:04d}_{month:02d}"
