"""Which records meet: those that arrive, with one another and with those that share a blocking key with them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

import numpy as np

from customerfile.matching.columns import Bools, Ints


class Keyed(NamedTuple):
    """Blocking keys, each with a record that has it."""

    keys: Ints
    records: Ints

    @classmethod
    def of(cls, keys: Iterable[int], records: Iterable[int]) -> Self:
        """From numbers one by one."""
        return cls(np.fromiter(keys, np.int64), np.fromiter(records, np.int64))


class Meeting(NamedTuple):
    """Pairs to compare, in order; and the keys that became too common, with the records that had them before."""

    pairs: list[tuple[int, int]]
    crowded: dict[int, list[int]]


def meeting(arriving: Keyed, there: Keyed, *, most: int) -> Meeting:
    """Every record that arrives with every other one (old or new) under one of its keys that no more than `most` share.

    `there` holds the old records under those keys, at least one more than `most` of a key that has as many.
    """
    keys = np.concatenate((arriving.keys, there.keys))
    if not len(keys):
        return Meeting([], {})
    order = np.argsort(keys, kind="stable")  # under each key those that arrive come first
    keys, records = keys[order], np.concatenate((arriving.records, there.records))[order]
    is_new: Bools = order < len(arriving.keys)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    old = sizes - np.add.reduceat(is_new, starts, dtype=np.int64)
    ends = np.repeat(np.where(sizes <= most, starts + sizes, 0), sizes)  # nobody meets under a key too common
    crowded = np.flatnonzero((old <= most) & (sizes > most)).tolist()
    return Meeting(
        _pairs(records, is_new, ends),
        {int(keys[starts[i]]): _last(records, int(starts[i] + sizes[i]), int(old[i])) for i in crowded},
    )


def _last(records: Ints, end: int, count: int) -> list[int]:
    found: list[int] = records[end - count : end].tolist()
    return found


def _pairs(records: Ints, is_new: Bools, ends: Ints) -> list[tuple[int, int]]:
    """Distinct pairs (smaller id, larger id) of each record that arrives with those behind it, up to the end given."""
    places = np.flatnonzero(is_new)
    counts = np.maximum(ends[places] - places - 1, 0)
    first = np.repeat(places, counts)
    behind = np.arange(len(first)) - np.repeat(counts.cumsum() - counts, counts)
    one, other = records[first], records[first + 1 + behind]
    left, right = np.minimum(one, other), np.maximum(one, other)
    return _distinct(left[left != right], right[left != right])


def _distinct(left: Ints, right: Ints) -> list[tuple[int, int]]:
    order = np.lexsort((right, left))
    left, right = left[order], right[order]
    is_first = np.ones(len(left), dtype=np.bool_)
    is_first[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    return list(zip(left[is_first].tolist(), right[is_first].tolist(), strict=True))


def keyed(keys: Sequence[Sequence[int]], records: Sequence[int]) -> Keyed:
    """Records with several keys each."""
    counts = np.fromiter(map(len, keys), np.int64, len(keys))
    flat = np.fromiter((key for some in keys for key in some), np.int64, int(counts.sum()))
    return Keyed(flat, np.repeat(np.array(records, np.int64), counts))
