"""Parts records into groups, one per customer: links join, and no group holds two records that must stay apart.

The outcome depends on the records, edges and judgements alone, not on the order in which they are given, nor on ids,
which tell who came first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from customerfile.matching.hashing import hash64
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared
from customerfile.matching.score import score_indexed, veto_bits

FULLY_COMPARED = 48  # in a larger component each record is compared with its edges and this many others

NO_SOURCES: Mapping[int, int] = {}

type Pair = tuple[int, int]


class Edge(NamedTuple):
    """A scored pair without a veto. Only those at or above the link threshold can join."""

    left: int
    right: int
    weight: float


class _Judged(NamedTuple):
    """What is known beside the scores: pairs kept apart, pairs kept together, sources with one record per group."""

    apart: Collection[Pair]
    together: Sequence[Pair]
    one_each: Mapping[int, int]


def partition(
    records: Sequence[int],
    prepared: Mapping[int, Prepared],
    edges: Sequence[Edge],
    cannot_link: Collection[Pair],
    must_link: Collection[Pair],
    model: MatchModel,
    *,
    one_each: Mapping[int, int] = NO_SOURCES,
) -> list[frozenset[int]]:
    """The groups, ordered by their smallest record.

    Judged pairs come first: `cannot_link` is always kept, `must_link` unless a cannot-link stands against it. Then
    edges join by descending weight (ties by what the records say), where no veto holds between the two groups, no
    source in `one_each` (record -> source with one record per group) has a record in both, and their records fit one
    another on the whole (mean weight of the pairs between them at least the model's cohesion).
    """
    apart = {_ordered(pair) for pair in cannot_link}
    together = sorted({_ordered(pair) for pair in must_link} - apart)
    rivals = {_ordered(edge[:2]) for edge in edges if _are_rivals(edge, one_each)} if one_each else set()
    links = _links(edges, apart | rivals, model.thresholds.link)
    groups: list[frozenset[int]] = []
    large: list[list[int]] = []
    for component in _components(records, [*together, *links]):
        if len(component) <= 2:  # a pair hangs together by one link, and nothing stands between
            groups.append(frozenset(component))
        else:
            large.append(component)
    if large:
        known = _Judged(apart, together, one_each)
        groups.extend(_agglomerated(large, prepared, model, links=links, known=known))
    return sorted(groups, key=min)


def _are_rivals(edge: Edge, one_each: Mapping[int, int]) -> bool:
    """Whether both are of a source that has one record per group."""
    return edge.left in one_each and one_each[edge.left] == one_each.get(edge.right)


def _ordered(pair: Pair) -> Pair:
    return pair if pair[0] <= pair[1] else (pair[1], pair[0])


def _links(edges: Iterable[Edge], apart: Collection[Pair], threshold: float) -> dict[Pair, float]:
    links: dict[Pair, float] = {}
    for left, right, weight in edges:
        pair = _ordered((left, right))
        if weight >= threshold and left != right and pair not in apart:
            links[pair] = max(weight, links.get(pair, weight))
    return links


def _components(records: Iterable[int], pairs: Iterable[Pair]) -> list[list[int]]:
    """Connected components, each sorted."""
    parent = {record: record for record in records}
    for left, right in pairs:
        a, b = _root(parent, left), _root(parent, right)
        if a != b:
            parent[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for record in sorted(parent):
        found.setdefault(_root(parent, record), []).append(record)
    return list(found.values())


def _root(parent: dict[int, int], record: int) -> int:
    while parent[record] != record:
        parent[record] = parent[parent[record]]
        record = parent[record]
    return record


def _agglomerated(
    components: list[list[int]],
    prepared: Mapping[int, Prepared],
    model: MatchModel,
    *,
    links: Mapping[Pair, float],
    known: _Judged,
) -> Iterator[frozenset[int]]:
    """Join within each component; all their pairs are scored in one call."""
    members = _in_order([record for component in components for record in component], prepared)
    place = {record: number for number, record in enumerate(members)}
    components = [sorted(component, key=place.__getitem__) for component in components]
    merging = _Merging(members, model.thresholds.cohesion, known.one_each)
    merging.learn(_pairs_to_know(components, links), prepared, model)
    merging.forbid(pair for pair in known.apart if pair[0] in merging.group and pair[1] in merging.group)
    for left, right in known.together:
        if left in merging.group:
            merging.join(left, right, is_judged=True)
    inside = [
        (-weight, _ordered((place[pair[0]], place[pair[1]])), pair)
        for pair, weight in links.items()
        if pair[0] in place
    ]
    for _, _, (left, right) in sorted(inside):
        merging.join(left, right)
    return merging.groups()


def _in_order(records: Iterable[int], prepared: Mapping[int, Prepared]) -> list[int]:
    """By what they say, hashed so that neighbours have nothing in common; those that say the same, by ids."""
    return sorted(records, key=lambda record: (hash64(prepared[record].to_json().decode()), record))


def _pairs_to_know(components: list[list[int]], links: Iterable[Pair]) -> list[Pair]:
    """Every pair of a small component; of a large one its links, and each record with the next ones in a ring."""
    pairs: set[Pair] = set()
    sparse: set[int] = set()
    for component in components:
        if len(component) <= FULLY_COMPARED:
            pairs.update(map(_ordered, combinations(component, 2)))
        else:
            sparse.update(component)
            ring = component * 2
            for position, record in enumerate(component):
                following = ring[position + 1 : position + 1 + FULLY_COMPARED // 2]
                pairs.update(_ordered((record, other)) for other in following)
    pairs.update(pair for pair in links if pair[0] in sparse)
    return sorted(pairs)


class _Between(NamedTuple):
    """What is known of the pairs between two groups: vetoes that hold, vetoes lifted, sum of weights, pairs."""

    holds: int
    lifts: int
    weight: float
    pairs: int

    def plus(self, other: _Between) -> _Between:
        return _Between(
            self.holds | other.holds,
            self.lifts | other.lifts,
            self.weight + other.weight,
            self.pairs + other.pairs,
        )


_FORBIDDEN = 1 << 62  # a judgement: no veto's bit, never lifted
_NOTHING = _Between(0, 0, 0.0, 0)


class _Merging:
    """Groups that grow, with what lies between them kept up to date as they merge."""

    def __init__(self, records: Iterable[int], cohesion: float, one_each: Mapping[int, int]) -> None:
        self.cohesion = cohesion
        self.members: dict[int, list[int]] = {record: [record] for record in records}
        self.sources = {
            record: {one_each[record]} if record in one_each else set() for record in self.members
        }
        self.group: dict[int, int] = {record: record for record in self.members}
        self.between: dict[int, dict[int, _Between]] = {record: {} for record in self.members}

    def learn(self, pairs: list[Pair], prepared: Mapping[int, Prepared], model: MatchModel) -> None:
        """Score the pairs."""
        position = {record: number for number, record in enumerate(self.members)}
        left = np.array([position[pair[0]] for pair in pairs], dtype=np.int64)
        right = np.array([position[pair[1]] for pair in pairs], dtype=np.int64)
        scored = score_indexed(model, [prepared[record] for record in self.members], left, right)
        bits = veto_bits(model, scored.level)
        facts = zip(bits.holds.tolist(), bits.lifts.tolist(), scored.weight.tolist(), strict=True)
        for pair, (holds, lifts, weight) in zip(pairs, facts, strict=True):
            self._note(pair, _Between(holds, lifts, weight, 1))

    def forbid(self, pairs: Iterable[Pair]) -> None:
        """Judgements that two records are not a match."""
        for pair in pairs:
            known = self.between[pair[0]].get(pair[1], _NOTHING)
            self._note(pair, known.plus(_Between(_FORBIDDEN, 0, 0.0, 0)))

    def join(self, left: int, right: int, *, is_judged: bool = False) -> None:
        """Merge the groups of two records where nothing stands between them."""
        a, b = self.group[left], self.group[right]
        if a == b or (not is_judged and not self.sources[a].isdisjoint(self.sources[b])):
            return
        if self._may_join(self.between[a].get(b, _NOTHING), is_judged=is_judged):
            self._merge(*((a, b) if len(self.members[a]) >= len(self.members[b]) else (b, a)))

    def groups(self) -> Iterator[frozenset[int]]:
        return (frozenset(members) for members in self.members.values())

    def _may_join(self, between: _Between, *, is_judged: bool) -> bool:
        if is_judged:
            return not between.holds & _FORBIDDEN
        return not between.holds & ~between.lifts and between.weight >= self.cohesion * between.pairs

    def _merge(self, kept: int, gone: int) -> None:
        members = self.members.pop(gone)
        self.members[kept].extend(members)
        self.sources[kept] |= self.sources.pop(gone)
        for record in members:
            self.group[record] = kept
        for other, known in self.between.pop(gone).items():
            del self.between[other][gone]
            if other != kept:
                self._note((kept, other), self.between[kept].get(other, _NOTHING).plus(known))

    def _note(self, pair: Pair, known: _Between) -> None:
        left, right = pair
        self.between[left][right] = known
        self.between[right][left] = known
