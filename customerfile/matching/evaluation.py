"""How good a grouping of records is against the truth: pairwise, by whole clusters, and B-cubed.

Everything is counted from the sizes of the groups and of what they share; no pair is ever enumerated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares in 0..1. Where nothing was asserted precision is 1; where nothing was to be found recall is 1."""

    precision: float
    recall: float
    f1: float  # the harmonic mean of both


@dataclass(frozen=True, slots=True)
class Measures:
    """Quality of a grouping, and the counts behind it."""

    records: int
    customers: int
    entities: int
    pairwise: Quality  # of pairs of records
    cluster: Quality  # of customers that hold exactly the records of one entity
    b_cubed: Quality  # the mean over records (Bagga and Baldwin, 1998)
    pairs_joined: int
    pairs_true: int
    pairs_right: int
    pairs_wrong: int  # joined, and two entities
    one_wrong_in: float | None  # of so many joined pairs one is wrong; None where none is
    exact: int  # customers that are exactly one entity


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What joining every pair at or above a match weight would give."""

    weight: float
    pairs: int
    right: int
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Overlaps:
    """How many records each customer shares with each entity, where they share any."""

    customer: Ints
    entity: Ints
    count: Ints


def overlaps(customers: Ints, entities: Ints) -> Overlaps:
    """Count aligned labels; customers and entities come out sorted, by customer first."""
    order = np.lexsort((entities, customers))
    customer, entity = customers[order], entities[order]
    is_first = np.ones(len(order), dtype=np.bool_)
    is_first[1:] = (customer[1:] != customer[:-1]) | (entity[1:] != entity[:-1])
    starts = np.flatnonzero(is_first)
    return Overlaps(customer[starts], entity[starts], np.diff(starts, append=len(order)))


def measure(shared: Overlaps) -> Measures:
    """The measures of a grouping, by what its customers and the entities share."""
    customers, by_customer = np.unique(shared.customer, return_inverse=True)
    entities, by_entity = np.unique(shared.entity, return_inverse=True)
    found = _sums(by_customer, shared.count, len(customers))
    true = _sums(by_entity, shared.count, len(entities))
    of_customer, of_entity = found[by_customer], true[by_entity]
    exact = int(((shared.count == of_customer) & (shared.count == of_entity)).sum())
    joined, right, whole = _pairs(found), _pairs(shared.count), _pairs(true)
    squared, total = shared.count.astype(np.float64) ** 2, int(shared.count.sum())
    return Measures(
        records=total,
        customers=len(customers),
        entities=len(entities),
        pairwise=_quality(right, joined, whole),
        cluster=_quality(exact, len(customers), len(entities)),
        b_cubed=_mean(float((squared / of_customer).sum()), float((squared / of_entity).sum()), total),
        pairs_joined=joined,
        pairs_true=whole,
        pairs_right=right,
        pairs_wrong=joined - right,
        one_wrong_in=joined / (joined - right) if joined > right else None,
        exact=exact,
    )


def most_mixed(groups: Ints, shared: Overlaps, *, limit: int) -> list[int]:
    """The groups (`shared.customer` or `shared.entity`) of several counterparts: most of them first, then largest."""
    ids, place = np.unique(groups, return_inverse=True)
    parts = np.bincount(place, minlength=len(ids))
    order = np.lexsort((ids, -_sums(place, shared.count, len(ids)), -parts))[:limit]
    return [int(ids[each]) for each in order if parts[each] > 1]


def curve(weights: Floats, pairs: Ints, right: Ints, *, true_pairs: int) -> list[CurvePoint]:
    """Precision and recall at each distinct weight, the highest first, from how many pairs have that weight."""
    order = np.argsort(-weights, kind="stable")
    joined, correct = np.cumsum(pairs[order]), np.cumsum(right[order])
    return [
        _point(weight, above, good, true_pairs)
        for weight, above, good in zip(
            weights[order].tolist(), joined.tolist(), correct.tolist(), strict=True
        )
    ]


def thinned(points: Sequence[CurvePoint], *, most: int) -> list[CurvePoint]:
    """At most as many points, spread evenly over the pairs, the first and the last among them."""
    if len(points) <= most:
        return list(points)
    pairs = np.array([point.pairs for point in points], dtype=np.float64)
    wanted = np.linspace(pairs[0], pairs[-1], most)
    return [points[place] for place in np.unique(np.searchsorted(pairs, wanted)).tolist()]


def at_threshold(points: Sequence[CurvePoint], weight: float, *, true_pairs: int) -> CurvePoint:
    """What a threshold gives: the pairs at or above it."""
    above = [point for point in points if point.weight >= weight]
    pairs, right = (above[-1].pairs, above[-1].right) if above else (0, 0)
    return _point(weight, pairs, right, true_pairs)


def _point(weight: float, pairs: int, right: int, true_pairs: int) -> CurvePoint:
    quality = _quality(right, pairs, true_pairs)
    return CurvePoint(weight, pairs, right, quality.precision, quality.recall)


def _sums(place: Ints, count: Ints, groups: int) -> Ints:
    sums = np.zeros(groups, dtype=np.int64)
    np.add.at(sums, place, count)
    return sums


def _pairs(sizes: Ints) -> int:
    """How many pairs groups of these sizes hold. In Python's integers where they might not fit 64 bits."""
    return sum(size * (size - 1) // 2 * many for size, many in _histogram(sizes))


def _histogram(sizes: Ints) -> list[tuple[int, int]]:
    values, many = np.unique(sizes, return_counts=True)
    return list(zip(values.tolist(), many.tolist(), strict=True))


def _quality(right: int, asserted: int, wanted: int) -> Quality:
    return _with_f1(right / asserted if asserted else 1.0, right / wanted if wanted else 1.0)


def _mean(precision: float, recall: float, records: int) -> Quality:
    return _with_f1(precision / records, recall / records) if records else _with_f1(1.0, 1.0)


def _with_f1(precision: float, recall: float) -> Quality:
    total = precision + recall
    return Quality(precision, recall, 2 * precision * recall / total if total else 0.0)
