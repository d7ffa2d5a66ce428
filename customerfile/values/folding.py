"""Folding for match and search: plain lower-case ASCII words. Folding twice changes nothing."""

import re
from functools import lru_cache

from unidecode import unidecode

_JOINED = "'`\"´"  # left out without a gap: O'Brien -> obrien
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_TABLE = {code: _char if (_char := chr(code).lower()) in _KEPT else " " for code in range(128)} | {
    ord(char): "" for char in _JOINED
}
_LETTER_DOTS = re.compile(r"\b([a-zA-Z0-9])\.(?=[a-zA-Z0-9]\b)")
_APOSTROPHES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "\u2032": "'", "\u02b9": "'"}
)


@lru_cache(1 << 16)
def fold(text: str) -> str:
    """Lower-case ASCII words separated by one space: accents, scripts and punctuation folded away.

    Apostrophes join ("O'Brien" -> "obrien"), dotted letters join ("U.S.A." -> "usa"), all else separates.
    """
    if text.isalpha() and text.isascii():
        return text.lower()
    if not text.isascii():
        text = text.encode("utf-8", "ignore").decode()  # without halves of characters
        text = unidecode(text.translate(_APOSTROPHES), errors="ignore")
    if "." in text:
        text = _LETTER_DOTS.sub(r"\1", text)
    return " ".join(text.translate(_TABLE).split())


def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    return tuple(fold(text).split())
