"""Where the family name stands in a full name: particles, two family names, capitals, scripts without
spaces."""

import re
from itertools import takewhile

from customerfile.values.names import PARTICLES
from customerfile.values.nicknames import is_given_name
from customerfile.values.words import words

FAMILY_FIRST = frozenset(("CN", "TW", "HK", "JP", "KR", "VN", "HU"))
TWO_FAMILY_NAMES = words("ES MX AR CL CO PE VE EC BO PY UY CR PA HN SV GT NI DO CU PR")
_ENGLISH_SPEAKING = frozenset(("", "US", "GB", "IE", "CA", "AU", "NZ", "ZA"))

# a lone "y" or "e" is more often an initial, and "ben", "la" or "san" a given name: not taken as beginning
# a family name
_BEGINS_FAMILY = PARTICLES - {"e", "y", "la", "el", "al", "te", "ten", "los", "las", "des"} | {
    "st",
    "st.",
    "saint",
    "el",
    "al",
    "lo",
    "le",
    "dal",
    "dalla",
    "dello",
    "in",
    "op",
    "'t",
}
_COMPOUND_GIVEN = re.compile(
    r"^\S+ (?:del carmen|del pilar|del rosario|del mar|del valle|de los angeles|de los ángeles|de jesus|"
    r"de jesús|"
    r"de lourdes|de fatima|de fátima|de la luz|de la paz|de las mercedes|de guadalupe|de lurdes|das graças|"
    r"da conceição)\b",
    re.IGNORECASE,
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_HANGUL_NAME = re.compile(r"[\uac00-\ud7a3]{2,4}")
_COMPOUND_HAN_FAMILIES = words(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 公孙"
    " 公孫 慕容 司徒 令狐 宇文 长孙 夏侯 端木 南宫 南宮 独孤"
)
_COMPOUND_HANGUL_FAMILIES = words("남궁 황보 제갈 사공 선우 서문 독고 동방")


def given_length(words: list[str]) -> int:
    """How many of these words before the family name are one given name ("Maria del Carmen"): the rest are
    middle names."""
    compound = _COMPOUND_GIVEN.match(" ".join(words))
    return len(compound[0].split()) if compound else 1


def family_start(words: list[str], *, two: bool) -> int:
    """Index of the first word of the family name, at least 1. With `two`, the last two words where there
    are three."""
    first = given_length(words) if len(words) > given_length(words) else 1
    for index in range(first, len(words) - 1):
        word = words[index].lower()
        if word in _BEGINS_FAMILY and not (two and index > first):
            return _before_joined(words, index, two=two)
        if word in ("y", "i") and index > 1 and len(words[index + 1]) > 2 and words[index] == word:
            return index - 1
    if two and len(words) - first >= 2:
        return _before_joined(words, len(words) - 1, two=True)
    return len(words) - 1


def _before_joined(words: list[str], index: int, *, two: bool) -> int:
    """With two family names, the first of them may stand before the particles of the second ("Garcia de la
    Cruz")."""
    if not two:
        return index
    particles = len(list(takewhile(lambda word: word.lower() in PARTICLES, reversed(words[:index]))))
    start = index - particles - 1
    if start < 1 or (particles and is_given_name(words[start])):
        return index - particles if index > particles else index
    return start


def shouted_family(words: list[str], country: str) -> slice | None:
    """The words in capitals where the others are not ("Jean DUPONT", "DUPONT Jean"): they are the family
    name."""
    shouted = [len(word) > 2 and word.isupper() and "." not in word for word in words]
    if all(shouted) or not any(shouted) or all(word.isupper() for word in words):
        return None
    first = shouted.index(True)
    last = len(words) - 1 - shouted[::-1].index(True)
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    if last == len(words) - 1 and first > 0:
        return slice(first, last + 1)
    if first == 0 and country not in _ENGLISH_SPEAKING and all(shouted[: last + 1]):
        return slice(0, last + 1)
    return None


def split_without_spaces(word: str) -> tuple[str, str] | None:
    """(family, given) of a Chinese or Korean name written in one piece; None for every other text."""
    if _HAN_NAME.fullmatch(word):
        length = 2 if word[:2] in _COMPOUND_HAN_FAMILIES or len(word) == 4 else 1
    elif _HANGUL_NAME.fullmatch(word):
        length = 2 if word[:2] in _COMPOUND_HANGUL_FAMILIES and len(word) > 2 else 1
    else:
        return None
    return (word[:length], word[length:]) if len(word) > length else None
