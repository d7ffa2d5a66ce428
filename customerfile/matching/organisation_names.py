"""Names of organisations folded for comparison, and how alike two of them are.

Filler words and legal words are dropped, usual abbreviations written out; an organisation's names (legal,
trading) stand on lines of one text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from customerfile.matching.levels import level_number
from customerfile.values.folding import fold
from customerfile.values.words import words

_FILLERS = words(
    "the and und et y e i en of for fur pour para de des du da do dos di del della d la le les los las el il"
    " der die das den dem van het a an at in on am im co company corp corporation inc incorporated ltd limited"
    " llc llp plc gmbh mbh kg ag sa srl bv nv cie"
)
_WRITTEN_OUT = {
    "intl": "international", "int": "international", "natl": "national", "mfg": "manufacturing",
    "mfr": "manufacturing", "mfrs": "manufacturing", "assoc": "association", "assn": "association",
    "assocs": "associates", "bros": "brothers", "gebr": "bruder", "gebruder": "bruder", "ctr": "center",
    "centre": "center", "centrum": "center", "zentrum": "center", "theatre": "theater", "svc": "service",
    "svcs": "service", "services": "service", "serv": "service", "sys": "system", "systems": "system",
    "tech": "technology", "technologies": "technology", "univ": "university", "dept": "department",
    "govt": "government", "mgmt": "management", "mgt": "management", "mktg": "marketing", "dist": "distribution",
    "dev": "development", "devt": "development", "eng": "engineering", "engr": "engineering", "elec": "electric",
    "electrical": "electric", "hosp": "hospital", "inst": "institute", "ins": "insurance", "invest": "investments",
    "lab": "laboratory", "labs": "laboratory", "laboratories": "laboratory", "prop": "properties",
    "props": "properties", "rest": "restaurant", "st": "saint", "ste": "saint", "mt": "mount", "ft": "fort",
    "supp": "supplies", "supply": "supplies", "prod": "products", "prods": "products", "product": "products",
    "ind": "industries", "inds": "industries", "industry": "industries", "industrial": "industries",
    "trans": "transport", "transportation": "transport", "constr": "construction", "const": "construction",
    "deli": "delicatessen", "pharm": "pharmacy", "apt": "apartments", "apts": "apartments", "grp": "group",
    "hldgs": "holdings", "hldg": "holdings", "holding": "holdings", "comm": "communications",
    "soc": "society", "cath": "catholic", "elem": "elementary", "sch": "school", "acad": "academy",
    "muni": "municipal", "hq": "headquarters", "n": "north", "s": "south", "w": "west",
    "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth",
}  # fmt: skip
_UMLAUT = re.compile(r"(?<=[aou])e")
_SHORTEST_SLIP = 5  # in a shorter word a slip makes another word
_CLOSE_RATIO, _SIMILAR_RATIO, _CLOSE_WORD = 90, 85, 0.93
_INITIALS = range(3, 7)  # letters of a name made of initials
_NUMERAL = re.compile(r"\d|^(?:i{1,3}|iv|vi{0,3}|ix|x)$")

_SAME, _CLOSE = level_number("organisation_name", "same"), level_number("organisation_name", "close")
_SIMILAR, _DIFFERENT = (level_number("organisation_name", name) for name in ("similar", "different"))


def organisation_names(names: Iterable[str]) -> str:
    """The folded names, each once, on a line each; the words of a name in alphabetical order."""
    return "\n".join(dict.fromkeys(folded for name in names if name and (folded := _folded(name))))


def name_lines(names: str) -> list[str]:
    """The names apart."""
    return names.split("\n") if names else []


@lru_cache(maxsize=65536)
def _folded(name: str) -> str:
    written = fold(name).split()
    telling = [word for word in written if word not in _FILLERS] or written
    return " ".join(sorted({_UMLAUT.sub("", _WRITTEN_OUT.get(word, word)) for word in telling}))


def organisation_level(one: str, other: str) -> int:
    """The level of two organisations' names: the best pair of them counts."""
    return max(_level(a, b) for a in name_lines(one) for b in name_lines(other))


@lru_cache(maxsize=65536)
def _level(a: str, b: str) -> int:
    if a == b:
        return _SAME
    first, second = set(a.split()), set(b.split())
    if _numerals(first) != _numerals(second):  # Fund I and Fund II
        return _DIFFERENT if first.isdisjoint(second) else _SIMILAR
    if (
        _is_written_apart(a, b)
        or _differ_by_slips(first - second, second - first)
        or fuzz.ratio(a, b) >= _CLOSE_RATIO
    ):
        return _CLOSE
    if _are_initials(first, second) or _are_initials(second, first):
        return _CLOSE
    return _SIMILAR if fuzz.token_set_ratio(a, b) >= _SIMILAR_RATIO else _DIFFERENT


def _numerals(words: Collection[str]) -> set[str]:
    return {word for word in words if _NUMERAL.search(word)}


def _is_written_apart(a: str, b: str) -> bool:
    """Micro Soft and Microsoft."""
    return a.replace(" ", "") == b.replace(" ", "")


def _differ_by_slips(first: set[str], second: set[str]) -> bool:
    """Whether each word that only one side has is a word of the other with a slip."""
    return len(first) == len(second) and all(any(_is_slip(word, other) for other in second) for word in first)


def _is_slip(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _SHORTEST_SLIP:
        return False
    return (
        OSA.distance(word, other, score_cutoff=1) <= 1
        or JaroWinkler.normalized_similarity(word, other) >= _CLOSE_WORD
    )


def _are_initials(short: Collection[str], long: Collection[str]) -> bool:
    """Whether a name of one word consists of the initials of the other's words, in any order."""
    if len(short) != 1 or len(long) not in _INITIALS:
        return False
    (word,) = short
    return sorted(word) == sorted(other[0] for other in long)
