"""Finds which staged records may be the same customer and scores them: block-key look-up, then the match model.

A blocking key that more records share than the model's `max_block_size` tells nothing and is passed over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from customerfile.base.bulk import Cursor, Numbers, write_numbers, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared
from customerfile.matching.score import score_pairs


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A record that was just created or changed, as matching sees it."""

    record_id: RecordId
    prepared: str  # as stored
    block_keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScoredEdge:
    """Two records at or above the review threshold. `veto` 0 means that nothing forbids the link."""

    left: RecordId
    right: RecordId
    weight: float
    levels: bytes
    veto: int


class PreparedRecords:
    """Comparison inputs by record, read only when asked for: most newcomers meet nobody."""

    def __init__(self, newcomers: Iterable[Newcomer] = ()) -> None:
        self._stored = {newcomer.record_id: newcomer.prepared for newcomer in newcomers}
        self._read: dict[int, Prepared] = {}

    def of(self, cursor: Cursor, records: Iterable[int]) -> dict[int, Prepared]:
        """The inputs of those records that there are."""
        wanted = set(records)
        missing = [record for record in wanted if record not in self._read and record not in self._stored]
        if missing:
            cursor.execute(statement(__package__, "prepared_of"), (missing,))
            self._stored.update(cursor.fetchall())
        for record in wanted - self._read.keys():
            if record in self._stored:
                self._read[record] = Prepared.from_json(self._stored[RecordId(record)])
        return {record: self._read[record] for record in wanted if record in self._read}


def score_newcomers(
    cursor: Cursor, newcomers: Sequence[Newcomer], *, known: PreparedRecords, model: MatchModel
) -> list[ScoredEdge]:
    """Every pair of a newcomer with another record (old or new) that reaches the review threshold.

    The newcomers' own blocking keys are not stored yet.
    """
    keys, records = _arriving(newcomers)
    old_keys, old_records = _blocks(cursor, keys, model)
    pairs = _pairs(
        np.concatenate([old_keys, keys]), np.concatenate([old_records, records]), len(old_keys), model
    )
    if not len(pairs):
        return []
    prepared = known.of(cursor, np.unique(pairs).tolist())
    both = [(left, right) for left, right in pairs.tolist() if left in prepared and right in prepared]
    scored = score_pairs(model, [prepared[left] for left, _ in both], [prepared[right] for _, right in both])
    return [
        ScoredEdge(
            RecordId(both[i][0]),
            RecordId(both[i][1]),
            float(scored.weight[i]),
            scored.level[i].tobytes(),
            int(scored.veto[i]),
        )
        for i in (scored.weight >= model.thresholds.review).nonzero()[0].tolist()
    ]


def store_block_keys(cursor: Cursor, newcomers: Sequence[Newcomer]) -> None:
    """Make the newcomers findable as candidates for those who come later."""
    write_numbers(cursor, "block_key", ("key", "record_id"), _arriving(newcomers))


def store_pairs(cursor: Cursor, edges: Sequence[ScoredEdge], *, model: MatchModel) -> None:
    """Keep the scored pairs: they make the clusters, the review queue and the explanations."""
    write_rows(
        cursor,
        "scored_pair",
        ("left_id", "right_id", "weight", "levels", "veto", "model_hash"),
        [(edge.left, edge.right, edge.weight, edge.levels, edge.veto, model.hash) for edge in edges],
    )


def _arriving(newcomers: Sequence[Newcomer]) -> tuple[Numbers, Numbers]:
    """The newcomers' blocking keys, each beside its record."""
    counts = [len(newcomer.block_keys) for newcomer in newcomers]
    keys = np.fromiter(
        chain.from_iterable(newcomer.block_keys for newcomer in newcomers), np.int64, sum(counts)
    )
    records = np.repeat(np.array([newcomer.record_id for newcomer in newcomers], np.int64), counts)
    return keys, records


def _blocks(cursor: Cursor, keys: Numbers, model: MatchModel) -> tuple[Numbers, Numbers]:
    """The stored records under any of these keys, at most one more a key than a block may hold."""
    cursor.execute(statement(__package__, "candidates"), (np.unique(keys).tolist(), model.max_block_size + 1))
    found = np.array(cursor.fetchall(), np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _pairs(keys: Numbers, records: Numbers, old: int, model: MatchModel) -> Numbers:
    """Distinct pairs of records that share a key and of which one is new, as rows of (smaller id, larger id).

    The first `old` entries are of stored records.
    """
    order = np.lexsort((records, keys))
    keys, records, is_new = keys[order], records[order], order >= old
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, np.int64)
    sizes = np.diff(np.r_[starts, len(keys)])
    found = [np.empty((0, 2), np.int64)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= model.max_block_size)]).tolist():
        blocks = starts[sizes == size][:, None] + np.arange(size)
        left, right = np.triu_indices(size, 1)
        first, second = blocks[:, left].ravel(), blocks[:, right].ravel()
        wanted = is_new[first] | is_new[second]
        found.append(np.stack([records[first[wanted]], records[second[wanted]]], axis=1))
    pairs: Numbers = np.unique(np.concatenate(found), axis=0)
    apart: Numbers = pairs[pairs[:, 0] != pairs[:, 1]]
    return apart
