"""Finds which staged records may be the same customer and scores them: block-key look-up, then the match model.

A blocking key that more records share than the model's `max_block_size` tells nothing and is passed over.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, cast

import numpy as np
import orjson

from customerfile.base.bulk import Answer, Cursor, write_numbers, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.matching.common_values import NOTHING_COMMON, CommonValues, without_common
from customerfile.matching.meeting import Keyed, keyed, meeting
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared
from customerfile.matching.score import score_indexed
from customerfile.sources.comparison_inputs import ask_prepared

type Pair = tuple[RecordId, RecordId]


class Newcomer(NamedTuple):
    """A record that was just created or changed, as matching sees it."""

    record_id: RecordId
    prepared: str  # as stored
    block_keys: tuple[int, ...]


class ScoredEdge(NamedTuple):
    """Two records at or above the review threshold. `veto` 0 means that nothing forbids the link."""

    left: RecordId
    right: RecordId
    weight: float
    levels: bytes
    veto: int


class PreparedRecords:
    """Comparison inputs by record, decoded only when asked for: most newcomers meet nobody.

    Values that are too common to be compared are left out: `common`, which is read before anything is decoded.
    """

    def __init__(
        self,
        newcomers: Iterable[Newcomer] = (),
        *,
        common: Callable[[], CommonValues] = lambda: NOTHING_COMMON,
    ) -> None:
        self._common = common
        self._stored: dict[int, str] = {newcomer.record_id: newcomer.prepared for newcomer in newcomers}
        self._read: dict[int, Prepared] = {}
        self._asked: list[Answer] = []

    def learn(self, stored: Mapping[int, str]) -> None:
        """Inputs as stored. Those of a newcomer stay: what is stored of it may be what it said before."""
        self._stored = {**stored, **self._stored}

    def ask(self, cursor: Cursor, records: Iterable[RecordId]) -> None:
        """Have the inputs of those records on their way that are not known yet."""
        missing = [record for record in records if record not in self._stored]
        if missing:
            self._asked.append(ask_prepared(cursor, missing))

    def of(self, records: Iterable[int]) -> dict[int, Prepared]:
        """The inputs of those records that are known."""
        while self._asked:
            self._stored.update(self._asked.pop().rows())
        found: dict[int, Prepared] = {}
        common = self._common()
        for record in records:
            if record not in self._read and record in self._stored:
                self._read[record] = without_common(Prepared.from_json(self._stored[record]), common)
            if record in self._read:
                found[record] = self._read[record]
        return found


class Candidates(NamedTuple):
    """Pairs to compare; and the keys that the newcomers made too common, with the records that had them before."""

    pairs: list[Pair]
    crowded: dict[int, list[RecordId]]


class CandidatesAsked:
    """The question which records share a blocking key with newcomers, whose own keys are not stored yet."""

    def __init__(self, cursor: Cursor, newcomers: Sequence[Newcomer], *, model: MatchModel) -> None:
        self._cursor = cursor
        self._arriving = _keyed(newcomers)
        self._most = model.max_block_size
        # for few the inputs come at once; for many, once it is clear whose are needed
        wanted = statement(__package__, "candidates_prepared" if cursor.few else "candidates")
        self._asked = cursor.ask(
            wanted, {"keys": np.unique(self._arriving.keys).tolist(), "most": self._most}
        )

    def found(self, known: PreparedRecords) -> Candidates:
        """Every newcomer with every other record (old or new) that it shares a key with.

        `known` learns or asks the comparison inputs of those found.
        """
        found = self._asked.rows()
        inputs = {record: prepared for key, record, prepared in found if key is None}
        if inputs:
            known.learn(inputs)
            found = [row for row in found if row[0] is not None]
        there = Keyed.of((row[0] for row in found), (row[1] for row in found))
        met = meeting(self._arriving, there, most=self._most)
        pairs = cast(list[Pair], met.pairs)
        known.ask(self._cursor, set(chain.from_iterable(pairs)))
        return Candidates(pairs, cast(dict[int, list[RecordId]], met.crowded))


def score(known: PreparedRecords, pairs: Sequence[Pair], *, model: MatchModel) -> list[ScoredEdge]:
    """The pairs that reach the review threshold."""
    prepared = known.of(set(chain.from_iterable(pairs)))
    place = {record: number for number, record in enumerate(prepared)}
    both = [(left, right) for left, right in pairs if left in place and right in place]
    scored = score_indexed(
        model,
        list(prepared.values()),
        np.array([place[left] for left, _ in both], np.int64),
        np.array([place[right] for _, right in both], np.int64),
    )
    good = np.flatnonzero(scored.weight >= model.thresholds.review)
    facts = zip(good.tolist(), scored.weight[good].tolist(), scored.veto[good].tolist(), strict=True)
    return [ScoredEdge(*both[i], weight, scored.level[i].tobytes(), veto) for i, weight, veto in facts]


def store_block_keys(cursor: Cursor, newcomers: Sequence[Newcomer]) -> None:
    """Make the newcomers findable as candidates for those who come later."""
    keys, records = _keyed(newcomers)
    order = np.argsort(keys)  # neighbours go to the same page of the index
    write_numbers(cursor, "block_key", ("key", "record_id"), (keys[order], records[order]))


def forget(cursor: Cursor, records: Sequence[RecordId], keys: Sequence[tuple[RecordId, int]]) -> None:
    """Drop what was found out about records: the blocking keys named, and every pair they are part of."""
    if not records:
        return
    rows = [{"key": key, "record_id": record} for record, key in keys]
    cursor.execute(statement(__package__, "drop_block_keys"), (orjson.dumps(rows).decode(),))
    cursor.execute(statement(__package__, "drop_pairs"), {"ids": list(records)})


def store_pairs(cursor: Cursor, edges: Sequence[ScoredEdge], *, model: MatchModel) -> None:
    """Keep the scored pairs: they make the clusters, the review queue and the explanations."""
    if cursor.few and edges:  # one statement for any number, so that it is planned once
        columns = zip(*((e.left, e.right, e.weight, e.levels, e.veto) for e in edges), strict=True)
        cursor.execute(statement(__package__, "store_pairs"), [model.hash, *map(list, columns)])
        return
    write_rows(
        cursor,
        "scored_pair",
        ("left_id", "right_id", "weight", "levels", "veto", "model_hash"),
        [(edge.left, edge.right, edge.weight, edge.levels, edge.veto, model.hash) for edge in edges],
    )


def _keyed(newcomers: Sequence[Newcomer]) -> Keyed:
    return keyed([each.block_keys for each in newcomers], [each.record_id for each in newcomers])
