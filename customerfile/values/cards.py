"""Payment card numbers in any text: digits, issuer, length and check digit together. They are refused,
never kept.

About 2 in 100 random sixteen-digit numbers look like a card number; every true one does.
"""

import re
import unicodedata

from stdnum import ean, iban, luhn

_SEPARATOR = r"[ \-.\u00a0\u2010-\u2015\u2009\u202f\u2212]{0,3}"
_RUN = re.compile(rf"\d(?:{_SEPARATOR}\d){{12,}}")
_GROUP = re.compile(r"\d+")
_SHAPES = re.compile(r"(?:4 ){3}4(?: [123])?|4 6 [45]|(?:4 ){3}[123]|4 4 4 4|8 8|6 10|6 13")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}")
_CARD_WORD = re.compile(
    r"(?:visa|mastercard|mc|amex|card|karte|carte|tarjeta|cc|pan|no|nr|num)$", re.IGNORECASE
)
_ZERO_CENTS = re.compile(r"[.,]0{1,2}(?!\d)")
_ISSUERS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"  # Visa
    r"|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|(?:6011|64[4-9]\d|65\d\d|62\d\d)\d{12,15}"  # Discover, UnionPay, RuPay
    r"|(?:30[0-5]\d|3095|36\d\d|3[89]\d\d)\d{10}"  # Diners Club
    r"|35(?:2[89]|[3-8]\d)\d{12,15}"  # JCB
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{9,15}"  # Maestro
    r"|(?:220[0-4]|508[5-9]|9792)\d{12}"  # Mir, RuPay, Troy
)
_DIGITS_TO_ZERO = (
    dict.fromkeys(range(128), "x")
    | {ord(digit): "0" for digit in "0123456789"}
    | {ord(mark): None for mark in " -."}
)
_SHORTEST = "0" * 13
_LONGEST = 19


def row_may_hold_card(joined_text: str) -> bool:
    """A quick look whether a text (the cells of a row joined by line breaks) has thirteen digits in one run
    at all."""
    if joined_text.isascii():
        return _SHORTEST in joined_text.translate(_DIGITS_TO_ZERO)
    return _RUN.search(joined_text) is not None


def find_card_number(text: str) -> tuple[int, int] | None:
    """Start and end of the first payment card number in the text, or None."""
    if len(text) < len(_SHORTEST) or not row_may_hold_card(text):
        return None
    for run in _RUN.finditer(text):
        found = _card_in_run(text, run)
        if found:
            return found
    return None


def mask_cards(text: str) -> str:
    """The text with all but the last four digits of every card number as dots."""
    found = find_card_number(text)
    while found:
        start, end = found
        last = [char for char in text[start:end] if char.isdigit()][-4:]
        text = f"{text[:start]}•••• {''.join(last)}{text[end:]}"
        found = find_card_number(text)
    return text


def _card_in_run(text: str, run: re.Match[str]) -> tuple[int, int] | None:
    """The first card number within a run of digit groups: the whole run, or groups of it in a card's usual
    shape."""
    groups = [(run.start() + group.start(), run.start() + group.end()) for group in _GROUP.finditer(run[0])]
    for first in range(len(groups)):
        for last in range(len(groups) - 1, first - 1, -1):
            start, end = groups[first][0], groups[last][1]
            sizes = [right - left for left, right in groups[first : last + 1]]
            if not 13 <= sum(sizes) <= _LONGEST or not _has_shape(sizes, is_whole=len(sizes) == len(groups)):
                continue
            if _is_card_number(text[start:end]) and _stands_alone(text, start, end):
                return start, end
    return None


def _has_shape(sizes: list[int], *, is_whole: bool) -> bool:
    return is_whole or len(sizes) == 1 or _SHAPES.fullmatch(" ".join(map(str, sizes))) is not None


def _is_card_number(written: str) -> bool:
    digits = "".join(str(unicodedata.digit(char)) for char in written if char.isdigit())
    if not _ISSUERS.fullmatch(digits) or not luhn.is_valid(digits):
        return False
    return not (len(digits) == 13 and written.isdigit() and ean.is_valid(digits))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the digits are no part of a phone number, a decimal, an IBAN or an identifier with letters."""
    before, behind = text[:start], text[end:]
    if (
        before[-1:] == "+"
        or re.search(r"\d[.,]$", before)
        or (re.match(r"[.,]\d", behind) and not _ZERO_CENTS.match(behind))
    ):
        return False
    if (before[-1:].isalpha() or before[-1:] == "_") and not _CARD_WORD.search(before):
        return False
    if behind[:1].isalpha() or behind[:1] == "_":
        return False
    return not any(
        found.start() <= start and end <= found.end() and _is_iban(found[0], text)
        for found in _IBAN.finditer(text)
    )


def _is_iban(written: str, text: str) -> bool:
    """Whether a stretch of letters and digits begins with a valid IBAN (more words may stand behind it)."""
    compact = re.sub(r"[ -]", "", written)
    return any(iban.is_valid(compact[:length]) for length in range(15, min(len(compact), 34) + 1))
