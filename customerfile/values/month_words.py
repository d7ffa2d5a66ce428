"""Names of months in European languages, full and shortened, from the CLDR."""

from functools import cache

from babel.dates import get_month_names

from customerfile.values.folding import fold

_LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "sv", "da", "pl", "cs")
_SHORTENED = {
    "sept": 9,
    "set": 9,
    "juin": 6,
    "juil": 7,
    "aout": 8,
    "maerz": 3,
    "mrz": 3,
    "janv": 1,
    "fevr": 2,
    "avr": 4,
}


def month_of(word: str) -> int:
    """1 to 12, or 0 where the word is no month."""
    return _months().get(fold(word), 0)


@cache
def _months() -> dict[str, int]:
    found: dict[str, int] = dict(_SHORTENED)
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for use in ("format", "stand-alone"):
                for number, name in get_month_names(width, context=use, locale=language).items():
                    found.setdefault(fold(name), number)
    return found
