"""Texts for people in the language of who reads them. Texts are written in English; pages bring the translation.

Pure: rooms that know nothing of pages tell a text, and it is English wherever nobody translates (commands, programs).
"""

from collections.abc import Callable

type Translation = Callable[[str], str]
type CountedTranslation = Callable[[str, str, int], str]


def _one_or_many(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


_translation: Translation = str
_counted_translation: CountedTranslation = _one_or_many


def translate_by(translation: Translation, counted: CountedTranslation) -> None:
    """Have texts translated from now on. Both know which language is read at the moment."""
    global _translation, _counted_translation
    _translation, _counted_translation = translation, counted


def told(text: str, **values: object) -> str:
    """`text` of the catalogue in the reader's language, with `values` put into its `{places}`."""
    found = _translation(text) if text else ""
    return found.format(**values) if values else found


def told_counted(one: str, many: str, number: int, **values: object) -> str:
    """One of two texts by `number`, which is `{number}` in both, in the reader's language."""
    return _counted_translation(one, many, number).format(number=number, **values)


def noted_text(text: str) -> str:
    """`text` itself: it stands in the catalogue, and is translated where a page shows it."""
    return text
