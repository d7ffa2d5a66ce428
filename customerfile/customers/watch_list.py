"""The hits of lists as people see them, with the reasons in words; and a person's word on one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from django.db import connection, transaction

from customerfile.access.sight import Sight
from customerfile.audit.changes import changed
from customerfile.audit.operations import record as write_down
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId
from customerfile.base.told import told
from customerfile.customers.errors import UnknownHit
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.resolution.reasons import stored_reasons
from customerfile.customers.search.findable import display_name
from customerfile.matching.model import MatchModel
from customerfile.matching.score import Reason


class HitState(StrEnum):
    """Whether a hit waits for a person, or what was said of it."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer who looks like somebody on a list. Records are named as in "sanctions/17".

    `list_kind` is reference or watch_list. No reasons: the model has changed since.
    """

    id: int
    state: str
    weight: float
    found_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    list_kind: str
    list_name: str
    listed: str
    listed_name: str
    record: str
    customer_id: CustomerId
    number: str
    display_name: str
    reasons: tuple[Reason, ...]  # the weightiest first


def hits(*, state: HitState = HitState.OPEN, limit: int = 50) -> tuple[Hit, ...]:
    """Hits in one state, the weightiest first: one for each listed record and customer."""
    return _hits("watch_hits", {"state": state.value, "limit": limit})


def hits_of(customer: CustomerId, *, sight: Sight) -> tuple[Hit, ...]:
    """What a customer is flagged for: open and confirmed hits. Their reasons speak of every field. Two statements."""
    if not sight.shows_records:
        return ()
    return _hits("watch_hits_of", {"customer": customer})


@transaction.atomic
def decide_hit(hit: int, state: HitState, *, by: str, at: datetime) -> None:
    """Confirm or dismiss a hit, for all records of its customer. A later record that is more alike opens it again.

    Raises UnknownHit.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            statement(__package__, "decide_hit"), {"hit": hit, "state": state.value, "by": by, "at": at}
        )
        decided = cursor.fetchall()
    if not decided:
        raise UnknownHit(
            told("There is no hit {number}, or not any more.", number=hit),
            "List them with: customerfile watch",
        )
    write_down(
        by=by,
        at=at,
        code=f"customers.watch_hit.{state.value}",
        subject=f"watch_hit:{hit}",
        detail={"customer": decided[0][0], **changed({"state": decided[0][1]}, {"state": state.value})},
    )


def _hits(name: str, parameters: dict[str, Any]) -> tuple[Hit, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        rows = cursor.fetchall()
    model = current_model()
    return tuple(_hit(row, model) for row in rows)


def _hit(row: Sequence[Any], model: MatchModel) -> Hit:
    values = orjson.loads(row[9])
    words = stored_reasons(row[14], row[15], model)
    about = [*row[:9], display_name(values.get("kind", "person"), values), *row[10:14], words]
    return Hit(*about)
