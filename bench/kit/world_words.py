"""The names of many cultures in world_words.txt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("world_words.txt")


@dataclass(frozen=True, slots=True)
class Words:
    """The names of one culture, and the country most of its people live in. Forms of a name: a/b/c."""

    culture: str
    country: str
    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]


@cache
def world_words() -> dict[str, Words]:
    """By culture, in the order of the file."""
    lines = [line for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    sections = "\n".join(lines).split("[")[1:]
    return {words.culture: words for words in map(_section, sections)}


def _section(text: str) -> Words:
    head, _, body = text.partition("]")
    culture, country = head.split()
    lists: dict[str, list[str]] = {}
    for word in body.split():
        if word in ("female:", "male:", "family:"):
            current = lists.setdefault(word[:-1], [])
        else:
            current.append(word.replace("_", " "))
    return Words(culture, country, *(tuple(lists[name]) for name in ("female", "male", "family")))
