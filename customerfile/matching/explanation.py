"""Why two records are one customer or not, and which pairs hold a customer's records together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from customerfile.base.told import told
from customerfile.matching.model import MatchModel
from customerfile.matching.score import Reason, explain, vetoes_of


class Outcome(StrEnum):
    """What the model says of a pair by itself."""

    LINK = "link"
    REVIEW = "review"  # between the thresholds: a person decides
    APART = "apart"  # too little speaks for one customer
    VETO = "veto"  # a fact forbids it, whatever the weight


@dataclass(frozen=True, slots=True)
class PairReasons:
    """A scored pair in words. `veto` is the sentence of the veto that holds, "" where none does."""

    weight: float
    outcome: Outcome
    veto: str
    reasons: tuple[Reason, ...]  # the weightiest first


def pair_reasons(model: MatchModel, levels: Sequence[int]) -> PairReasons:
    """The reasons that the levels of a pair give, in the order of the model's comparisons; -1 is unknown."""
    weight = sum(float(table[level + 1]) for table, level in zip(model.weights, levels, strict=True))
    veto = int(vetoes_of(model, np.array([levels], dtype=np.int8))[0])
    words = told(model.vetoes[veto - 1].words) if veto else ""
    return PairReasons(weight, _outcome(model, weight, veto), words, tuple(explain(model, levels)))


def _outcome(model: MatchModel, weight: float, veto: int) -> Outcome:
    if weight < model.thresholds.review:
        return Outcome.APART
    if veto:
        return Outcome.VETO
    return Outcome.LINK if weight >= model.thresholds.link else Outcome.REVIEW


class Tie(NamedTuple):
    """Two records that are joined by a pair at or above the link threshold, or by a person's word."""

    left: int
    right: int
    weight: float


@dataclass(frozen=True, slots=True)
class Hold:
    """A tie that a group needs to be one. `alone`: without it the group falls apart, nothing else joins its sides."""

    tie: Tie
    alone: bool


def holds(records: Iterable[int], ties: Iterable[Tie]) -> list[Hold]:
    """The strongest ties that hold the records together (a maximum spanning forest), the weakest first."""
    strongest = sorted(ties, key=lambda tie: (-tie.weight, tie.left, tie.right))
    members = list(records)
    kept = _forest(members, strongest)
    found = [Hold(tie, _is_alone(members, strongest, tie)) for tie in kept]
    return sorted(found, key=lambda hold: (hold.tie.weight, hold.tie.left, hold.tie.right))


def path(start: int, end: int, ties: Iterable[Tie]) -> list[Tie]:
    """The ties that lead from one record to another through a forest; none where they do not hang together."""
    beside: dict[int, list[Tie]] = {}
    for tie in ties:
        beside.setdefault(tie.left, []).append(tie)
        beside.setdefault(tie.right, []).append(tie)
    came: dict[int, tuple[int, Tie] | None] = {start: None}
    line = [start]
    while line:
        here = line.pop()
        for tie in beside.get(here, []):
            there = tie.right if tie.left == here else tie.left
            if there not in came:
                came[there] = (here, tie)
                line.append(there)
    return _way_back(end, came)


def _way_back(end: int, came: dict[int, tuple[int, Tie] | None]) -> list[Tie]:
    way: list[Tie] = []
    step = came.get(end)
    while step is not None:
        here, tie = step
        way.append(tie)
        step = came[here]
    return way[::-1]


def _forest(records: Iterable[int], ties: Iterable[Tie]) -> list[Tie]:
    """The ties that join something new, in the order given."""
    group = {record: record for record in records}
    kept = []
    for tie in ties:
        left, right = _root(group, tie.left), _root(group, tie.right)
        if left != right:
            group[right] = left
            kept.append(tie)
    return kept


def _root(group: dict[int, int], record: int) -> int:
    while group[record] != record:
        record = group[record]
    return record


def _is_alone(records: Sequence[int], ties: Sequence[Tie], tie: Tie) -> bool:
    """Whether the rest of the ties joins fewer records than all of them do."""
    return len(_forest(records, (other for other in ties if other != tie))) < len(_forest(records, ties))
