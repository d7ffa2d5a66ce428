"""Months of the ledgers: which there are, and which have been kept for long enough. Pure but for the list of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection

from customerfile.audit.errors import RetentionNotPossible
from customerfile.base.database import statement
from customerfile.base.told import told

SHORTEST_MONTHS = 3  # of retention: what is younger may not be missing, whatever anybody says
_LONGEST_MONTHS = 1200
_NAME = re.compile(r"(?P<ledger>[a-z_]+)_(?P<year>\d{4})_(?P<month>\d{2})")
_SETTINGS = {
    "read_entry": ("CUSTOMERFILE_KEEP_READS_MONTHS", "KEEP_READS_MONTHS"),
    "audit_entry": ("CUSTOMERFILE_KEEP_CHANGES_MONTHS", "KEEP_CHANGES_MONTHS"),
}


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of one ledger: a partition by itself."""

    ledger: str
    year: int
    month: int

    @property
    def table(self) -> str:
        return f"{self.ledger}_{self.year:04d}_{self.month:02d}"

    @property
    def begins_at(self) -> datetime:
        return datetime(self.year, self.month, 1, tzinfo=UTC)

    @property
    def ends_at(self) -> datetime:
        return months_after(self.begins_at, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def months_after(moment: datetime, months: int) -> datetime:
    """The first moment of the month that is so many months later (or, below 0, earlier)."""
    count = moment.year * 12 + moment.month - 1 + months
    return datetime(count // 12, count % 12 + 1, 1, tzinfo=UTC)


def is_old_enough(month: Month, *, kept_months: int, at: datetime) -> bool:
    """Whether the whole month has been kept for so many months."""
    return months_after(month.ends_at, kept_months) <= at


def kept_months() -> Mapping[str, int]:
    """For how many months each ledger is kept. Raises RetentionNotPossible."""
    return {
        ledger: _months(name, getattr(settings, setting)) for ledger, (name, setting) in _SETTINGS.items()
    }


def months_of(ledger: str) -> tuple[Month, ...]:
    """The months of a ledger that have a partition, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "find_months"), {"ledger": ledger})
        found = [_NAME.fullmatch(name) for (name,) in cursor.fetchall()]
    return tuple(Month(ledger, int(each["year"]), int(each["month"])) for each in found if each)


def make_months() -> None:
    """Make the partitions of this month and the next two, where they are not there yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT make_audit_months()")


def _months(name: str, setting: object) -> int:
    text = str(setting).strip()
    if not (text.isascii() and text.isdigit() and SHORTEST_MONTHS <= int(text[:6]) <= _LONGEST_MONTHS):
        raise RetentionNotPossible(
            told(
                "{name} is {setting}, and has to be a number of months, {shortest} to {longest}.",
                name=name,
                setting=text,
                shortest=SHORTEST_MONTHS,
                longest=_LONGEST_MONTHS,
            ),
            "Set it to one, as in 12.",
        )
    return int(text)
