"""Reads for the list of sources, and whether something is being taken in or back right now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from customerfile.base.database import statement
from customerfile.sources.operations import BUSY_SOURCES


@dataclass(frozen=True, slots=True)
class SourceFigures:
    records: int
    deliveries: int


def source_figures() -> dict[int, SourceFigures]:
    """By the id of the source."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "find_source_figures"))
        return {
            source: SourceFigures(records, deliveries) for source, records, deliveries in cursor.fetchall()
        }


def is_worked_at(delivery_id: int) -> bool:
    """Whether a process holds the source of this delivery. One that died holds nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement(__package__, "is_source_held"), {"kind": BUSY_SOURCES, "delivery": delivery_id}
        )
        return bool(cursor.fetchall()[0][0])
