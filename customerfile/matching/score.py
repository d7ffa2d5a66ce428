"""Scores pairs of prepared records with a model: levels, match weight and veto, and says why in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from customerfile.base.told import told
from customerfile.matching import compare_contacts as contacts
from customerfile.matching import compare_facts as facts
from customerfile.matching.columns import Columns, Ints, Levels
from customerfile.matching.compare_names import middle_levels, name_levels
from customerfile.matching.levels import COMPARED, LEVELS
from customerfile.matching.model import NULL, MatchModel
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
    """What one comparison said of a pair. The words are in the language of who reads."""

    comparison: str
    words: str
    weight: float

    @property
    def compared(self) -> str:
        """What was compared, in words."""
        return told(COMPARED[self.comparison])


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
    tables = _tables(model)
    weight: NDArray[np.float64] = tables.weight[tables.places(level)].cumsum(axis=1)[:, -1]
    return weight


def explain(model: MatchModel, levels: Sequence[int]) -> list[Reason]:
    """The reasons behind a scored pair, from its stored levels alone; the weightiest first."""
    reasons = [
        Reason(comparison.name, told(comparison.levels[level].words), float(table[level + 1]))
        for comparison, table, level in zip(model.comparisons, model.weights, levels, strict=True)
        if level != NULL
    ]
    return sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.comparison))


def vetoes_of(model: MatchModel, level: Levels) -> Levels:
    """For each row of levels the 1-based position of the first veto that holds, 0 for none."""
    holds = _holding(_tables(model), level)
    lowest = holds & -holds
    return np.where(holds == 0, 0, np.bitwise_count(lowest - 1) + 1).astype(np.int8)


@dataclass(frozen=True, slots=True)
class VetoBits:
    """For each row, bit v is set where veto v holds, and where the row lifts veto v between groups."""

    holds: Ints
    lifts: Ints


def veto_bits(model: MatchModel, level: Levels) -> VetoBits:
    """All vetoes of each row at once, as partitioning needs them."""
    tables = _tables(model)
    lifts: Ints = np.bitwise_or.reduce(tables.lifts[tables.places(level)], axis=1)
    return VetoBits(_holding(tables, level), lifts)


def _holding(tables: _Tables, level: Levels) -> Ints:
    """For each row, bit v is set where veto v holds."""
    places = tables.places(level)
    when: Ints = np.bitwise_and.reduce(tables.when[places], axis=1)
    unless: Ints = np.bitwise_or.reduce(tables.unless[places], axis=1)
    return when & ~unless


@dataclass(frozen=True, slots=True)
class _Tables:
    """A model as tables by comparison and level + 1: match weights; and vetoes, a bit each, that the level concerns."""

    starts: Ints  # of each comparison
    weight: NDArray[np.float64]
    when: Ints  # vetoes that this comparison does not stand against
    unless: Ints
    lifts: Ints

    def places(self, level: Levels) -> Ints:
        """Where in every table the levels of each row stand."""
        return self.starts + level


@lru_cache(maxsize=8)
def _tables(model: MatchModel) -> _Tables:
    width = _MOST_LEVELS + 1
    size = len(model.comparisons) * width
    weight, when, unless, lifts = np.zeros(size), *(np.zeros(size, dtype=np.int64) for _ in range(3))
    for place, comparison in enumerate(model.comparisons):
        name, start = comparison.name, place * width + 1
        weight[start - 1 : start - 1 + len(model.weights[place])] = model.weights[place]
        for level in range(NULL, _MOST_LEVELS):
            for bit, veto in enumerate(model.vetoes):
                when[start + level] |= (name not in veto.when or level in veto.when[name]) << bit
                unless[start + level] |= (level in veto.unless.get(name, ())) << bit
                lifts[start + level] |= (level in veto.lifted_by.get(name, ())) << bit
    return _Tables(np.arange(1, size, width), weight, when, unless, lifts)


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
