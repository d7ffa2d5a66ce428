"""Scores pairs of prepared records with a model: levels, match weight and veto, and says why in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from customerfile.matching import compare_contacts as contacts
from customerfile.matching import compare_facts as facts
from customerfile.matching.columns import Columns, Ints, Levels
from customerfile.matching.compare_names import middle_levels, name_levels
from customerfile.matching.levels import LEVELS
from customerfile.matching.model import NULL, LevelSets, MatchModel, Veto
from customerfile.matching.prepared import Prepared

_MOST_LEVELS = max(map(len, LEVELS.values()))


@dataclass(frozen=True, slots=True)
class Scored:
    """Aligned with the pairs: match weight, level of every comparison (-1 unknown), and the veto (0 none)."""

    weight: NDArray[np.float64]
    level: Levels
    veto: Levels


@dataclass(frozen=True, slots=True)
class Reason:
    """What one comparison said of a pair."""

    comparison: str
    words: str
    weight: float


def score_pairs(model: MatchModel, left: Sequence[Prepared], right: Sequence[Prepared]) -> Scored:
    """Score left[i] against right[i]. A record given many times as the same object is encoded once."""
    distinct = {id(record): record for record in chain(left, right)}
    slot = {key: position for position, key in enumerate(distinct)}
    first = np.array([slot[id(record)] for record in left], dtype=np.int64)
    second = np.array([slot[id(record)] for record in right], dtype=np.int64)
    return score_indexed(model, list(distinct.values()), first, second)


def score_indexed(model: MatchModel, records: Sequence[Prepared], left: Ints, right: Ints) -> Scored:
    """Score records[left[i]] against records[right[i]]."""
    if not len(left):
        return Scored(np.zeros(0), np.zeros((0, len(model.comparisons)), np.int8), np.zeros(0, np.int8))
    found = _compared(model, Columns(records), left, right)
    level = np.stack([found[comparison.name] for comparison in model.comparisons], axis=1)
    return Scored(weights_of(model, level), level, vetoes_of(model, level))


def weights_of(model: MatchModel, level: Levels) -> NDArray[np.float64]:
    """The match weight of each row of levels: the weights of its levels, added in the order of the comparisons."""
    weight = np.zeros(len(level))
    for position, table in enumerate(model.weights):
        weight += table[level[:, position] + 1]
    return weight


def explain(model: MatchModel, levels: Sequence[int]) -> list[Reason]:
    """The reasons behind a scored pair, from its stored levels alone; the weightiest first."""
    reasons = [
        Reason(comparison.name, comparison.levels[level].words, float(table[level + 1]))
        for comparison, table, level in zip(model.comparisons, model.weights, levels, strict=True)
        if level != NULL
    ]
    return sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.comparison))


def vetoes_of(model: MatchModel, level: Levels) -> Levels:
    """For each row of levels the 1-based position of the first veto that holds, 0 for none."""
    veto = np.zeros(len(level), dtype=np.int8)
    for position in range(len(model.vetoes), 0, -1):
        veto[_holds(model, level, model.vetoes[position - 1])] = position
    return veto


def _holds(model: MatchModel, level: Levels, rule: Veto) -> NDArray[np.bool_]:
    holds = np.ones(len(level), dtype=np.bool_)
    for name, wanted in rule.when.items():
        holds &= _is_in(level[:, model.position(name)], wanted)
    if rule.unless and holds.any():
        holds &= ~is_at_any(model, level, rule.unless)
    return holds


@dataclass(frozen=True, slots=True)
class VetoBits:
    """For each row, bit v is set where veto v holds, and where the row lifts veto v between groups."""

    holds: Ints
    lifts: Ints


def veto_bits(model: MatchModel, level: Levels) -> VetoBits:
    """All vetoes of each row at once, as partitioning needs them."""
    holds, lifts = np.zeros(len(level), dtype=np.int64), np.zeros(len(level), dtype=np.int64)
    for position, rule in enumerate(model.vetoes):
        holds |= _holds(model, level, rule).astype(np.int64) << position
        if rule.lifted_by:
            lifts |= is_at_any(model, level, rule.lifted_by).astype(np.int64) << position
    return VetoBits(holds, lifts)


def is_at_any(model: MatchModel, level: Levels, sets: LevelSets) -> NDArray[np.bool_]:
    """Which rows stand at one of the given levels of any of the comparisons."""
    found = np.zeros(len(level), dtype=np.bool_)
    for name, wanted in sets.items():
        found |= _is_in(level[:, model.position(name)], wanted)
    return found


def _is_in(column: Levels, wanted: frozenset[int]) -> NDArray[np.bool_]:
    return _membership(wanted)[column]


@lru_cache(maxsize=1024)
def _membership(wanted: frozenset[int]) -> NDArray[np.bool_]:
    """By level; the last place answers for -1, unknown."""
    return np.array([level in wanted for level in (*range(_MOST_LEVELS), NULL)], dtype=np.bool_)


def _compared(model: MatchModel, columns: Columns, left: Ints, right: Ints) -> Mapping[str, Levels]:
    names = name_levels(columns, model, left, right)
    found = {"given_name": names.given, "family_name": names.family, "name_order": names.order}
    found["gender"] = facts.gender_levels(columns, model, left, right)
    for name, compare in _COMPARISONS.items():
        found[name] = compare(columns, left, right)
    return found


_COMPARISONS: Mapping[str, Callable[[Columns, Ints, Ints], Levels]] = {
    "kind": lambda columns, left, right: facts.equal_levels(columns.kind, left, right),
    "middle_name": middle_levels,
    "suffix": lambda columns, left, right: facts.equal_levels(columns.suffix, left, right),
    "birth_date": facts.birth_levels,
    "email": contacts.email_levels,
    "phone": contacts.phone_levels,
    "address": contacts.address_levels,
    "strong_identifier": facts.strong_levels,
    "weak_identifier": lambda columns, left, right: contacts.shared_levels(columns.weak, left, right),
    "organisation_name": facts.organisation_levels,
    "domain": lambda columns, left, right: contacts.shared_levels(columns.domains, left, right),
}
