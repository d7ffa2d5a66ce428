"""What every reader yields: rows of text with their line number, in batches; and what it found out about the file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as delivered. A faulty row keeps its text and says what is wrong; its values are not used."""

    line: int  # 1-based line in the file (row in a sheet, object in JSON Lines, card in a vCard file)
    values: tuple[str | None, ...]  # aligned with RowStream.columns; None is absent or empty
    text: str = ""  # the raw text, filled at least for faulty rows
    fault: str = ""  # "" when the row could be read; else the reason in plain words
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Overrides of what is otherwise detected; empty means detect."""

    format: str = ""  # csv, tsv, xlsx, jsonl, parquet, vcard
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    header: bool | None = None
    sheet: str = ""
    batch_rows: int = 5000


@dataclass(frozen=True, slots=True)
class Detected:
    """What the reader found; shown to the user and kept with the delivery."""

    format: str
    compression: str = ""  # "", "gzip", "zstd"
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    has_header: bool = True
    sheet: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowStream:
    """An opened file. `batches()` may be called again and yields the same rows in the same order each time."""

    columns: tuple[str, ...]
    detected: Detected
    batches: Callable[[], Iterator[list[RawRow]]]
    estimated_rows: int | None = None
    close: Callable[[], None] = field(default=lambda: None)
