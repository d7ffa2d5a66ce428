"""What the parent asks of the child, and how either side writes it. Both sides import it."""

from dataclasses import asdict, dataclass
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Request:
    """One look at a file: `columns` None asks about the file, else for its rows under these columns."""

    format: str  # "xlsx" or "vcard"
    path: str
    encoding: str = ""
    sheet: str = ""
    columns: tuple[str, ...] | None = None
    cells: int = 0
    unpacked_bytes: int = 0
    inflation_ratio: int = 0
    ratio_from_bytes: int = 0
    memory_bytes: int = 0
    cpu_seconds: int = 0

    def packed(self) -> bytes:
        """The wire form."""
        return orjson.dumps(asdict(self))

    @classmethod
    def unpacked(cls, packed: bytes) -> "Request":
        """What `packed` gave."""
        entries: dict[str, Any] = orjson.loads(packed)
        columns = entries.pop("columns")
        return cls(columns=None if columns is None else tuple(columns), **entries)


@dataclass(frozen=True, slots=True)
class About:
    """What the child found out about a file before giving its rows."""

    columns: tuple[str, ...] = ()  # of vCards
    head: tuple[tuple[int, tuple[str | None, ...]], ...] = ()  # of a sheet: its first rows that hold anything
    sheet: str = ""
    rows: int = 0
    notes: tuple[str, ...] = ()


type WireRow = tuple[int, list[str | None], str, str, str]  # line, cells, text, fault, remedy


class Refusal(Exception):
    """The file cannot be read (further). Travels to the parent as words; `is_limit` tells a limit from damage."""

    def __init__(self, reason: str, remedy: str, *, is_limit: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.is_limit = reason, remedy, is_limit
