"""Payment card numbers in any text: digits, issuer, length and check digit together. They are refused,
never kept.

About 2 in 100 random sixteen-digit numbers look like a card number; every true one does.
"""

import re
from collections.abc import Iterator

from stdnum import ean, iban, luhn

from customerfile.values.text import ascii_digits

_SEPARATOR = r"[ \-.\u00a0\u2010-\u2015\u2009\u202f\u2212]{0,3}"
_RUN = re.compile(rf"\d(?:{_SEPARATOR}\d){{12,}}")
_GROUP = re.compile(r"\d+")
_SHAPES = re.compile(r"4 4 4 4 (?:[1-4] )?|4 4 4 [1-4] |4 6 [45] |8 8 |6 10 |6 13 ")  # sizes of groups
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}")
_CARD_WORD = re.compile(
    r"(?:visa|mastercard|mc|amex|card|karte|carte|tarjeta|cc|pan|no|nr|num)\Z", re.IGNORECASE
)
_DECIMALS_BEFORE = re.compile(r"\d[.,]\Z")
_DECIMALS = re.compile(r"[.,]\d")
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
    return next(_card_numbers(text), None)


def mask_cards(text: str) -> str:
    """The text with all but the last four digits of every card number as dots."""
    masked, behind = "", 0
    for start, end in _card_numbers(text):
        last = [char for char in text[start:end] if char.isdigit()][-4:]
        masked += f"{text[behind:start]}•••• {''.join(last)}"
        behind = end
    return masked + text[behind:]


def _card_numbers(text: str) -> Iterator[tuple[int, int]]:
    if len(text) < len(_SHORTEST) or not row_may_hold_card(text):
        return
    for run in _RUN.finditer(text):
        groups = [
            (run.start() + group.start(), run.start() + group.end()) for group in _GROUP.finditer(run[0])
        ]
        first = 0
        while first < len(groups):
            behind = _groups_of_card(text, groups, first)
            if behind:
                yield groups[first][0], groups[behind - 1][1]
            first = behind or first + 1


def _groups_of_card(text: str, groups: list[tuple[int, int]], first: int) -> int:
    """Index behind the last group of a card number that begins with group `first`; 0 where none begins there.

    A card number is a whole run of groups, one group, or groups in a shape that cards are printed in.
    """
    digits, sizes, found = "", "", 0
    for index in range(first, len(groups)):
        start, end = groups[index]
        digits += text[start:end]
        sizes += f"{end - start} "
        if len(digits) > _LONGEST:
            break
        is_whole = first == 0 and index == len(groups) - 1
        if (is_whole or first == index or _SHAPES.fullmatch(sizes)) and _is_card_number(
            digits, is_bare=first == index
        ):
            found = index + 1 if _stands_alone(text, groups[first][0], end) else found
    return found


def _is_card_number(written: str, *, is_bare: bool) -> bool:
    """Whether the digits are of an issuer and have a right check digit; thirteen bare ones may be a bar code."""
    digits = ascii_digits(written)
    if not _ISSUERS.fullmatch(digits) or not luhn.is_valid(digits):
        return False
    return not (len(digits) == 13 and is_bare and ean.is_valid(digits))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the digits are no part of a phone number, a decimal, an IBAN or an identifier with letters."""
    before, behind = text[max(0, start - 12) : start], text[end : end + 4]
    if before[-1:] == "+" or _DECIMALS_BEFORE.search(before) or _has_decimals(behind):
        return False
    if (before[-1:].isalpha() or before[-1:] == "_") and not _CARD_WORD.search(before):
        return False
    return not (behind[:1].isalpha() or behind[:1] == "_" or _is_in_iban(text, start, end))


def _has_decimals(behind: str) -> bool:
    return bool(_DECIMALS.match(behind)) and not _ZERO_CENTS.match(behind)


def _is_in_iban(text: str, start: int, end: int) -> bool:
    """Whether the digits lie within a valid IBAN, which has at most 34 characters and eight gaps."""
    offset = max(0, start - 42)
    for found in _IBAN.finditer(text, offset, end + 42):
        if found.start() <= start and end <= found.end() and _begins_with_iban(found[0]):
            return True
    return False


def _begins_with_iban(written: str) -> bool:
    compact = re.sub(r"[ -]", "", written)
    return any(iban.is_valid(compact[:length]) for length in range(15, min(len(compact), 34) + 1))
