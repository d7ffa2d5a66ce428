"""What is worth a person's look, and how much: the closer to where the machine would decide otherwise, the more. Pure.

To the points given here the database adds up to five for the records behind the pair (binary logarithm of their
number), and one for every month of the calendar, so that what moved lately comes before what lies since long.
"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from customerfile.base.ids import RecordId
from customerfile.customers.resolution.components import Component, Pair
from customerfile.customers.resolution.suspicion import SMALLEST_SIDE, WEAK_MARGIN, weak_bridges
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.matching.model import Thresholds

MOST_POINTS = 10.0
LARGE = 10  # records; the file's own size alarm is at this or above
_JUDGED_WEIGHT = float("inf")  # a person's word is no weak link

type Group = frozenset[RecordId]


class ReviewKind(StrEnum):
    """Why a pair is shown to a person."""

    BETWEEN = "between"  # the thresholds
    VETOED = "vetoed"  # above the link threshold
    BRIDGE = "bridge"  # the weak pair that holds a customer together
    SIZE = "size"  # the weakest pair of a customer with very many records


class ReviewPoint(NamedTuple):
    """A pair worth a look, with its points."""

    pair: Pair
    kind: ReviewKind
    points: float


def points(kind: ReviewKind, weight: float, thresholds: Thresholds) -> float:
    """0 to 10. Vetoed pairs are mostly members of one household: they get half, the most alike first."""
    band = thresholds.link - thresholds.review
    if kind is ReviewKind.BETWEEN:
        return MOST_POINTS * (weight - thresholds.review) / band
    if kind is ReviewKind.VETOED:
        return MOST_POINTS / 2 * min((weight - thresholds.link) / thresholds.link, 1.0)
    if kind is ReviewKind.BRIDGE:
        return MOST_POINTS * (1 - min((weight - thresholds.link) / WEAK_MARGIN, 1.0))
    return MOST_POINTS


def pairs_to_review(component: Component, thresholds: Thresholds) -> list[ReviewPoint]:
    """The pairs of a component that the scores alone do not settle, wherever their records stand."""
    found = []
    for pair, (weight, veto) in component.edges.items():
        is_above = weight >= thresholds.link
        if bool(veto) == is_above:
            kind = ReviewKind.VETOED if veto else ReviewKind.BETWEEN
            found.append(ReviewPoint(pair, kind, points(kind, weight, thresholds)))
    return found


def clusters_to_review(
    component: Component, groups: Iterable[Group], thresholds: Thresholds
) -> list[ReviewPoint]:
    """The pairs that hold suspicious customers together."""
    large = [group for group in groups if len(group) >= 2 * SMALLEST_SIDE]
    links = _links(component, thresholds.link) if large else {}
    return list(chain.from_iterable(_suspicious(group, links, thresholds) for group in large))


def _suspicious(group: Group, links: Mapping[Pair, float], thresholds: Thresholds) -> Iterable[ReviewPoint]:
    inside = {pair: weight for pair, weight in links.items() if group.issuperset(pair)}
    for pair in weak_bridges(group, inside, weak_below=thresholds.link + WEAK_MARGIN):
        yield ReviewPoint(pair, ReviewKind.BRIDGE, points(ReviewKind.BRIDGE, inside[pair], thresholds))
    by_score = [(weight, pair) for pair, weight in inside.items() if weight != _JUDGED_WEIGHT]
    if len(group) >= LARGE and by_score:
        yield ReviewPoint(min(by_score)[1], ReviewKind.SIZE, MOST_POINTS)


def _links(component: Component, threshold: float) -> dict[Pair, float]:
    """What joins records: pairs above the threshold, and what people said."""
    links = {
        pair: weight for pair, (weight, veto) in component.edges.items() if not veto and weight >= threshold
    }
    return links | {
        pair: _JUDGED_WEIGHT for pair, verdict in component.judged.items() if verdict is Verdict.MATCH
    }


def settled(pairs: Collection[ReviewPoint], component: Component, groups: Iterable[Group]) -> list[Pair]:
    """Those of the pairs that nobody needs to be asked about: of one customer, or of two that a person keeps apart."""
    place = {record: number for number, group in enumerate(groups) for record in group}
    apart = {
        frozenset((place.get(left, -left), place.get(right, -right)))
        for (left, right), verdict in component.judged.items()
        if verdict is Verdict.NOT_A_MATCH
    }
    found = []
    for (left, right), *_ in pairs:
        places = frozenset((place.get(left, -left), place.get(right, -right)))
        if len(places) == 1 or places in apart:
            found.append((left, right))
    return found
