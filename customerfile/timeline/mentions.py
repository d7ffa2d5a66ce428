"""Finds the colleagues whom a note mentions as @name, and parts a text by them. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_MENTION = re.compile(r"(?<![\w@.+-])@([\w@.+-]+)")
_AFTER_A_NAME = ".+-@"  # may be part of a name, and at its end be part of the sentence


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; whether it mentions somebody."""

    text: str
    is_mention: bool = False


def mentioned_in(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The names of those among `known` whom a text mentions, each once, as they come."""
    found = (_name(match[1], known) for match in _MENTION.finditer(text))
    return tuple(dict.fromkeys(name for name in found if name is not None))


def unknown_in(text: str, known: Collection[str]) -> tuple[str, ...]:
    """What is written as a mention and is nobody's name."""
    found = (match[1] for match in _MENTION.finditer(text) if _name(match[1], known) is None)
    return tuple(dict.fromkeys(name.rstrip(_AFTER_A_NAME) for name in found))


def parts_of(text: str, mentioned: Collection[str]) -> Iterator[Part]:
    """The text in pieces, so that mentions can be told from the rest."""
    done = 0
    for match in _MENTION.finditer(text):
        name = _name(match[1], mentioned)
        if name is None:
            continue
        yield Part(text[done : match.start()])
        yield Part(f"@{name}", is_mention=True)
        done = match.start() + 1 + len(name)
    yield Part(text[done:])


def _name(written: str, known: Collection[str]) -> str | None:
    """The name that is meant: as it is written, or without the stop that ends the sentence."""
    return next((each for each in (written, written.rstrip(_AFTER_A_NAME)) if each in known), None)
