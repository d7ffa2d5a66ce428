"""Numbers as people write them: thousands and decimal marks of either kind, signs, brackets for negative
amounts."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from customerfile.base.told import noted_text
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.text import ascii_digits, clean, plain
from customerfile.values.words import words

POINT_DECIMAL_COUNTRIES = words(
    "US GB IE CA AU NZ IN CN JP KR TW HK SG MY TH PH IL MX NG KE GH PK LK ZW MT CH LI EG SA AE DO GT HN"
    " NI PA PR SV"
)
REGULAR = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,2})?")  # nothing to interpret
_LARGEST = Decimal(2**63)
_GROUPED = re.compile(r"\d{1,3}(?:([ .,'’])\d{2,3})(?:\1\d{2,3})*")
_MINUS = str.maketrans(
    {"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'"}
)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d{1,2}")

NOT_A_NUMBER = Refused("This cannot be read as a number.", "Write it with digits, for example 1234.56.")
NOT_WHOLE = Refused("A whole number is needed here.", "Write it without decimals.")
TOO_LARGE = Refused(
    "The number is too large to be kept.", "Check whether an identifier or a date stands in this column."
)


def standardise_number(raw: str | dict[str, str], context: Context) -> Outcome:
    """An int where it is whole, else a float."""
    read = read_decimal(plain(raw), context.country)
    if isinstance(read, Refused):
        return read
    number, notes = read
    return Accepted(int(number) if number == number.to_integral_value() else float(number), notes)


def standardise_integer(raw: str | dict[str, str], context: Context) -> Outcome:
    """An int. "5.0" is whole."""
    read = read_decimal(plain(raw), context.country)
    if isinstance(read, Refused):
        return read
    number, notes = read
    return Accepted(int(number), notes) if number == number.to_integral_value() else NOT_WHOLE


@lru_cache(1 << 13)
def read_decimal(raw: str, country: str) -> tuple[Decimal, tuple[str, ...]] | Refused:
    """The exact number that a text writes, with a note where one mark may mean thousands or decimals."""
    if REGULAR.fullmatch(raw):
        return Decimal(raw), ()
    text = clean(raw)
    if isinstance(text, Refused):
        return text
    text = ascii_digits(text).translate(_MINUS).replace("%", "").strip()
    text, negative = _without_sign(text)
    if _SCIENTIFIC.fullmatch(text):
        return _decimal(text.replace(",", "."), negative, ())
    if (
        not text
        or not all(char.isdigit() or char in " .,'" for char in text)
        or not any(map(str.isdigit, text))
    ):
        return NOT_A_NUMBER
    return _read_marks(text, negative, country)


def _without_sign(text: str) -> tuple[str, bool]:
    """The digits and marks, and whether a minus stands before or behind them or brackets around them."""
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text.endswith("-"):
        return text[:-1].strip(), True
    return (text[1:].strip(), text[0] == "-") if text[:1] in ("-", "+") else (text, False)


def _read_marks(text: str, negative: bool, country: str) -> tuple[Decimal, tuple[str, ...]] | Refused:
    marks = [char for char in text if char in ".,"]
    if len(set(marks)) == 2:
        decimal_mark = marks[-1]
        if marks.count(decimal_mark) > 1:
            return NOT_A_NUMBER
        whole, _, fraction = text.rpartition(decimal_mark)
        return _joined(whole, fraction, negative, ())
    if not marks:
        return _joined(text, "", negative, ())
    whole, _, fraction = text.rpartition(marks[0])
    if len(marks) > 1:
        return _joined(text, "", negative, ())
    if len(fraction) != 3 or len(whole) > 3 or whole in ("0", ""):
        return _joined(whole, fraction, negative, ())
    return _read_three_digits(whole, fraction, marks[0], country=country, negative=negative)


def _read_three_digits(
    whole: str, fraction: str, mark: str, *, country: str, negative: bool
) -> tuple[Decimal, tuple[str, ...]] | Refused:
    """ "1,234": thousands in the country whose thousands mark it is, else decimals; without a country
    thousands for a comma."""
    is_thousands = mark == "," if not country or country in POINT_DECIMAL_COUNTRIES else mark == "."
    if is_thousands:
        return _joined(f"{whole}{mark}{fraction}", "", negative, (_as_thousands(mark),))
    return _joined(whole, fraction, negative, (_as_decimals(mark),))


def _as_thousands(mark: str) -> str:
    return noted_text(
        "the comma read as a thousands mark" if mark == "," else "the point read as a thousands mark"
    )


def _as_decimals(mark: str) -> str:
    return noted_text(
        "the comma read as the decimal mark" if mark == "," else "the point read as the decimal mark"
    )


def _joined(
    whole: str, fraction: str, negative: bool, notes: tuple[str, ...]
) -> tuple[Decimal, tuple[str, ...]] | Refused:
    has_marks = any(char in " .,'" for char in whole)
    if (has_marks and not _GROUPED.fullmatch(whole)) or (fraction and not fraction.isdigit()):
        return NOT_A_NUMBER
    digits = re.sub(r"[ .,']", "", whole) or "0"
    return _decimal(f"{digits}.{fraction}" if fraction else digits, negative, notes)


def _decimal(text: str, negative: bool, notes: tuple[str, ...]) -> tuple[Decimal, tuple[str, ...]] | Refused:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return NOT_A_NUMBER
    if abs(number) >= _LARGEST:
        return TOO_LARGE
    return (number.copy_negate() if negative and number else number), notes
