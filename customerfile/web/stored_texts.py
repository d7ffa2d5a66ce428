"""Texts that were stored in English, told in the reader's language: a delivery is written once, and its readers differ.

Where values stand in a stored text, the text of the catalogue is found again by what stands around them. Babel knows
the names of countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.messages.mofile import read_mo
from django.utils.translation import get_language, gettext

_CATALOGUES = Path(__file__).parent / "locale"
_FEWEST_LETTERS = 10  # of a text beside its values: below that, any text could be an example of it
_FEWEST_OF_SENTENCE = 8
_OF_CATALOGUE = (
    "field",
    "kind",
    "month",
    "rows",
    "what",
)  # places that hold texts of the catalogue themselves: a label, a month


@dataclass(frozen=True, slots=True)
class _Shape:
    """A text with places. `longest`: the longest part beside them; `letters`: how many stand there in all."""

    text: str
    pattern: re.Pattern[str]
    longest: str
    letters: int


def told_again(stored: str) -> str:
    """A stored text in the reader's language; as it is where the catalogue does not know it."""
    found = gettext(stored) if stored else ""
    if found != stored:
        return found
    for end in re.finditer(r"(?<=[.!?]) ", stored):  # a reason, and what to do
        reason, remedy = _known(stored[: end.start()]), _known(stored[end.end() :])
        if reason is not None and remedy is not None:
            return f"{reason} {remedy}"
    return _known(stored) or stored


def _known(stored: str) -> str | None:
    found = gettext(stored) if stored else ""
    if found != stored:
        return found
    for shape in _shapes(_language()):
        if shape.longest in stored and (match := shape.pattern.fullmatch(stored)):
            values = {name: _value(name, text) for name, text in match.groupdict().items()}
            return _without_formats(gettext(shape.text)).format(**values)
    return None


def _value(name: str, text: str) -> str:
    """A label stands in a sentence in small letters."""
    if name == "reason":
        return told_again(text)
    if name == "country":
        return _countries(_language()).get(text, text)
    if name not in _OF_CATALOGUE:
        return text
    found = gettext(text)
    label = f"{text[:1].upper()}{text[1:]}"
    return found if found != text or gettext(label) == label else gettext(label).lower()


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


@cache
def _countries(language: str) -> dict[str, str]:
    """The names of countries, by their English names."""
    english, own = Locale("en").territories, Locale(language).territories
    return {name: own[code] for code, name in english.items() if code in own}


@cache
def _shapes(language: str) -> tuple[_Shape, ...]:
    """Texts with places in a catalogue, those first that say most themselves."""
    path = _CATALOGUES / language / "LC_MESSAGES" / "django.mo"
    if not language.isalpha() or not path.is_file():
        return ()
    with path.open("rb") as file:
        texts = {message.id for message in read_mo(file) if isinstance(message.id, str) and "{" in message.id}
    found = (shape for text in texts if (shape := _shape(text)).letters >= _fewest(text))
    return tuple(sorted(found, key=lambda each: -each.letters))


def _fewest(text: str) -> int:
    return _FEWEST_OF_SENTENCE if text.endswith(".") else _FEWEST_LETTERS


def _shape(text: str) -> _Shape:
    parts = list(_parts(text))
    seen = set[str]()
    pattern = ""
    for said, name in parts:
        pattern += re.escape(said)
        if name:
            pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
            seen.add(name)
    said_all = [said for said, _ in parts]
    letters = sum(map(str.isalpha, "".join(said_all)))
    return _Shape(text, re.compile(pattern, re.DOTALL), max(said_all, key=len, default=""), letters)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """What is said, and the place behind it; nothing where the text is no template."""
    try:
        found = list(Formatter().parse(text))
    except ValueError:
        return
    for said, name, _, _ in found:
        yield said, name if name and name.isidentifier() else ""


def _without_formats(text: str) -> str:
    """The values are texts already."""
    return re.sub(r"\{(\w+)[:!][^}]*\}", r"{\1}", text)
