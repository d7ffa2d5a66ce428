"""Person names folded for comparison, with generation and stray initials taken out of where they were typed."""

from functools import lru_cache
from typing import NamedTuple

from customerfile.values.folding import tokens

GENERATIONS = {
    "sr": 1, "senior": 1, "snr": 1, "jr": 2, "jnr": 2, "junior": 2, "ii": 2, "2nd": 2, "iii": 3, "3rd": 3,
    "iv": 4, "4th": 4,
}  # fmt: skip


class GivenName(NamedTuple):
    given: str
    middle: str  # initials that were typed behind the given name
    suffix: int


class FamilyName(NamedTuple):
    family: str
    suffix: int


@lru_cache(maxsize=65536)
def given_name(text: str) -> GivenName:
    """Bob J -> bob, j; M. José -> m, jose; Morris II -> morris with its generation, a closing I with the first."""
    words = tokens(text)
    if len(words) < 2:
        return GivenName(" ".join(words), "", 0)
    last = words[-1]
    if last in GENERATIONS or last == "i":
        return GivenName(" ".join(words[:-1]), "", GENERATIONS.get(last, 1))
    if len(words[0]) == 1:
        return GivenName(words[0], " ".join(words[1:]), 0)
    initials = [word for word in words[1:] if len(word) == 1]
    full = [words[0], *(word for word in words[1:] if len(word) > 1)]
    return GivenName(" ".join(full), " ".join(initials), 0)


@lru_cache(maxsize=65536)
def family_name(text: str) -> FamilyName:
    """Dobbins Jr -> dobbins with its generation; a stray initial is left out."""
    words = tokens(text)
    if len(words) < 2:
        return FamilyName(" ".join(words), 0)
    suffix = GENERATIONS.get(words[-1], 0)
    rest = words[:-1] if suffix else words
    return FamilyName(" ".join([word for word in rest if len(word) > 1] or rest), suffix)
