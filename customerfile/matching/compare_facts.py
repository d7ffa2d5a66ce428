"""Levels of birth date, gender, kind, suffix, identifiers and organisation name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from customerfile.matching.columns import Bools, Columns, Ints, Levels
from customerfile.matching.levels import LEVELS, level_number
from customerfile.matching.model import NULL, MatchModel
from customerfile.matching.organisation_names import organisation_level
from customerfile.matching.prepared import Identifier

_BIRTH = {name: number for number, name in enumerate(LEVELS["birth_date"])}
_STRONG = {name: number for number, name in enumerate(LEVELS["strong_identifier"])}
_GENDERS = {"f": 1, "m": 2}
_POWERS = 10 ** np.arange(7, -1, -1, dtype=np.int64)


def equal_levels(values: Ints, left: Ints, right: Ints) -> Levels:
    """0 different, 1 the same, -1 where either is 0 (unknown)."""
    a, b = values[left], values[right]
    return np.where((a > 0) & (b > 0), (a == b).astype(np.int8), NULL).astype(np.int8)


def gender_levels(columns: Columns, model: MatchModel, left: Ints, right: Ints) -> Levels:
    """By the recorded gender, and where none is recorded by what the given name tells."""
    told, fields = model.name_genders, columns.fields
    genders = [
        _GENDERS.get(gender or told.get(given.partition(" ")[0], ""), 0)
        for gender, given in zip(fields["gender"], fields["given"], strict=True)
    ]
    return equal_levels(np.array(genders, dtype=np.int64), left, right)


def birth_levels(columns: Columns, left: Ints, right: Ints) -> Levels:
    a, b = columns.birth[left], columns.birth[right]
    known = (a > 0) & (b > 0)
    levels = np.where(known, np.where(a == b, _BIRTH["same"], 0), NULL).astype(np.int8)
    whole = columns.birth % 100 > 0
    whole &= (columns.birth % 10_000 >= 100) & (columns.birth >= 10_000_000)
    both_whole = whole[left] & whole[right]
    rows = np.flatnonzero(known & both_whole & (a != b))
    if len(rows):
        levels[rows] = _differing_births(a[rows], b[rows])
    rows = np.flatnonzero(known & ~both_whole)
    if len(rows):
        levels[rows] = _partial_births(a[rows], b[rows])
    return levels


def _differing_births(a: Ints, b: Ints) -> Levels:
    """Levels of whole dates that are not the same; the strongest that fits."""
    levels = np.zeros(len(a), dtype=np.int8)
    same_year = a // 10_000 == b // 10_000
    levels[same_year] = _BIRTH["year"]
    levels[a % 10_000 == b % 10_000] = _BIRTH["day_and_month"]
    levels[_one_slip(a, b)] = _BIRTH["one_slip"]
    crossed = (a // 100 % 100 == b % 100) & (b // 100 % 100 == a % 100)
    levels[same_year & crossed] = _BIRTH["day_month_swapped"]
    return levels


def _one_slip(a: Ints, b: Ints) -> Bools:
    """One digit mistyped, or two neighbouring digits exchanged."""
    first, second = a[:, None] // _POWERS % 10, b[:, None] // _POWERS % 10
    differs = first != second
    count = differs.sum(axis=1)
    exchanged = (first[:, :-1] == second[:, 1:]) & (first[:, 1:] == second[:, :-1]) & differs[:, :-1]
    slip: Bools = (count == 1) | ((count == 2) & (exchanged & differs[:, 1:]).any(axis=1))
    return slip


def _partial_births(a: Ints, b: Ints) -> Levels:
    agree = np.ones(len(a), dtype=np.bool_)
    compared = np.zeros(len(a), dtype=np.bool_)
    for unit, size in ((10_000, 10_000), (100, 100), (1, 100)):
        first, second = a // unit % size, b // unit % size
        both = (first > 0) & (second > 0)
        agree &= ~both | (first == second)
        compared |= both
    return np.where(compared, np.where(agree, _BIRTH["as_far_as_known"], 0), NULL).astype(np.int8)


def strong_levels(columns: Columns, left: Ints, right: Ints) -> Levels:
    levels = np.full(len(left), NULL, dtype=np.int8)
    if columns.strong.is_empty:
        return levels
    strong = columns.fields["strong"]
    rows = columns.strong.both_hold(left, right)
    single = columns.strong.counts == 1
    plain = columns.strong.share(left, right) & single[left] & single[right]
    levels[plain] = _STRONG["same"]
    for row in np.flatnonzero(rows & ~plain).tolist():
        levels[row] = strong_level(strong[left[row]], strong[right[row]])
    return levels


def strong_level(left: Sequence[Identifier], right: Sequence[Identifier]) -> int:
    """The level of two records' strong identifiers, the best pair of each scheme counting for the scheme."""
    best: dict[int, int] = {}
    for a in left:
        for b in right:
            if a[0] == b[0]:
                best[a[0]] = max(best.get(a[0], NULL), _identifier_level(a, b))
    if not best:
        return NULL
    top = max(best.values())
    is_mixed = top >= _STRONG["one_slip"] and _STRONG["conflict"] in best.values()
    return _STRONG["mixed"] if is_mixed else top


def _identifier_level(a: Identifier, b: Identifier) -> int:
    if a[1] == b[1]:
        return _STRONG["same"]
    if not set(a[2]).isdisjoint(b[2]):
        return _STRONG["one_slip"]
    return _STRONG["conflict"] if a[3] and b[3] else _STRONG["different"]


def organisation_levels(columns: Columns, left: Ints, right: Ints) -> Levels:
    levels = equal_levels(columns.organisation, left, right)
    same = level_number("organisation_name", "same")
    levels[levels == 1] = same
    terms = columns.organisation_terms
    for row in np.flatnonzero(levels == 0).tolist():
        levels[row] = organisation_level(
            terms[columns.organisation[left[row]]], terms[columns.organisation[right[row]]]
        )
    return levels
