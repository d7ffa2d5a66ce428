"""What a column's values look like, whatever its name: shares of the sample that read as e-mail, date,
number ...
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stdnum import iban

from customerfile.values.countries import country_code
from customerfile.values.folding import fold
from customerfile.values.words import words

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"'?\+?[\d\s().\-/]{6,24}(?:\s*(?:x|ext\.?)\s*\d{1,6})?")
_DATE = re.compile(
    r"(?:(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|\d{1,2}[ .-]+[^\W\d]{3,}[ .-]+\d{2,4}|[^\W\d]{3,} \d{1,2},? \d{4})(?:[T ].*)?"
)
_NUMBER = re.compile(r"[-+]?[$€£]?\s?\d[\d.,' ]*(?:\s?[€$£])?")
_ZERO_DECIMAL = re.compile(r"-?\d+\.0")
_CZECH = re.compile(r"\d\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])(?:/?\d{3,4})?")
_GENDERS = words(
    "m f male female man woman h homme femme mann frau männlich weiblich maennlich hombre mujer varon d divers"
    " x u unknown other"
)
_PREFIXES = words(
    "mr mrs ms miss dr prof rev sir lady lord hon honorable mme mlle m monsieur madame herr frau sr sra srta don dona"
    " mx"
)


type _Test = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Signs:
    """Shares are 0..1 of the filled cells; `filled` and `distinct` are counts."""

    rows: int
    filled: int
    distinct: int
    shares: dict[str, float]

    @property
    def is_full(self) -> bool:
        return self.filled == self.rows > 0

    @property
    def is_unique(self) -> bool:
        return self.filled > 0 and self.distinct == self.filled

    def share(self, sign: str) -> float:
        return self.shares.get(sign, 0.0)


def read_signs(cells: Sequence[str | None]) -> Signs:
    """The signs of one column of the sample."""
    filled = [text for cell in cells if cell and (text := cell.strip())]
    distinct = set(filled)
    shares = {name: _share(filled, test) for name, test in _TESTS.items()} if filled else {}
    return Signs(len(cells), len(filled), len(distinct), shares)


def _share(filled: list[str], test: _Test) -> float:
    return sum(1 for text in filled if test(text)) / len(filled)


def _is_phone(text: str) -> bool:
    return bool(_PHONE.fullmatch(text)) and 7 <= sum(map(str.isdigit, text)) <= 18


def _is_marked_phone(text: str) -> bool:
    """A phone number that shows it by its writing, unlike a plain number or a date."""
    marked = text.startswith(("+", "00", "0", "(", "'+")) or text.count(" ") + text.count("-") >= 2
    return marked and _is_phone(text) and not _DATE.fullmatch(text)


def _is_code(text: str) -> bool:
    return len(text) <= 40 and " " not in text and any(map(str.isdigit, text))


_TESTS: dict[str, _Test] = {
    "email": _EMAIL.fullmatch,
    "phone": _is_phone,
    "marked_phone": _is_marked_phone,
    "date": _DATE.fullmatch,
    "number": _NUMBER.fullmatch,
    "zero_decimal": _ZERO_DECIMAL.fullmatch,
    "czech_birth_number": _CZECH.fullmatch,
    "gender": lambda text: fold(text) in _GENDERS,
    "prefix": lambda text: fold(text) in _PREFIXES,
    "country": country_code,
    "postcode": lambda text: len(text) <= 10 and any(map(str.isdigit, text)),
    "iban": lambda text: len(text) >= 15 and iban.is_valid(text),
    "code": _is_code,
}
