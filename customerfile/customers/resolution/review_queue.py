"""Keeps the review queue, in the transaction that settles a component: one statement, where there is something."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.customers.resolution.components import Component, Pair
from customerfile.customers.resolution.review_value import (
    ReviewPoint,
    clusters_to_review,
    pairs_to_review,
    settled,
)
from customerfile.customers.resolution.suspicion import SMALLEST_SIDE
from customerfile.matching.model import Thresholds

_FIRST_MONTH = datetime(2020, 1, 1, tzinfo=UTC)
_DAYS_A_MONTH = 30.44

type Group = frozenset[RecordId]


def queue_reviews(
    cursor: Cursor, component: Component, groups: Sequence[Group], *, thresholds: Thresholds, at: datetime
) -> None:
    """Bring the queue up to date with a component that was divided into these groups. Its links are written."""
    pairs = pairs_to_review(component, thresholds)
    done = settled(pairs, component, groups)
    answered = set(done)
    clusters = clusters_to_review(component, groups, thresholds)
    regrouped = _regrouped(component, groups)
    found = [each for each in pairs if each.pair not in answered] + _once(clusters)
    if found or done or regrouped:
        cursor.execute(
            statement(__package__, "queue_reviews"), _named(found, done, regrouped) | {"months": _months(at)}
        )


def release_review(cursor: Cursor, pair: Pair, *, is_unsure: bool) -> None:
    """Somebody has said something of a pair: they hold it no longer. Unsure: it comes back last."""
    cursor.execute(
        statement(__package__, "release_review"), {"left": pair[0], "right": pair[1], "unsure": is_unsure}
    )


def _regrouped(component: Component, groups: Sequence[Group]) -> list[RecordId]:
    """The records of customers that were or are large enough to be suspicious."""
    large = [group for group in (*groups, *component.customers().values()) if len(group) >= 2 * SMALLEST_SIDE]
    return sorted(frozenset[RecordId]().union(*large))


def _once(points: Sequence[ReviewPoint]) -> list[ReviewPoint]:
    """One line a pair: the one with the most points."""
    return list({each.pair: each for each in sorted(points, key=lambda each: each.points)}.values())


def _named(
    found: Sequence[ReviewPoint], done: Collection[Pair], regrouped: Sequence[RecordId]
) -> dict[str, Any]:
    return {
        "lefts": [left for (left, _), *_ in found],
        "rights": [right for (_, right), *_ in found],
        "kinds": [kind.value for _, kind, _ in found],
        "points": [points for *_, points in found],
        "inside_lefts": [left for left, _ in done],
        "inside_rights": [right for _, right in done],
        "regrouped": list(regrouped),
    }


def _months(at: datetime) -> float:
    return (at - _FIRST_MONTH).days / _DAYS_A_MONTH
