"""Texts for people in the language of who reads them. Texts are written in English; pages bring the translation.

Pure: rooms that know nothing of pages tell a text, and it is English wherever nobody translates (commands, programs).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


def _one_or_many(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


@dataclass(frozen=True, slots=True)
class Reader:
    """How texts, texts by number, and large whole numbers are told; each knows who reads at the moment."""

    text: Callable[[str], str] = str
    counted: Callable[[str, str, int], str] = _one_or_many
    number: Callable[[int], str] = "{:,}".format


class _Number(int):
    """A whole number that is written as the reader writes it where a text says `{number:,}`."""

    def __format__(self, wanted: str) -> str:
        return _reader.number(int(self)) if wanted == "," else super().__format__(wanted)


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
    return {name: _Number(value) if type(value) is int else value for name, value in values.items()}
