"""Texts for people in the language of who reads them. Texts are written in English; pages bring the translation.

Pure: rooms that know nothing of pages tell a text, and it is English wherever nobody translates (commands, programs).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


def _one_or_many(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


@dataclass(frozen=True, slots=True)
class Reader:
    """How texts, texts by number, and numbers are told ("1,204.5" as English writes it); each knows who reads."""

    text: Callable[[str], str] = str
    counted: Callable[[str, str, int], str] = _one_or_many
    number: Callable[[str], str] = str


class _Whole(int):
    """A number that is written as the reader writes it where a text says how: `{number:,}`."""

    def __format__(self, wanted: str) -> str:
        written = super().__format__(wanted)
        return _reader.number(written) if wanted else written


class _Real(float):
    """The same with decimals: `{weight:.1f}`."""

    def __format__(self, wanted: str) -> str:
        return _reader.number(super().__format__(wanted))


_reader = Reader()


def tell_to(reader: Reader) -> Reader:
    """Have texts told to this reader from now on; gives the one before."""
    global _reader
    before, _reader = _reader, reader
    return before


def told(text: str, **values: object) -> str:
    """`text` of the catalogue in the reader's language, with `values` put into its `{places}`."""
    found = _reader.text(text) if text else ""
    return found.format(**_written(values)) if values else found


def told_counted(one: str, many: str, number: int, **values: object) -> str:
    """One of two texts by `number`, which is `{number}` in both, in the reader's language."""
    return _reader.counted(one, many, number).format(**_written({"number": number, **values}))


def noted_text(text: str) -> str:
    """`text` itself: it stands in the catalogue, and is translated where a page shows it."""
    return text


def _written(values: Mapping[str, object]) -> dict[str, object]:
    kinds: Mapping[type, Callable[[Any], object]] = {int: _Whole, float: _Real}
    return {name: kinds.get(type(value), _as_it_is)(value) for name, value in values.items()}


def _as_it_is(value: object) -> object:
    return value
