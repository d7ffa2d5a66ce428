"""How a delimited file is written: delimiter, quote and header, judged on its first lines."""

import csv
import re
from collections import Counter
from dataclasses import dataclass

from customerfile.sources.rows import ReadOptions

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 200
# A cell that is a value rather than a name for one: a number, a date, an e-mail address, a truth value.
_VALUE = re.compile(
    r"\s*([-+]?[\d.,:/ -]*\d[\d.,:/ -]*|\d{4}-\d\d-\d\d[T ].*|[^@\s]+@[^@\s]+\.\w+|true|false|yes|no)\s*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Dialect:
    delimiter: str
    quote: str  # "" when nothing is quoted
    skip_blank: bool  # a blank between a delimiter and a quote means nothing
    has_header: bool

    def reader_options(self) -> dict[str, str | bool | int | None]:
        """Keyword arguments of csv.reader. Strict, so that a wrong quote is named instead of guessed away."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote or None,
            "quoting": csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            "skipinitialspace": self.skip_blank,
            "strict": True,
        }


def detect_dialect(lines: list[str], options: ReadOptions, *, prefer: str = ",") -> Dialect:
    """`prefer` wins a tie between delimiters, as the name ending .tsv suggests one."""
    sample = lines[:_SAMPLE_LINES]
    delimiter = options.delimiter or _delimiter(sample, prefer)
    quote = options.quote or _quote(sample, delimiter)
    skip_blank = any(f"{delimiter} {quote}" in line for line in sample)
    header = options.header
    if header is None:
        header = _has_header(_split(sample, delimiter, quote)[:20])
    return Dialect(delimiter, quote, skip_blank, header)


def _delimiter(sample: list[str], prefer: str) -> str:
    ordered = (prefer, *(one for one in _DELIMITERS if one != prefer))
    return max(ordered, key=lambda one: _agreement(_split(sample, one, '"')))


def _agreement(rows: list[list[str]]) -> float:
    """How evenly the delimiter cuts the lines: the share of rows of the commonest width above 1, a little
    more if wide.
    """
    widths = Counter(len(row) for row in rows if row)
    wide = [(count, width) for width, count in widths.items() if width > 1]
    if not wide:
        return 0.0
    count, width = max(wide)
    return count / len(rows) + min(width, 50) / 1000


def _split(sample: list[str], delimiter: str, quote: str) -> list[list[str]]:
    reader = csv.reader(sample, delimiter=delimiter, quotechar=quote or None, skipinitialspace=True)
    try:
        return list(reader)
    except csv.Error:  # a field over the size limit: no telling from here
        return []


def _quote(sample: list[str], delimiter: str) -> str:
    text = "".join(sample)
    if '"' in text:
        return '"'
    edge = re.escape(delimiter)
    single = re.findall(rf"(?:^|{edge})'[^'\r\n]*'(?={edge}|\r|\n|$)", text, re.MULTILINE)
    return "'" if len(single) * 2 > len(sample) else '"'


def _has_header(rows: list[list[str]]) -> bool:
    filled = [row for row in rows if any(row)]
    return not filled or looks_like_header(filled[0])


def looks_like_header(cells: list[str]) -> bool:
    """Whether these cells are names: most are filled, and none looks like a value."""
    named = [text for cell in cells if (text := cell.strip())]
    return bool(named) and not any(map(_VALUE.fullmatch, named)) and len(named) * 2 > len(cells)
