"""Tries a file: its beginning is taken in for real, looked at, and taken back before anybody else could see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Any

import orjson
from django.db import connection

from customerfile.base.database import statement
from customerfile.base.ids import DeliveryId
from customerfile.embedded import Home
from customerfile.holdings.recording import StatedAgreement
from customerfile.intake.importing import Listener, import_file
from customerfile.intake.opening import ImportRequest
from customerfile.intake.orders import PreparedEvent
from customerfile.intake.producing import FEW_ROWS, Chunk
from customerfile.sources.queries import rejects

TRIED_ROWS = FEW_ROWS
_SAMPLES = 10
_SHOWN_REJECTS = 100
_SHOWN_JOINS = 50
_LAST = "SELECT (SELECT coalesce(max(id), 0) FROM link), (SELECT coalesce(max(id), 0) FROM customer)"


def try_file(request: ImportRequest, *, rows: int | None, home: Home, by: str) -> dict[str, Any]:
    """What the first rows of a file would come to, as JSON. Raises CustomerfileError."""
    watcher = _Watcher()
    listener = Listener(begun=watcher.begin, chunk=watcher.look, rehearsed=watcher.gather)
    asked = replace(request, dry_run=True, first_rows=TRIED_ROWS)
    done = import_file(asked, home=home, by=by, listener=listener)
    return {
        "counts": asdict(done.counts),
        "kind_as": request.kind_as,
        "is_part": rows is None or rows > done.counts.rows,
        "seconds": round(done.seconds, 1),
        "samples": watcher.samples,
        "rejects": watcher.rejects,
        "joins": watcher.joins,
    }


@dataclass(slots=True)
class _Watcher:
    """Notes what a trial does while it does it. Values are kept as they would stand in the file."""

    samples: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    joins: list[tuple[str, int]] = field(default_factory=list)
    _last: Sequence[int] = (0, 0)

    def begin(self, delivery_id: DeliveryId) -> None:
        """Remember what there was before."""
        with connection.cursor() as cursor:
            cursor.execute(_LAST)
            self._last = cursor.fetchall()[0]

    def look(self, chunk: Chunk) -> None:
        """Keep the first rows as they read."""
        room = _SAMPLES - len(self.samples)
        for record in chunk.records[:room]:
            self.samples.append(
                {"key": record.key, "line": record.line, "record": orjson.loads(record.canonical)}
            )
        for event in islice(sorted(chunk.events, key=lambda each: each.line), room):
            self.samples.append(_as_sample(event))

        self.samples += [_as_agreement(each) for each in chunk.agreements[:room]]

    def gather(self, delivery_id: DeliveryId) -> None:
        """Read what came of it, before it is taken back."""
        self.rejects = [asdict(each) for each in rejects(delivery_id, limit=_SHOWN_REJECTS)]
        last_link, last_customer = self._last
        named = {
            "delivery": delivery_id, "last_link": last_link, "last_customer": last_customer, "limit": _SHOWN_JOINS
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(statement("customerfile.intake", "trial_joins"), named)
            self.joins = cursor.fetchall()


def _as_agreement(stated: StatedAgreement) -> dict[str, Any]:
    said = {name: value for name, value in (stated.said or {}).items() if value not in (None, "")}
    terms = said.pop("terms", {})
    about = {name: str(value) for name, value in (said | terms).items() if value is not None}
    role = {"holder": stated.role.holder_key, "role": stated.role.role} if stated.role else {}
    return {
        "key": stated.key,
        "line": stated.line,
        "agreement": {"kind": stated.kind, **role, **about},
    }


def _as_sample(event: PreparedEvent) -> dict[str, Any]:
    told = event.event
    return {
        "key": event.customer_key,
        "line": event.line,
        "event": {
            "name": told.name,
            "at": told.occurred_at.isoformat(),
            "amount": None if told.amount is None else str(told.amount),
            "currency": told.currency,
            "properties": orjson.loads(told.properties),
        },
    }
