"""Reads of who did and saw what, the newest first, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from customerfile.audit.changes import Change, changes_in
from customerfile.audit.wording import what_was_done, what_was_seen
from customerfile.base.database import statement

_EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 12, 31, tzinfo=UTC)
_BEYOND_ALL = 2**63 - 1


@dataclass(frozen=True, slots=True)
class About:
    """Some customers, and how the ledger speaks of them: what is theirs as "relationship:3", their ids and numbers."""

    ids: Sequence[int]
    numbers: Sequence[str]
    subjects: Sequence[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose activity, of when; `about` only what concerns these customers; "" and None: all of it."""

    by: str = ""
    since: datetime | None = None
    until: datetime | None = None
    about: About | None = None
    did: bool = True
    saw: bool = True


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that somebody did, or one page of customers that somebody saw. `what` is the code, or the page."""

    kind: str
    id: int
    at: datetime
    by: str
    what: str
    words: str
    subject: str
    detail: Mapping[str, Any]
    customer_ids: tuple[int, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """What it changed, old and new, where the ledger itself says so."""
        return changes_in(self.detail)


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """`next` is for `before`; "" where it ends. It covers what was later than `since`, and up to `until`."""

    activities: tuple[Activity, ...]
    next: str
    since: datetime
    until: datetime


def activity(asked: Asked, *, before: str = "", limit: int = 50) -> ActivityPage:
    """What was done and seen, the newest first. A cursor that means nothing: the first page. One statement."""
    at, kind, id_ = _cursor(before)
    parameters: dict[str, Any] = {"by": asked.by, "did": asked.did, "saw": asked.saw, "limit": limit + 1}
    parameters |= {"since": asked.since or _EARLIEST, "until": asked.until or _LATEST}
    parameters |= {"at": at, "kind": kind, "id": id_}
    if asked.about is not None:
        ids = list(asked.about.ids)
        parameters |= {"ids": ids, "ids_as_json": [json.dumps([id_]) for id_ in ids]}
        parameters |= {"numbers": list(asked.about.numbers), "subjects": list(asked.about.subjects)}
    name = "find_activity" if asked.about is None else "find_activity_around"
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        rows = cursor.fetchall()
    found = tuple(_activity(row) for row in rows[:limit])
    since = max(asked.since or _EARLIEST, found[-1].at if len(rows) > limit else _EARLIEST)
    until = min(asked.until or _LATEST, at)
    return ActivityPage(found, _after(rows[limit - 1]) if len(rows) > limit else "", since, until)


def _activity(row: Sequence[Any]) -> Activity:
    kind, id_, at, by, what, subject, detail, customers = row
    told = json.loads(detail)
    words = what_was_done(what, subject, told) if kind else what_was_seen(what, len(customers))
    kind_name = "did" if kind else "saw"
    return Activity(kind_name, id_, at, by, what, words, subject, told, tuple(customers or ()))


def _after(row: Sequence[Any]) -> str:
    kind, id_, at = row[:3]
    return f"{at.astimezone(UTC):%Y%m%d%H%M%S%f}-{kind}-{id_}"


def _cursor(text: str) -> tuple[datetime, int, int]:
    parts = text.split("-")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() and len(part) <= 20 for part in parts):
        try:
            at = datetime.strptime(parts[0], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)
        except ValueError:
            return _LATEST, 1, _BEYOND_ALL
        return at, min(int(parts[1]), 1), min(int(parts[2]), _BEYOND_ALL)
    return _LATEST, 1, _BEYOND_ALL
