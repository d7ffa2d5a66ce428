"""Levels of the name comparisons: given and family name (swapped where that fits better), middle name, suffix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from customerfile.matching.columns import Bools, Columns, Ints, Levels
from customerfile.matching.levels import level_number
from customerfile.matching.model import NULL, MatchModel
from customerfile.matching.spelled_names import is_one_family_name, is_one_given_name, is_one_whole_name
from customerfile.values.nicknames import are_nicknames, nickname_groups

CLOSE = 0.93  # Jaro-Winkler similarity from which two names are one name with a slip
SIMILAR = 0.84
SLIP_FLOOR = 0.70  # below this no name is one slip away
SHORTEST_SLIP = 5  # in a shorter name a slip makes another name: Anja and Anna
SHORTEST_CLOSE = 4  # a shorter name, or one as long with another first letter, is another name: Ria and Rika
SPELLING_FLOOR = 0.5  # below this no name is the other in another spelling, but for
SHORTEST_TOLD = 6  # family names shorter than this: Cho and Jo

_GIVEN = {
    name: level_number("given_name", name) for name in ("initial", "similar", "part", "nickname", "close")
}
_GIVEN_SAME = level_number("given_name", "same_rare")
_FAMILY = {name: level_number("family_name", name) for name in ("similar", "part", "close")}
_FAMILY_SAME = level_number("family_name", "same_rare")


@dataclass(frozen=True, slots=True)
class NameLevels:
    given: Levels
    family: Levels
    order: Levels


@dataclass(frozen=True, slots=True)
class _Buckets:
    """How common each name is as a given and as a family name."""

    given: Levels
    family: Levels


def name_levels(columns: Columns, model: MatchModel, left: Ints, right: Ints) -> NameLevels:
    """Given and family levels; where the names fit only crosswise, the levels are of the crossed names."""
    buckets = _Buckets(_buckets(columns, model, "given_name"), _buckets(columns, model, "family_name"))
    given = _Names(columns, columns.given[left], columns.given[right])
    family = _Names(columns, columns.family[left], columns.family[right])
    order = np.full(len(left), NULL, dtype=np.int8)
    apart = np.flatnonzero((given.similarity < SIMILAR) & (family.similarity < SIMILAR))
    if len(apart):
        rows = (apart, left[apart], right[apart])
        _cross(columns, (given, family), order, apart=rows, buckets=buckets)
    pairs = (order == NULL, left, right)
    given_level = _given_levels(columns, given, buckets.given, pairs=pairs)
    family_level = _family_levels(columns, family, buckets.family, pairs=pairs)
    _raise_whole_names(columns, given_level, family_level, pairs=(left, right))
    return NameLevels(given_level, family_level, order)


def middle_levels(columns: Columns, left: Ints, right: Ints) -> Levels:
    a, b = columns.middle[left], columns.middle[right]
    levels = np.where((a > 0) & (b > 0), 0, NULL).astype(np.int8)
    levels[(levels == 0) & _initial_fits(columns, a, b)] = 1
    levels[(levels > NULL) & (a == b)] = 2
    return levels


class _Names:
    """Two aligned columns of name codes and how alike they are: 1.0 when equal, 0 where one is missing."""

    def __init__(self, columns: Columns, a: Ints, b: Ints) -> None:
        self.a, self.b = a, b
        self.known: Bools = (a > 0) & (b > 0)
        self.same: Bools = self.known & (a == b)
        self.similarity: NDArray[np.float64] = self.same.astype(np.float64)
        rows = np.flatnonzero(self.known & ~self.same)
        if len(rows):
            self.similarity[rows] = similarity(columns.names, a[rows], b[rows])

    def replace(self, rows: Ints, crossed: _Names) -> None:
        for name in ("a", "b", "known", "same", "similarity"):
            getattr(self, name)[rows] = getattr(crossed, name)


def similarity(terms: list[str], a: Ints, b: Ints) -> NDArray[np.float64]:
    """Jaro-Winkler similarity, raised to `CLOSE` where the two are one slip apart, and below it where too short."""
    first, second = [terms[i] for i in a.tolist()], [terms[i] for i in b.tolist()]
    found = cpdist(first, second, scorer=JaroWinkler.normalized_similarity, dtype=np.float64)
    for row in np.flatnonzero(found >= CLOSE).tolist():
        if _is_too_short(first[row], second[row]):
            found[row] = SIMILAR
    for row in np.flatnonzero((found >= SLIP_FLOOR) & (found < CLOSE)).tolist():
        if (
            min(len(first[row]), len(second[row])) >= SHORTEST_SLIP
            and OSA.distance(first[row], second[row], score_cutoff=1) <= 1
        ):
            found[row] = CLOSE
    return found


def _is_too_short(one: str, other: str) -> bool:
    """Whether two names that are alike are two names: Ria and Rika, Anna and Hanna."""
    shorter = min(len(one), len(other))
    return shorter < SHORTEST_CLOSE or (shorter == SHORTEST_CLOSE and one[0] != other[0])


def _cross(
    columns: Columns,
    names: tuple[_Names, _Names],
    order: Levels,
    *,
    apart: tuple[Ints, Ints, Ints],
    buckets: _Buckets,
) -> None:
    """Put crossed names in place where each given name fits the other side's family name."""
    given, family = names
    rows, left, right = apart
    first = _Names(columns, columns.given[left], columns.family[right])
    second = _Names(columns, columns.family[left], columns.given[right])
    fits = (first.similarity >= SIMILAR) & (second.similarity >= SIMILAR)
    if not fits.any():
        return
    is_given_first = _is_given_first(columns, first, second, buckets=buckets)
    for chosen, as_given, as_family in (
        (np.flatnonzero(fits & is_given_first), first, second),
        (np.flatnonzero(fits & ~is_given_first), second, first),
    ):
        given.replace(rows[chosen], _taken(as_given, chosen))
        family.replace(rows[chosen], _taken(as_family, chosen))
        order[rows[chosen]] = level_number("name_order", "swapped")


