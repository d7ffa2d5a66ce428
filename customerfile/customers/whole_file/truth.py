"""Reads a truth file: which records are one and the same entity in reality, as source, key, entity."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from customerfile.base.told import told
from customerfile.customers.errors import CustomersError
from customerfile.sources.readers import open_file
from customerfile.sources.rows import RawRow, ReadOptions, RowStream

COLUMNS = ("source", "key", "entity")
_HEADED = ReadOptions(header=True)


class BadTruth(CustomersError):
    """A truth file that nothing can be compared with."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of the truth that could not be used."""

    line: int
    reason: str


type TruthRow = tuple[int, str, str, int]  # line, source, key, place of the entity in `entities`


@dataclass(slots=True)
class Truth:
    """An opened truth file. `entities` and `refused` fill while its rows are read."""

    stream: RowStream
    places: tuple[int, ...]  # of the columns, in the order of COLUMNS
    entities: dict[str, int] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)

    def batches(self) -> Iterator[list[TruthRow]]:
        """The usable rows."""
        for batch in self.stream.batches():
            yield [row for raw in batch if (row := self._row(raw)) is not None]

    def _row(self, raw: RawRow) -> TruthRow | None:
        if raw.fault:
            self.refused.append(RefusedRow(raw.line, f"{raw.fault} {raw.remedy}".strip()))
            return None
        source, key, entity = [(raw.values[place] or "").strip() for place in self.places]
        if not (source and key and entity):
            self.refused.append(RefusedRow(raw.line, "It does not name all of source, key and entity."))
            return None
        return raw.line, source, key, self.entities.setdefault(entity, len(self.entities))


@contextmanager
def open_truth(path: Path) -> Iterator[Truth]:
    """Open a truth file of any format that can be imported. Raises BadTruth, or the reader's ReadFault."""
    stream = open_file(path, _HEADED)
    try:
        yield Truth(stream, _places(stream.columns))
    finally:
        stream.close()


def _places(columns: tuple[str, ...]) -> tuple[int, ...]:
    names = [name.strip().lower() for name in columns]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise BadTruth(
            told(
                "The truth file has no column {missing}; it has {columns}.",
                missing=told(" and no column ").join(missing),
                columns=", ".join(columns),
            ),
            "Its first line must be: source,key,entity",
        )
    return tuple(names.index(name) for name in COLUMNS)
