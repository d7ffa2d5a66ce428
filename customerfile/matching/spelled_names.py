"""Whether two names that are not the same are one name in two spellings: asked alike by every executor. Pure."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from customerfile.matching.spelling import spelling
from customerfile.values.equivalent_families import EQUIVALENT_FAMILIES

_SLIP_SPELLED = 7  # a shorter spelling is too near to others for a slip to say nothing
_SHORTEST_WHOLE = 6
LETTERS_APART = 4  # by which two spellings of a whole name may differ in length

type Name = tuple[str, ...]  # given, middle and family name, each folded and in one piece


@lru_cache(maxsize=65536)
def is_one_given_name(one: str, other: str) -> bool:
    """Of two folded given names, each in one piece: Sergey and Sergei, Mohammed and Muhamad."""
    return _is_one(spelling(one), spelling(other))


@lru_cache(maxsize=65536)
def is_one_family_name(one: str, other: str) -> bool:
    """Of two folded family names, each in one piece: Meyer and Mair, Ivanov and Iwanow, Cho and Jo."""
    return _is_one(_family_spelling(one), _family_spelling(other))


def is_one_whole_name(one: Name, other: Name) -> bool:
    """Of two whole names that were parted in two ways, family name first or last: Xiao Ming Wang and Wang Xiaoming."""
    return (
        one[0] != other[0]
        and one[2] != other[2]
        and _begin_alike(one, other)
        and abs(_length(one) - _length(other)) <= LETTERS_APART
        and not set(_orders(one)).isdisjoint(_orders(other))
    )


def _is_one(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= _SLIP_SPELLED and OSA.distance(one, other, score_cutoff=1) <= 1


def _family_spelling(name: str) -> str:
    return EQUIVALENT_FAMILIES.get(name) or spelling(name)


def _begin_alike(one: Name, other: Name) -> bool:
    """Whether the first words of one begin like one of the other."""
    return one[0][0] in (other[0][0], other[2][0]) or one[2][0] == other[0][0]


def _length(name: Name) -> int:
    return sum(map(len, name))


@lru_cache(maxsize=65536)
def _orders(name: Name) -> tuple[str, ...]:
    """The whole name in one piece, family name last and first, where it is long enough to tell."""
    given, middle, family = name
    if len(given) + len(family) < _SHORTEST_WHOLE:
        return ()
    return spelling(f"{given}{middle}{family}"), spelling(f"{family}{given}{middle}")
