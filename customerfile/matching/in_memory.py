"""The reference engine: resolves a list of canonical records in memory with the same parts the database path uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from customerfile.matching.cluster import Edge, Pair, partition
from customerfile.matching.columns import Ints
from customerfile.matching.common_values import NOTHING_COMMON, common_values, valued_keys, without_common
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import MatchModel
from customerfile.matching.prepare import prepare
from customerfile.matching.prepared import Prepared
from customerfile.matching.score import Scored, score_indexed


@dataclass(frozen=True, slots=True)
class Resolution:
    """The groups (positions in the list given), and every candidate pair with its score."""

    groups: list[frozenset[int]]
    left: Ints
    right: Ints
    scored: Scored


def resolve(canonical: Iterable[Mapping[str, Any]], model: MatchModel) -> Resolution:
    """Resolve records without a database."""
    return resolve_prepared([prepare(record) for record in canonical], model)


def resolve_prepared(records: Sequence[Prepared], model: MatchModel) -> Resolution:
    """Resolve records that are prepared already."""
    blocks = _blocks(records, model)
    pairs = _pairs_of(blocks, model)
    records = _compared(records, blocks, model)
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    scored = score_indexed(model, records, left, right)
    linked = np.flatnonzero((scored.weight >= model.thresholds.link) & (scored.veto == 0)).tolist()
    edges = [Edge(int(left[row]), int(right[row]), float(scored.weight[row])) for row in linked]
    groups = partition(range(len(records)), dict(enumerate(records)), edges, (), (), model)
    return Resolution(groups, left, right, scored)


def candidate_pairs(records: Sequence[Prepared], model: MatchModel) -> list[Pair]:
    """The pairs that share a blocking key; a block larger than the model's limit is left out."""
    return _pairs_of(_blocks(records, model), model)


type _Blocks = Mapping[int, Sequence[int]]


def _blocks(records: Sequence[Prepared], model: MatchModel) -> _Blocks:
    blocks: dict[int, list[int]] = {}
    for position, record in enumerate(records):
        for key in blocking_keys(record, model):
            blocks.setdefault(key, []).append(position)
    return blocks


def _pairs_of(blocks: _Blocks, model: MatchModel) -> list[Pair]:
    usable = (block for block in blocks.values() if 1 < len(block) <= model.max_block_size)
    return sorted({pair for block in usable for pair in combinations(block, 2)})


def _compared(records: Sequence[Prepared], blocks: _Blocks, model: MatchModel) -> Sequence[Prepared]:
    """The records without the values that too many of them share."""
    found: set[tuple[str, str]] = set()
    for key, block in blocks.items():
        if len(block) > model.max_block_size:
            found |= {(rule, value) for own, rule, value in valued_keys(records[block[0]]) if own == key}
    common = common_values(found) if found else NOTHING_COMMON
    return [without_common(record, common) for record in records]
