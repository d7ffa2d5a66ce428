"""Given names that stand for one another: Bob and Robert, Peggy and Margaret, Pepe and José, Sasha and
Aleksandr."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from customerfile.values.folding import fold

_NO_GROUP: frozenset[int] = frozenset()


def nickname_group(name: str) -> frozenset[int]:
    """The numbers of the groups this given name belongs to; empty where it is not known."""
    return nickname_groups().get(fold(name), _NO_GROUP)


def are_nicknames(first: str, second: str) -> bool:
    """Whether two given names may be of one person: they share a group. A name is its own nickname."""
    if fold(first) == fold(second):
        return bool(fold(first))
    return not nickname_group(first).isdisjoint(nickname_group(second))


def is_given_name(word: str) -> bool:
    """Whether the word is known as a given name (only names that have short forms are known here)."""
    return fold(word) in nickname_groups()


def leading_names(name: str) -> frozenset[str]:
    """The names that the groups of this given name are listed under: "bill" -> {"william"}.

    Names that may be of one person have one in common.
    """
    return frozenset(_lines()[number][0] for number in nickname_group(name))


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    """The groups of nicknames.txt, a line each, in their order."""
    lines = files("customerfile.values").joinpath("nicknames.txt").read_text("utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line and not line.startswith("#"))


@cache
def nickname_groups() -> Mapping[str, frozenset[int]]:
    """Folded name -> numbers of its groups. A group is a line of nicknames.txt."""
    found: dict[str, frozenset[int]] = {}
    for number, names in enumerate(_lines()):
        for name in names:
            found[name] = found.get(name, _NO_GROUP) | {number}
    return found
