"""Puts validated rows into the file as staged records: created, updated or unchanged, with every old version kept.

Invariant: the row counts of a chunk add up; a record's content digest decides whether it changed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import orjson

from customerfile.base.bulk import Cursor, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import DeliveryId, RecordId, SourceId
from customerfile.base.told import noted_text
from customerfile.values.outcome import Json


class RejectedRow(NamedTuple):
    """A row, or one value of a row (`scope`), that was refused."""

    line: int
    scope: str  # "row" or "value"
    reason: str
    remedy: str = ""
    key: str = ""
    field: str = ""
    text: str = ""


class ReadyRow(NamedTuple):
    """A validated row, ready to be staged. `prepared` and `block_keys` are what matching made of it."""

    line: int
    key: str
    kind: str
    raw: bytes  # JSON object of column -> text, sealed values masked
    canonical: bytes  # JSON, as in docs/explanation/canonical-record.md
    prepared: str
    block_keys: tuple[int, ...]
    digest: int
    as_of: datetime | None
    faults: tuple[RejectedRow, ...] = ()
    sealed: tuple[tuple[str, int, str], ...] = ()  # field, position, plain value: only until it is sealed


class StagedRecord(NamedTuple):
    """A record this chunk created or changed. The `old_` values are those of the version before."""

    record_id: RecordId
    row: ReadyRow
    old_prepared: str | None = None


@dataclass(slots=True)
class StagedChunk:
    """What became of the rows of one chunk."""

    created: list[StagedRecord] = field(default_factory=list)
    updated: list[StagedRecord] = field(default_factory=list)
    unchanged: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Arrival:
    """The delivery that rows belong to, and the moment they are taken in."""

    source_id: SourceId
    delivery_id: DeliveryId
    at: datetime


def place_records(
    cursor: Cursor, rows: Sequence[ReadyRow], *, arrival: Arrival, earlier: Collection[int] = frozenset()
) -> StagedChunk:
    """Decide what becomes of the rows; `store_records` writes it.

    A key that comes again with other values is refused: within `rows`, or where `earlier` holds its hash (the keys
    of the chunks before this one).
    """
    chunk = StagedChunk()
    for place in _places(cursor, _without_repeats(rows, chunk), arrival.source_id):
        if place.digest is None:
            chunk.created.append(StagedRecord(place.record_id, place.row))
        elif place.digest == place.row.digest:
            chunk.unchanged += 1
        elif hash(place.row.key) in earlier:
            chunk.rejected.append(repeated_key(place.row))
        else:
            chunk.updated.append(StagedRecord(place.record_id, place.row, place.prepared))
    return chunk


def store_records(cursor: Cursor, chunk: StagedChunk, *, arrival: Arrival) -> None:
    """Write the records of a chunk in the caller's transaction; what they said before is kept as a version."""
    _create(cursor, chunk.created, arrival)
    _update(cursor, chunk.updated, arrival)


def known_records(cursor: Cursor, keys: Sequence[str], *, source_id: SourceId) -> dict[str, RecordId]:
    """The records a source already has under these keys."""
    found = cursor.ask(statement(__package__, "known_records"), (source_id, list(keys)))
    return {key: RecordId(id_) for key, id_ in found.rows()}


class _Place(NamedTuple):
    """Where a row goes: the record with its key and what that says now, or the id of one to make."""

    row: ReadyRow
    record_id: RecordId
    digest: int | None
    prepared: str | None


def _places(cursor: Cursor, rows: Sequence[ReadyRow], source_id: SourceId) -> list[_Place]:
    if not rows:
        return []
    found = cursor.ask(statement(__package__, "place_records"), ([row.key for row in rows], source_id))
    places = {key: (RecordId(id_), digest, prepared) for key, id_, digest, prepared in found.rows()}
    return [_Place(row, *places[row.key]) for row in rows]


def _without_repeats(rows: Sequence[ReadyRow], chunk: StagedChunk) -> list[ReadyRow]:
    first: dict[str, ReadyRow] = {}
    for row in rows:
        earlier = first.setdefault(row.key, row)
        if earlier is row:
            continue
        if earlier.digest == row.digest:
            chunk.unchanged += 1
        else:
            chunk.rejected.append(repeated_key(row, earlier.line))
    return list(first.values())


def repeated_key(row: ReadyRow, first_line: int | None = None) -> RejectedRow:
    """The refusal of a row whose key an earlier line of the same file used for other values."""
    reason = (
        noted_text("Line {line} repeats the key {key} of line {first} with other values.")
        if first_line
        else noted_text("Line {line} repeats the key {key} of an earlier line with other values.")
    )
    return RejectedRow(
        line=row.line,
        scope="row",
        key=row.key,
        field="key",
        text=row.raw.decode(),
        reason=reason.format(line=row.line, key=row.key, first=first_line),
        remedy=noted_text("Keep one of the two lines, or give the other its own key."),
    )


_RECORD_COLUMNS = (
    "id", "source_id", "key", "kind", "raw", "canonical", "digest", "version",
    "delivery_id", "created_at", "changed_at", "as_of",
)  # fmt: skip


def _create(cursor: Cursor, staged: Sequence[StagedRecord], arrival: Arrival) -> None:
    source, delivery, at = arrival.source_id, arrival.delivery_id, arrival.at
    write_rows(
        cursor,
        "record",
        _RECORD_COLUMNS,
        [
            (id_, source, row.key, row.kind, row.raw.decode(), row.canonical.decode(), row.digest, 1,
             delivery, at, at, row.as_of or at)
            for id_, row, _ in staged
        ],
    )  # fmt: skip
    write_rows(
        cursor,
        "comparison_input",
        ("record_id", "prepared"),
        [(each.record_id, each.row.prepared) for each in staged],
    )


def _update(cursor: Cursor, staged: Sequence[StagedRecord], arrival: Arrival) -> None:
    if not staged:
        return
    cursor.execute(
        statement(__package__, "keep_versions"),
        {"at": arrival.at, "delivery": arrival.delivery_id, "ids": [s.record_id for s in staged]},
    )
    cursor.execute(
        statement(__package__, "update_records"),
        {"delivery": arrival.delivery_id, "at": arrival.at, "rows": _as_json(staged, arrival)},
    )


def _as_json(staged: Sequence[StagedRecord], arrival: Arrival) -> str:
    rows: list[Json] = [
        {
            "id": s.record_id,
            "kind": s.row.kind,
            "raw": orjson.loads(s.row.raw),
            "canonical": orjson.loads(s.row.canonical),
            "prepared": s.row.prepared,
            "digest": s.row.digest,
            "as_of": (s.row.as_of or arrival.at).isoformat(),
        }
        for s in staged
    ]
    return orjson.dumps(rows).decode()
