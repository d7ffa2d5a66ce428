"""Finds what holds a customer together by a thread: a weak pair without which it would fall into two groups. Pure."""

from collections.abc import Collection, Iterator, Mapping

from customerfile.base.ids import RecordId

SMALLEST_SIDE = 2  # records; a single record that hangs by one pair is the usual case
WEAK_MARGIN = 6.0  # a pair this far above the link threshold is strong: 64 times the odds

type Pair = tuple[RecordId, RecordId]


def weak_bridges(
    group: Collection[RecordId], edges: Mapping[Pair, float], *, weak_below: float
) -> list[Pair]:
    """The pairs below a weight without which the group would fall into two groups of two or more records."""
    if len(group) < 2 * SMALLEST_SIDE:
        return []
    neighbours: dict[RecordId, list[RecordId]] = {record: [] for record in sorted(group)}
    for left, right in sorted(edges):
        if left in neighbours and right in neighbours:
            neighbours[left].append(right)
            neighbours[right].append(left)
    found = []
    for one, other, behind in _bridges(neighbours):
        pair = (one, other) if one < other else (other, one)
        if edges[pair] < weak_below and min(behind, len(group) - behind) >= SMALLEST_SIDE:
            found.append(pair)
    return sorted(found)


def _bridges(neighbours: Mapping[RecordId, list[RecordId]]) -> Iterator[tuple[RecordId, RecordId, int]]:
    """Each bridge of a graph with the number of records on its second side (depth-first search, lowest reach)."""
    order: dict[RecordId, int] = {}
    reach: dict[RecordId, int] = {}
    below: dict[RecordId, int] = {}
    for start in neighbours:
        if start in order:
            continue
        order[start] = reach[start] = len(order)
        below[start] = 1
        path: list[tuple[RecordId, RecordId | None, Iterator[RecordId]]] = [
            (start, None, iter(neighbours[start]))
        ]
        while path:
            record, parent, left = path[-1]
            other = next(left, None)
            if other is None:
                path.pop()
                if parent is not None:
                    below[parent] += below[record]
                    reach[parent] = min(reach[parent], reach[record])
                    if reach[record] > order[parent]:
                        yield parent, record, below[record]
            elif other not in order:
                order[other] = reach[other] = len(order)
                below[other] = 1
                path.append((other, record, iter(neighbours[other])))
            elif other != parent:
                reach[record] = min(reach[record], order[other])
