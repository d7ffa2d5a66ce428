"""The review queue as a person works on it: what waits, with reasons in words; taking pairs; how far people agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.db import connection, transaction

from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.base.told import told
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.resolution.reasons import stored_reasons
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.review.agreement import Agreement, agreement
from customerfile.matching.model import MatchModel
from customerfile.matching.score import Reason

CLAIM_LIFE = timedelta(minutes=15)
_FIRST = (float("inf"), 2**63 - 1, 2**63 - 1)
_LOOKED_AT = 4  # times what is asked for: some are taken by others, or answered


@dataclass(frozen=True, slots=True)
class Side:
    """One record of a pair, named as in "shop/17", and the customer it stands under."""

    record_id: RecordId
    name: str
    customer: str
    display_name: str
    record_count: int
    customer_id: CustomerId


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """A pair that waits for a person's word. `cursor` is for `after`.

    `kind` is between (the thresholds), vetoed, bridge (holds a customer together) or size (of a very large customer).
    """

    kind: str
    value: float
    left: Side
    right: Side
    weight: float
    veto: str  # why they may not be joined by themselves, in words, or ""
    reasons: tuple[Reason, ...]  # the weightiest first; none where the model has changed since
    claimed_by: str | None
    claimed_until: datetime | None
    cursor: str


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """How far people agree on the pairs that several judged, all in all and each two of them."""

    overall: Agreement
    couples: tuple[Agreement, ...]


def review_pairs(*, by: str, at: datetime, after: str = "", limit: int = 20) -> tuple[ReviewPair, ...]:
    """What waits for this person, the most valuable first. A cursor that means nothing: from the start."""
    value, left, right = _place(after)
    asked = {"value": value, "left": left, "right": right, "by": by, "at": at}
    asked |= {"limit": limit, "looked_at": _LOOKED_AT * limit + 20}
    rows = _rows("find_reviews", asked)
    records = {record for row in rows for record in row[1:3]}
    sides = {row[0]: Side(*row) for row in _rows("find_sides", (sorted(records),))} if rows else {}
    model = current_model()
    return tuple(_pair(row, sides, model) for row in rows if sides.keys() >= set(row[1:3]))


@transaction.atomic
def claim_pairs(*, by: str, at: datetime, limit: int = 1) -> tuple[ReviewPair, ...]:
    """Take the next pairs of the queue for 15 minutes, so that nobody else is shown them meanwhile."""
    until = at + CLAIM_LIFE
    waiting = {
        (each.left.record_id, each.right.record_id): each for each in review_pairs(by=by, at=at, limit=limit)
    }
    asked = {"lefts": [left for left, _ in waiting], "rights": [right for _, right in waiting]}
    taken = {tuple(row) for row in _rows("claim_reviews", asked | {"by": by, "at": at, "until": until})}
    return tuple(
        replace(each, claimed_by=by, claimed_until=until) for pair, each in waiting.items() if pair in taken
    )


def agreement_report() -> AgreementReport:
    """How far people agree who judged the same pairs: each one's last word that was not withdrawn."""
    judged = [
        {person: Verdict(verdict) for person, verdict in orjson.loads(words).items()}
        for _, _, words in _rows("judged_by_several", None)
    ]
    overall, couples = agreement(judged)
    return AgreementReport(overall, tuple(couples))


def _pair(row: Sequence[Any], sides: Mapping[RecordId, Side], model: MatchModel) -> ReviewPair:
    value, left_id, right_id, kind, claimed_by, claimed_until, weight, levels, veto, scored_by = row
    return ReviewPair(
        kind=kind,
        value=value,
        left=sides[left_id],
        right=sides[right_id],
        weight=weight,
        veto=told(model.vetoes[veto - 1].words) if veto and scored_by == model.hash else "",
        reasons=stored_reasons(levels, scored_by, model),
        claimed_by=claimed_by,
        claimed_until=claimed_until,
        cursor=f"{value!r}:{left_id}:{right_id}",
    )


def _place(cursor: str) -> tuple[float, int, int]:
    try:
        value, left, right = cursor.split(":")
        return float(value), int(left), int(right)
    except ValueError:
        return _FIRST


def _rows(name: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
