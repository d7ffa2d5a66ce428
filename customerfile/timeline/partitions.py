"""Months of the event table: made when the first event of a month arrives."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from psycopg import sql

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
    for name, (year, month) in sorted(names.items()):
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('event months'))")
        cursor.execute(_create(name, year, month))


def _name(year: int, month: int) -> str:
    return f"event_{year:04d}_{month:02d}"


def _create(name: str, year: int, month: int) -> sql.Composed:
    first, end = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return sql.SQL("CREATE TABLE IF NOT EXISTS {} PARTITION OF event FOR VALUES FROM ({}) TO ({})").format(
        sql.Identifier(name), sql.Literal(f"{first} 00:00+00"), sql.Literal(f"{end} 00:00+00")
    )
