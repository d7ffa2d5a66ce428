"""How countries and languages are called, and money is written, where somebody reads a value."""

from functools import cache

from babel import Locale

from customerfile.base.told import noted_text, told

_CODE = noted_text("en")  # the catalogue of a language says its own code here


def reader_locale() -> Locale:
    """Of the language that is read at the moment."""
    return _locale(told(_CODE))


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)