def _is_given_first(columns: Columns, first: _Names, second: _Names, *, buckets: _Buckets) -> Bools:
    """Which of two crossed pairs is the given name: the one more common as such than as a family name."""
    names = columns.names
    givenness = buckets.given.astype(np.int64) - buckets.family
    lead = givenness[first.a] + givenness[first.b] - givenness[second.a] - givenness[second.b]
    for row in np.flatnonzero(lead == 0).tolist():  # by letters, so that it does not depend on the side
        one = sorted((names[first.a[row]], names[first.b[row]]))
        lead[row] = 1 if one >= sorted((names[second.a[row]], names[second.b[row]])) else -1
    is_first: Bools = lead > 0
    return is_first


def _taken(names: _Names, rows: Ints) -> _Names:
    taken = object.__new__(_Names)
    for name in ("a", "b", "known", "same", "similarity"):
        setattr(taken, name, getattr(names, name)[rows])
    return taken


def _graded(names: _Names, table: dict[str, int]) -> Levels:
    levels = np.where(names.known, 0, NULL).astype(np.int8)
    levels[names.similarity >= SIMILAR] = table["similar"]
    levels[names.similarity >= CLOSE] = table["close"]
    return levels


def _given_levels(
    columns: Columns, names: _Names, buckets: Levels, *, pairs: tuple[Bools, Ints, Ints]
) -> Levels:
    straight, left, right = pairs
    levels = _graded(names, _GIVEN)
    levels[names.known & _initial_fits(columns, names.a, names.b)] = _GIVEN["initial"]
    for row in np.flatnonzero(names.known & straight & ~names.same).tolist():
        written = tuple(columns.fields["given"][side[row]] for side in (left, right))
        if names.similarity[row] >= SPELLING_FLOOR and levels[row] != _GIVEN["initial"]:
            levels[row] = _spelled_given(*written, level=int(levels[row]))
        if levels[row] < _GIVEN["close"]:
            found = _related_given(columns, int(left[row]), int(right[row]))
            levels[row] = max(levels[row], found)
    _grade_same(levels, names, buckets, top=_GIVEN_SAME)
    return levels


