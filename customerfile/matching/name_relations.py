"""How two given or two family names may be of one person though they are not the same: by their words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from customerfile.matching.spelling import spelling
from customerfile.values.nicknames import are_nicknames, nickname_groups

PARTICLES = frozenset({
    "a", "abu", "af", "al", "am", "an", "aw", "ben", "bin", "bint", "d", "da", "dal", "das", "de", "degli",
    "dei", "del", "dela", "della", "dello", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "en", "het", "i",
    "ibn", "il", "in", "l", "la", "las", "le", "les", "lo", "los", "na", "of", "op",
    "t", "te", "ten", "ter", "ul", "v", "van", "vanden", "vander", "vd", "vom", "von", "y", "z", "zu", "zum",
    "zur",
})  # fmt: skip
_FEMININE = ("intje", "tje", "je", "ine", "ina", "ien", "ica", "ette", "etta", "iya", "ija", "ka", "ia", "a")
_MASCULINE = ("", "o", "i", "y", "ij", "iy", "ii", "en", "us", "os", "as", "is")
_SHORTEST_STEM = 3
_SHORTEST_SLIP = 5
_SHORTEST_PART = 3

# family names that are one name in forms that no rule of spelling covers: each goes to the first
ONE_NAME = {
    variant: names[0]
    for names in (
        line.split()
        for line in (
            "kim gim ghim", "lee yi rhee ri rhie", "park bak pak bag", "choi choe coe choy", "jung jeong chung joung",
            "kang gang", "cho jo", "yoon yun youn", "jang chang", "lim im", "oh o", "shin sin", "kwon gwon gweon",
            "yoo yu ryu you", "noh no roh", "moon mun", "woo u wu", "koo gu ku", "suh seo", "bae pae", "baek paek",
            "cohen kohen cohn kohn", "levi levy lewi", "hoang huynh", "vu vo", "mukherjee mukherji mukhopadhyay",
            "chatterjee chatterji chattopadhyay", "banerjee banerji bandyopadhyay", "ganguly gangopadhyay",
            "chowdhury choudhury chaudhary chaudhuri chaudhry choudhary", "haque hoque huq haq hoq",
            "hussain hossain husain hussein hosein hossein huseyin", "rahman rehman rahaman",
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
    if _align(longer, other_longer):
        return "close"
    return "part" if _is_within(first, other_longer) or _is_within(second, longer) else ""


def are_two_known_names(one: str, other: str) -> bool:
    """Whether two given names that are alike are two names in use rather than one with a slip: Jarek and Jurek."""
    known = nickname_groups()
    return (
        one in known and other in known and spelling(one) != spelling(other) and not are_nicknames(one, other)
    )


@lru_cache(maxsize=65536)
def family_relation(one: str, one_middle: str, other: str, other_middle: str) -> str:
    """The level of two folded family names that are not the same: "close", "part", or "" for none.

    A part may stand in the other's middle name: the first of two family names, or the one before a marriage.
    """
    if family_spelling(one) == family_spelling(other):
        return "close"
    first, second = _telling_words(one), _telling_words(other)
    shared = (first & second) | (first & _telling_words(other_middle)) | (second & _telling_words(one_middle))
    return "part" if shared else ""


@lru_cache(maxsize=65536)
def are_close_middles(one: str, other: str) -> bool:
    """Whether two folded middle names are one: a patronymic or a second given name in two spellings or a short form."""
    first, second = one.partition(" ")[0], other.partition(" ")[0]
    return spelling(first) == spelling(second) or _may_agree(first, second)


@lru_cache(maxsize=65536)
def family_spelling(name: str) -> str:
    """The normal form of a folded family name, without particles before it."""
    words = name.split()
    while len(words) > 1 and words[0] in PARTICLES:
        del words[0]
    text = "".join(words)
    return ONE_NAME.get(text) or spelling(text)


@lru_cache(maxsize=65536)
def are_woman_and_man(one: str, other: str) -> bool:
    """Whether two given names are one name in the forms for both genders: Zhivka and Zhivko, Daniela and Daniel."""
    if are_nicknames(one, other):
        return False
    return _is_feminine_of(one, other) or _is_feminine_of(other, one)


def _is_feminine_of(woman: str, man: str) -> bool:
    stems = {woman.removesuffix(ending) for ending in _FEMININE} - {woman}
    return any(
        len(stem) >= _SHORTEST_STEM and man in (stem + ending for ending in _MASCULINE) for stem in stems
    )


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
    return _is_initial(one, other) or _may_be_one(one, other) or are_nicknames(one, other)


def _may_be_one(one: str, other: str) -> bool:
    """One spelling, or a slip apart."""
    is_long = min(len(one), len(other)) >= _SHORTEST_SLIP
    return spelling(one) == spelling(other) or (is_long and OSA.distance(one, other, score_cutoff=1) <= 1)


def _is_within(given: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the given name, its first word or all of it in one, is a word or a run of words of the other."""
    if len(given[0]) > 1 and any(len(word) > 1 and _may_be_one(given[0], word) for word in words):
        return True
    runs = {spelling("".join(words[start:])) for start in range(len(words))}
    return spelling("".join(given)) in runs


def _align(one: Sequence[str], other: Sequence[str]) -> bool:
    """Word by word the same or its initial, and one of them in full: M. José and María José."""
    if len(one) != len(other):
        return False
    is_same = [_is_one_word(a, b) for a, b in zip(one, other, strict=True)]
    return any(is_same) and all(
        same or _is_initial(a, b) for same, a, b in zip(is_same, one, other, strict=True)
    )


def _is_initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def _telling_words(name: str) -> set[str]:
    return {spelling(word) for word in name.split() if len(word) >= _SHORTEST_PART and word not in PARTICLES}
