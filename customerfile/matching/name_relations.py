"""How two given or two family names may be of one person though they are not the same: by their words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from customerfile.matching.spelling import spelling
from customerfile.values.nicknames import are_nicknames

PARTICLES = frozenset({
    "a", "abu", "af", "al", "am", "an", "aw", "ben", "bin", "bint", "d", "da", "dal", "das", "de", "degli",
    "dei", "del", "dela", "della", "dello", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "en", "het", "i",
    "ibn", "il", "in", "l", "la", "las", "le", "les", "lo", "los", "na", "of", "op",
    "t", "te", "ten", "ter", "ul", "v", "van", "vanden", "vander", "vd", "vom", "von", "y", "z", "zu", "zum",
    "zur",
})  # fmt: skip
_SHORTEST_SLIP = 5
_SHORTEST_PART = 3

# family names that are one name in several romanisations, too short for rules: each goes to the first
_ROMANISED = {
    variant: names[0]
    for names in (
        line.split()
        for line in (
            "kim gim ghim", "lee yi rhee ri rhie", "park bak pak bag", "choi choe coe choy", "jung jeong chung joung",
            "kang gang", "cho jo", "yoon yun youn", "jang chang", "lim im", "oh o", "shin sin", "kwon gwon gweon",
            "yoo yu ryu you", "noh no roh", "moon mun", "woo u wu", "koo gu ku", "suh seo", "bae pae", "baek paek",
            "cohen kohen cohn kohn", "levi levy lewi", "hoang huynh", "vu vo",
        )
    )
    for variant in names
}  # fmt: skip


@lru_cache(maxsize=65536)
def given_relation(one: str, one_middle: str, other: str, other_middle: str) -> str:
    """The level of two folded given names that are not the same: "close", "nickname", "part", or "" for none."""
    first, second = one.split(), other.split()
    if not (first and second):
        return ""
    longer, other_longer = [*first, *one_middle.split()], [*second, *other_middle.split()]
    if not _joined(first, longer).isdisjoint(_joined(second, other_longer)):
        return "close"
    if _is_one_word(first[0], second[0]):
        if _do_part(first[1:], second[1:]):
            return ""
        return "part" if spelling(first[0]) == spelling(second[0]) else "nickname"
    if _is_within(first, other_longer) or _is_within(second, longer) or _align(longer, other_longer):
        return "part"
    return ""


@lru_cache(maxsize=65536)
def family_relation(one: str, other: str) -> str:
    """The level of two folded family names that are not the same: "close", "part", or "" for none."""
    if family_spelling(one) == family_spelling(other):
        return "close"
    return "part" if not _telling_words(one).isdisjoint(_telling_words(other)) else ""


@lru_cache(maxsize=65536)
def family_spelling(name: str) -> str:
    """The normal form of a folded family name: without particles before it, without the ending for a woman."""
    words = name.split()
    while len(words) > 1 and words[0] in PARTICLES:
        del words[0]
    text = "".join(words)
    return _ROMANISED.get(text) or spelling(text)


@lru_cache(maxsize=65536)
def name_orders(given: str, middle: str, family: str) -> tuple[str, str]:
    """The whole name in one piece, family name last and first. Names parted in two ways have one in common."""
    return spelling(f"{given}{middle}{family}".replace(" ", "")), spelling(
        f"{family}{given}{middle}".replace(" ", "")
    )


def _joined(given: Sequence[str], longer: Sequence[str]) -> set[str]:
    """Marie Claire as one word, with and without what stands in the middle name."""
    return {spelling("".join(given)), spelling("".join(longer))}


def _is_one_word(one: str, other: str) -> bool:
    return spelling(one) == spelling(other) or are_nicknames(one, other)


def _do_part(rest: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the second given names say that these are two people: Marie-Claire and Marie-Thérèse."""
    return bool(rest and other) and not any(_may_agree(a, b) for a in rest for b in other)


def _may_agree(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    is_slip = min(len(one), len(other)) >= _SHORTEST_SLIP and OSA.distance(one, other, score_cutoff=1) <= 1
    return is_slip or _is_one_word(one, other)


def _is_within(given: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the given name, its first word or all of it in one, is a word or a run of words of the other."""
    runs = {spelling(word) for word in words if len(word) > 1}
    runs |= {spelling("".join(words[start:])) for start in range(1, len(words))}
    return (len(given[0]) > 1 and spelling(given[0]) in runs) or spelling("".join(given)) in runs


def _align(one: Sequence[str], other: Sequence[str]) -> bool:
    """Word by word the same or its initial, and one of them in full: M. José and María José."""
    pairs = list(zip(one, other, strict=False))
    is_full = any(len(a) > 1 and spelling(a) == spelling(b) for a, b in pairs)
    return is_full and all(spelling(a) == spelling(b) or _is_initial(a, b) for a, b in pairs)


def _is_initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def _telling_words(name: str) -> set[str]:
    return {spelling(word) for word in name.split() if len(word) >= _SHORTEST_PART and word not in PARTICLES}