@lru_cache(maxsize=65536)
def _spelled_given(one: str, other: str, *, level: int) -> int:
    """Close where they are one name in two spellings; no more than similar where both are known to be two names."""
    if is_one_given_name(one.replace(" ", ""), other.replace(" ", "")):
        return _GIVEN["close"]
    return _GIVEN["similar"] if level == _GIVEN["close"] and _are_two_names(one, other) else level


def _are_two_names(one: str, other: str) -> bool:
    """Whether both begin with names in use that never stand for one another: Jarek and Jurek."""
    first, second = one.partition(" ")[0], other.partition(" ")[0]
    known = nickname_groups()
    return first != second and first in known and second in known and not are_nicknames(first, second)


def _related_given(columns: Columns, left: int, right: int) -> int:
    """Nickname or shared part, for names that are neither the same nor close."""
    one, other = columns.fields["given"][left], columns.fields["given"][right]
    middle = columns.fields["middle"]
    return _relation(f"{one} {middle[left]}", f"{other} {middle[right]}")


@lru_cache(maxsize=65536)
def _relation(one: str, other: str) -> int:
    first, second = one.split(), other.split()
    if are_nicknames(first[0], second[0]):
        return _GIVEN["part" if first[0] == second[0] else "nickname"]
    is_part = (len(first[0]) > 1 and first[0] in second) or (len(second[0]) > 1 and second[0] in first)
    return _GIVEN["part"] if is_part else NULL


def _family_levels(
    columns: Columns, names: _Names, buckets: Levels, *, pairs: tuple[Bools, Ints, Ints]
) -> Levels:
    straight, left, right = pairs
    levels = _graded(names, _FAMILY)
    written, has_parts = columns.fields["family"], columns.is_compound[left] | columns.is_compound[right]
    for row in np.flatnonzero(names.known & straight & (names.similarity < CLOSE)).tolist():
        one, other = columns.names[names.a[row]], columns.names[names.b[row]]
        if _may_be_spelled(one, other, names.similarity[row]) and is_one_family_name(one, other):
            levels[row] = _FAMILY["close"]
        elif has_parts[row] and _share_a_part(written[left[row]], written[right[row]]):
            levels[row] = _FAMILY["part"]
    _grade_same(levels, names, buckets, top=_FAMILY_SAME)
    return levels


def _may_be_spelled(one: str, other: str, alike: float) -> bool:
    return alike >= SPELLING_FLOOR or min(len(one), len(other)) < SHORTEST_TOLD


def _share_a_part(one: str, other: str) -> bool:
    return any(len(part) > 2 for part in set(one.split()).intersection(other.split()))


def _raise_whole_names(columns: Columns, given: Levels, family: Levels, *, pairs: tuple[Ints, Ints]) -> None:
    """One whole name that was parted in two ways is close in both parts."""
    left, right = pairs
    names = (columns.given, columns.middle, columns.family)
    apart = (given > NULL) & (family > NULL) & ((given < _GIVEN["close"]) | (family < _FAMILY["close"]))
    for row in np.flatnonzero(apart).tolist():
        one, other = (tuple(columns.names[part[side[row]]] for part in names) for side in (left, right))
        if is_one_whole_name(one, other):
            given[row] = max(_GIVEN["close"], given[row])
            family[row] = max(_FAMILY["close"], family[row])


def _grade_same(levels: Levels, names: _Names, buckets: Levels, *, top: int) -> None:
    levels[names.same] = top - buckets[names.a[names.same]]


def _buckets(columns: Columns, model: MatchModel, table: str) -> Levels:
    """How common each name is: 0 rare, up to 3 very common. A single letter counts as very common."""
    frequencies = model.frequencies[table]
    return np.array(
        [3 if len(name) == 1 else frequencies.get(name, 0) for name in columns.names], dtype=np.int8
    )


def _initial_fits(columns: Columns, a: Ints, b: Ints) -> Bools:
    fits: Bools = (columns.is_initial[a] | columns.is_initial[b]) & (
        columns.first_letter[a] == columns.first_letter[b]
    )
    return fits
