"""Given, family and middle name and their order, as SQL: compare_names.py, said in the words of a database.

Costly conditions stand behind cheap ones in a CASE: elsewhere a database may work out all parts for every pair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from customerfile.matching.batch.conditions import OTHERWISE, Conditions, either_missing, equal, holds, share
from customerfile.matching.compare_names import (
    CLOSE,
    SHORTEST_CLOSE,
    SHORTEST_SLIP,
    SHORTEST_TOLD,
    SIMILAR,
    SLIP_FLOOR,
    SPELLING_FLOOR,
)
from customerfile.matching.spelled_names import LETTERS_APART

_SAME_LEVELS = ("same_rare", "same_uncommon", "same_common", "same_very_common")  # by how common the name is
_GIVEN, _FAMILY = ("given_l", "given_r"), ("family_l", "family_r")
_FIRST, _SECOND = ("given_l", "family_r"), ("family_l", "given_r")  # the crossed pairs

type Sides = tuple[str, str]
type Crossed = Callable[[str, str], str]


def name_conditions() -> Mapping[str, Conditions]:
    """Comparison -> conditions."""
    return {
        "given_name": _given(),
        "family_name": _family(),
        "name_order": Conditions(f"NOT {_CROSSED}", {"swapped": OTHERWISE}),
        "middle_name": _middle(),
    }


def _given() -> Conditions:
    nickname = f"given_first_l <> given_first_r AND {share('nicknames_l', 'nicknames_r')}"
    levels = {
        **_same_levels("given", _as_given),
        "close": f"{_close_given()} OR {_WHOLE} OR {_as_given(_close(_FIRST), _close(_SECOND))}",
        "nickname": f"{nickname} AND NOT {_CROSSED}",
        "part": f"({_given_part()}) AND NOT {_CROSSED}",
        "similar": f"({_similar(_GIVEN)} AND NOT {_initial(_GIVEN)})"
        f" OR {_as_given(f'NOT {_initial(_FIRST)}', f'NOT {_initial(_SECOND)}')}",
        "initial": f"({_initial(_GIVEN)} AND NOT {_CROSSED})"
        f" OR {_as_given(_initial(_FIRST), _initial(_SECOND))}",
        "different": OTHERWISE,
    }
    return Conditions(either_missing("given"), levels)


def _close_given() -> str:
    """Alike and not known to be two names, or one name in two spellings."""
    two_names = (
        "(nicknames_l IS NOT NULL AND nicknames_r IS NOT NULL AND given_first_l <> given_first_r"
        f" AND NOT {share('nicknames_l', 'nicknames_r')})"
    )
    return f"CASE WHEN {_close(_GIVEN)} AND NOT {two_names} THEN true ELSE {_SPELLED_GIVEN} END"


def _given_part() -> str:
    """The first word of one side is among the given and middle names of the other."""
    crosswise = (("l", "r"), ("r", "l"))
    found = [
        f"(length(given_first_{a}) > 1 AND {holds(f'given_words_{b}', f'given_first_{a}')})"
        for a, b in crosswise
    ]
    return " OR ".join([equal("given_first"), *found])


def _family() -> Conditions:
    levels = {
        **_same_levels("family", _as_family),
        "close": f"{_close(_FAMILY)} OR {_SPELLED_FAMILY} OR {_WHOLE}"
        f" OR {_as_family(_close(_FIRST), _close(_SECOND))}",
        "part": f"{share('family_parts_l', 'family_parts_r')} AND NOT {_CROSSED}",
        "similar": f"{_similar(_FAMILY)} OR {_CROSSED}",
        "different": OTHERWISE,
    }
    return Conditions(either_missing("family"), levels)


def _middle() -> Conditions:
    levels = {
        "same": equal("middle"),
        "initial": _initial(("middle_l", "middle_r")),
        "different": OTHERWISE,
    }
    return Conditions(either_missing("middle"), levels)


def _same_levels(part: str, crossed: Crossed) -> dict[str, str]:
    """Equal names, by how common that name is in this part of a name."""
    return {
        level: f"({equal(part)} AND {part}_as_{part}_l = {bucket}) OR "
        + crossed(
            f"given_l = family_r AND given_as_{part}_l = {bucket}",
            f"family_l = given_r AND family_as_{part}_l = {bucket}",
        )
        for bucket, level in enumerate(_SAME_LEVELS)
    }


def _similar(names: Sides) -> str:
    return _alike_or_slip(names, SIMILAR)


def _close(names: Sides) -> str:
    """Names too short for likeness have no slips either."""
    a, b = names
    shorter = f"least(length({a}), length({b}))"
    return (
        f"CASE WHEN {shorter} < {SHORTEST_CLOSE} THEN false"
        f" WHEN {shorter} = {SHORTEST_CLOSE} AND left({a}, 1) <> left({b}, 1) THEN false"
        f" ELSE {_alike_or_slip(names, CLOSE)} END"
    )


def _alike_or_slip(names: Sides, least: float) -> str:
    a, b = names
    may_slip = f"least(length({a}), length({b})) >= {SHORTEST_SLIP} AND abs(length({a}) - length({b})) <= 1"
    return (
        f"CASE WHEN alike({a}, {b}, {least}) THEN true"
        f" WHEN {may_slip} AND alike({a}, {b}, {SLIP_FLOOR}) THEN one_slip({a}, {b}) ELSE false END"
    )


def _initial(names: Sides) -> str:
    a, b = names
    return f"(least(length({a}), length({b})) = 1 AND left({a}, 1) = left({b}, 1))"


def _as_given(first: str, second: str) -> str:
    """Names fit crosswise, and the pair that is the given name does so."""
    return _if_crossed(first, second, chosen=f"CASE WHEN {_IS_GIVEN_FIRST} THEN {first} ELSE {second} END")


def _as_family(first: str, second: str) -> str:
    """Names fit crosswise, and the pair that is the family name does so."""
    return _if_crossed(first, second, chosen=f"CASE WHEN {_IS_GIVEN_FIRST} THEN {second} ELSE {first} END")


def _if_crossed(first: str, second: str, *, chosen: str) -> str:
    """Whether names fit crosswise comes last: it is seldom so, and costs most."""
    return (
        f"CASE WHEN {first} OR {second} THEN CASE WHEN {_CROSSED} THEN {chosen} ELSE false END ELSE false END"
    )


_CROSSED = (
    f"CASE WHEN NOT {_similar(_FIRST)} THEN false WHEN NOT {_similar(_SECOND)} THEN false"
    f" WHEN {_similar(_GIVEN)} THEN false WHEN {_similar(_FAMILY)} THEN false ELSE true END"
)

# Of two crossed pairs the given name is the one more common as such; if neither, the later in the alphabet.
_LEAD = (
    "(given_as_given_l - given_as_family_l + family_as_given_r - family_as_family_r"
    " - family_as_given_l + family_as_family_l - given_as_given_r + given_as_family_r)"
)
_EARLIER, _LATER = (
    tuple(f"{pick}({a}, {b})" for a, b in (_FIRST, _SECOND)) for pick in ("least", "greatest")
)
_IS_GIVEN_FIRST = (
    f"({_LEAD} > 0 OR ({_LEAD} = 0 AND ({_EARLIER[0]} > {_EARLIER[1]}"
    f" OR ({_EARLIER[0]} = {_EARLIER[1]} AND {_LATER[0]} >= {_LATER[1]}))))"
)

# One name in two spellings: our own function is asked last, of names that may be.
_SPELLED_GIVEN = (
    f"CASE WHEN {_initial(_GIVEN)} THEN false WHEN NOT alike({', '.join(_GIVEN)}, {SPELLING_FLOOR}) THEN false"
    f" WHEN one_given_name({', '.join(_GIVEN)}) THEN NOT {_CROSSED} ELSE false END"
)
_SPELLED_FAMILY = (
    f"CASE WHEN least(length(family_l), length(family_r)) >= {SHORTEST_TOLD}"
    f" AND NOT alike({', '.join(_FAMILY)}, {SPELLING_FLOOR}) THEN false"
    f" WHEN one_family_name({', '.join(_FAMILY)}) THEN NOT {_CROSSED} ELSE false END"
)
_BEGIN_ALIKE = " OR ".join(
    f"left({a}, 1) = left({b}, 1)" for a, b in (_GIVEN, ("given_l", "family_r"), ("family_l", "given_r"))
)
_LETTERS_MORE = (
    "length(given_l) + coalesce(length(middle_l), 0) + length(family_l)"
    " - length(given_r) - coalesce(length(middle_r), 0) - length(family_r)"
)
_LINES = [
    f"given_{side} || chr(10) || coalesce(middle_{side}, '') || chr(10) || family_{side}" for side in "lr"
]
_WHOLE = (
    f"CASE WHEN given_l = given_r OR family_l = family_r THEN false WHEN NOT ({_BEGIN_ALIKE}) THEN false"
    f" WHEN abs({_LETTERS_MORE}) > {LETTERS_APART} THEN false"
    f" ELSE one_whole_name({_LINES[0]}, {_LINES[1]}) END"
)
