"""What a second person is to know of: much that left the file, and somebody who saw very many customers within an hour.

All of it is read from the ledger, and that somebody took notice is an entry as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from customerfile.audit.errors import UnknownNotice
from customerfile.audit.operations import record
from customerfile.audit.wording import what_was_done
from customerfile.base.database import statement

MANY_SEEN, TAKEN_NOTE = "audit.reads.many", "audit.notice.acknowledged"
SHOWN_FOR = timedelta(days=90)
_HOUR = timedelta(hours=1)
_MOST = 100
_LOCK = 0x5EA2


@dataclass(frozen=True, slots=True)
class Notice:
    """An entry of the ledger, by somebody else, of which this person has not taken note yet."""

    entry: int
    at: datetime
    by: str
    words: str
    detail: Mapping[str, Any]


def notices_for(username: str, *, at: datetime) -> tuple[Notice, ...]:
    """What this person is still to take note of, the newest first: what others did within the last 90 days."""
    asked: dict[str, Any] = {"by": username, "since": at - SHOWN_FOR, "above": settings.EXPORT_NOTICE_ABOVE}
    asked |= {"many_seen": MANY_SEEN, "taken_note": TAKEN_NOTE, "limit": _MOST}
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "find_notices"), asked)
        rows = cursor.fetchall()
    return tuple(_notice(*row) for row in rows)


@transaction.atomic
def acknowledge(entry: int, *, by: str, at: datetime) -> None:
    """Take note of one; it is shown to this person no more. Raises UnknownNotice."""
    if entry not in {notice.entry for notice in notices_for(by, at=at)}:
        raise UnknownNotice("There is nothing like that to take note of.", "Load the page again.")
    record(by=by, at=at, code=TAKEN_NOTE, subject=f"audit_entry:{entry}", detail={"entry": entry})


@transaction.atomic
def notice_many_seen(*, at: datetime) -> int:
    """Write down who saw more customers within the last hour than the setting says; once an hour. How many did."""
    asked: dict[str, Any] = {
        "since": at - _HOUR,
        "until": at,
        "above": settings.READS_NOTICE_ABOVE,
        "many_seen": MANY_SEEN,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if cursor.fetchall() == [(False,)]:
            return 0
        cursor.execute(statement(__package__, "find_many_seen"), asked)
        found = cursor.fetchall()
    for by, seen, pages in found:
        record(by=by, at=at, code=MANY_SEEN, subject="file", detail={"count": seen, "pages": pages})
    return len(found)


def _notice(entry: int, at: datetime, by: str, code: str, subject: str, told: str) -> Notice:
    detail = json.loads(told)
    return Notice(entry, at, by, what_was_done(code, subject, detail), detail)
