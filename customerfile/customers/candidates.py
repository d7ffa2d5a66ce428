"""Finds which staged records may be the same customer and scores them: block-key look-up, then the match model.

A blocking key that more records share than the model's `max_block_size` tells nothing and is passed over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from customerfile.base.bulk import Cursor, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared
from customerfile.matching.score import score_pairs


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A record that was just created or changed, as matching sees it."""

    record_id: RecordId
    prepared: Prepared
    block_keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScoredEdge:
    """Two records at or above the review threshold. `veto` 0 means that nothing forbids the link."""

    left: RecordId
    right: RecordId
    weight: float
    levels: bytes
    veto: int


type Pairs = set[tuple[int, int]]


def score_newcomers(cursor: Cursor, newcomers: Sequence[Newcomer], *, model: MatchModel) -> list[ScoredEdge]:
    """Every pair of a newcomer with another record (old or new) that reaches the review threshold."""
    pairs = _candidate_pairs(newcomers, _blocks(cursor, newcomers, model), model.max_block_size)
    if not pairs:
        return []
    known: dict[int, Prepared] = {newcomer.record_id: newcomer.prepared for newcomer in newcomers}
    known.update(load_prepared(cursor, {record for pair in pairs for record in pair} - known.keys()))
    return _scored(sorted(pairs), known, model)


def load_prepared(cursor: Cursor, records: Iterable[int]) -> dict[int, Prepared]:
    """The comparison inputs of stored records."""
    wanted = list(records)
    if not wanted:
        return {}
    cursor.execute(statement(__package__, "prepared_of"), (wanted,))
    return {record_id: Prepared.from_json(prepared) for record_id, prepared in cursor.fetchall()}


def store_block_keys(cursor: Cursor, newcomers: Sequence[Newcomer]) -> None:
    """Make the newcomers findable as candidates for those who come later."""
    write_rows(
        cursor,
        "block_key",
        ("key", "record_id"),
        [(key, newcomer.record_id) for newcomer in newcomers for key in newcomer.block_keys],
    )


def store_pairs(cursor: Cursor, edges: Sequence[ScoredEdge], *, model: MatchModel) -> None:
    """Keep the scored pairs: they make the clusters, the review queue and the explanations."""
    write_rows(
        cursor,
        "scored_pair",
        ("left_id", "right_id", "weight", "levels", "veto", "model_hash"),
        [(edge.left, edge.right, edge.weight, edge.levels, edge.veto, model.hash) for edge in edges],
    )


def _blocks(cursor: Cursor, newcomers: Sequence[Newcomer], model: MatchModel) -> Mapping[int, list[int]]:
    blocks: dict[int, list[int]] = defaultdict(list)
    wanted = sorted({key for newcomer in newcomers for key in newcomer.block_keys})
    cursor.execute(statement(__package__, "candidates"), (wanted, model.max_block_size + 1))
    for key, record_id in cursor.fetchall():
        blocks[key].append(record_id)
    return blocks


def _candidate_pairs(newcomers: Sequence[Newcomer], blocks: Mapping[int, list[int]], limit: int) -> Pairs:
    arriving: dict[int, list[int]] = defaultdict(list)
    for newcomer in newcomers:
        for key in newcomer.block_keys:
            arriving[key].append(newcomer.record_id)
    pairs: Pairs = set()
    for key, new in arriving.items():
        old = blocks.get(key, ())
        if 1 < len(old) + len(new) <= limit:
            _pair_up(new, old, pairs)
    return pairs


def _pair_up(new: Sequence[int], old: Sequence[int], pairs: Pairs) -> None:
    for position, record in enumerate(new):
        for other in old:
            if other != record:
                pairs.add((record, other) if record < other else (other, record))
        for other in new[:position]:
            pairs.add((record, other) if record < other else (other, record))


def _scored(
    pairs: Sequence[tuple[int, int]], known: Mapping[int, Prepared], model: MatchModel
) -> list[ScoredEdge]:
    pairs = [pair for pair in pairs if pair[0] in known and pair[1] in known]
    scored = score_pairs(model, [known[left] for left, _ in pairs], [known[right] for _, right in pairs])
    kept = (scored.weight >= model.thresholds.review).nonzero()[0]
    return [
        ScoredEdge(
            RecordId(pairs[i][0]),
            RecordId(pairs[i][1]),
            float(scored.weight[i]),
            scored.level[i].tobytes(),
            int(scored.veto[i]),
        )
        for i in kept.tolist()
    ]
