"""Where the file as it is written differs from what the match model makes of it now. Pure array work."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from customerfile.customers.whole_file.matched_file import Links, StoredPairs
from customerfile.matching.columns import Ints

_SAME_WEIGHT = 1e-9

type Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PairDifferences:
    """How many scored pairs are missing, no longer good, or written with another outcome; and their records."""

    missing: int
    stale: int
    changed: int
    records: Ints


@dataclass(frozen=True, slots=True)
class GroupDifferences:
    """Pairs of records that a new grouping would join or part, the customers concerned, and their records.

    `joined` and `parted` are samples of such pairs, the counts are of all.
    """

    gained: int
    lost: int
    customers: int
    records: Ints
    joined: list[tuple[int, int]]
    parted: list[tuple[int, int]]


def pair_differences(stored: StoredPairs, scored: Iterable[pa.RecordBatch], records: Ints) -> PairDifferences:
    """Compare stored pairs with those scored anew. `records`: the ids of all records, in order."""
    old = _numbered(stored.left, stored.right, records)
    order = np.argsort(old, kind="stable")
    old, met = old[order], np.zeros(len(old), dtype=np.bool_)
    weight, veto, current = stored.weight[order], stored.veto[order], stored.current[order]
    missing, changed, touched = 0, 0, []
    for batch in scored:
        new = _numbered(_ints(batch, "left_id"), _ints(batch, "right_id"), records)
        at = np.minimum(np.searchsorted(old, new), max(len(old) - 1, 0))
        known = (old[at] == new) if len(old) else np.zeros(len(new), dtype=np.bool_)
        met[at[known]] = True
        differs = known.copy()
        differs[known] = ~_is_same(batch, known, at[known], weight, veto) | ~current[at[known]]
        missing, changed = missing + int((~known).sum()), changed + int(differs.sum())
        touched.append(new[~known | differs])
    stale = old[~met]
    return PairDifferences(missing, len(stale), changed, _records_of([*touched, stale], records))


def _is_same(batch: pa.RecordBatch, known: Bools, at: Ints, weight: NDArray[np.float64], veto: Ints) -> Bools:
    new_weight = batch.column("weight").to_numpy()[known]
    same: Bools = (np.abs(new_weight - weight[at]) <= _SAME_WEIGHT) & (
        _ints(batch, "veto")[known] == veto[at]
    )
    return same


def _numbered(left: Ints, right: Ints, records: Ints) -> Ints:
    """One number for each pair: the place of the left record, then that of the right one."""
    return np.searchsorted(records, left) * len(records) + np.searchsorted(records, right)


def _records_of(pairs: Iterable[Ints], records: Ints) -> Ints:
    together = np.concatenate([np.zeros(0, np.int64), *pairs])
    if not len(records):
        return records
    places = np.unique(np.concatenate([together // len(records), together % len(records)]))
    found: Ints = records[places]
    return found


def _ints(batch: pa.RecordBatch, name: str) -> Ints:
    found: Ints = batch.column(name).to_numpy().astype(np.int64)
    return found


def group_differences(links: Links, groups: Ints, *, samples: int) -> GroupDifferences:
    """Compare the customers with groups of the same records, both in the order of the records."""
    _, customer = np.unique(links.customer, return_inverse=True)
    _, group = np.unique(groups, return_inverse=True)
    both, cell, count = np.unique(
        np.stack([customer, group], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    in_both = _pairs(count)
    gained = _pairs(np.bincount(group)) - in_both
    lost = _pairs(np.bincount(customer)) - in_both
    torn = np.bincount(both[:, 0]) > 1  # customers whose records fall into several groups
    mixed = np.bincount(both[:, 1]) > 1  # groups of records of several customers
    differs = torn[customer] | mixed[group]
    return GroupDifferences(
        gained,
        lost,
        len(np.unique(customer[differs])),
        links.record[differs],
        _sampled(links.record, group, cell, mixed, samples),
        _sampled(links.record, customer, cell, torn, samples),
    )


def _pairs(sizes: Ints) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _sampled(records: Ints, label: Ints, cell: Ints, chosen: Bools, most: int) -> list[tuple[int, int]]:
    """From each of the first chosen labels two records that stand in different cells."""
    found = []
    for value in np.flatnonzero(chosen)[:most].tolist():
        here = np.flatnonzero(label == value)
        other = here[cell[here] != cell[here[0]]][0]
        found.append((int(records[here[0]]), int(records[other])))
    return found
