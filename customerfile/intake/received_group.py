"""Writes what several calls of one source hand over as one chunk, the part of each under a delivery of its own.

Invariant: what is written of each part is what would be written of it alone; where that cannot be told, `NotTogether`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import DeliveryId
from customerfile.customers.resolution.settling import Resolved
from customerfile.intake.chunk_writer import ChunkWriter, RecordsRead
from customerfile.intake.producing import Chunk
from customerfile.intake.received_delivery import HandedOver, Reading, new_delivery
from customerfile.sources.operations import Counts, FoundSource, store_rejects
from customerfile.sources.received import ReceivedDelivery, ask_delivery_ids, store_received
from customerfile.sources.staging import Arrival, RejectedRow, StagedChunk, store_records


class NotTogether(Exception):
    """These parts have to be written one by one."""


class Part(NamedTuple):
    """What one call hands over."""

    chunk: Chunk
    handed: HandedOver
    by: str


class Standing(NamedTuple):
    """A record as it stands: its version, the delivery that brought it, its customer and since when that is there."""

    version: int
    delivery: int
    number: str | None
    customer_since: datetime | None


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """What became of a part: `rejected` are rows and single values, `standing` its records by key."""

    delivery_id: DeliveryId
    counts: Counts
    rejected: tuple[RejectedRow, ...]
    standing: Mapping[str, Standing]


def write_parts(
    parts: Sequence[Part], source: FoundSource, *, reading: Reading, alone: bool
) -> list[WrittenPart]:
    """Write parts in the caller's transaction, which begins again where a race was lost. Raises NotTogether."""
    keys = [row.key for part in parts for row in {row.key: row for row in part.chunk.records}.values()]
    if len(keys) != len(set(keys)):
        raise NotTogether
    writer = _GroupWriter(
        source, DeliveryId(0), reading.definition, reading.store, seals=True, model=reading.model, parts=parts
    )
    writer.write_within(_together([part.chunk for part in parts]), alone=alone)
    return writer.written


def _together(chunks: Sequence[Chunk]) -> Chunk:
    """One chunk of several. What was refused when it was read is told of part by part."""
    if len(chunks) == 1:
        return replace(chunks[0], rejected=())
    return Chunk(
        0,
        sum(chunk.rows for chunk in chunks),
        records=tuple(chain.from_iterable(chunk.records for chunk in chunks)),
        read={key: read for chunk in chunks for key, read in chunk.read.items()},
    )


@dataclass(slots=True)
class _GroupWriter(ChunkWriter):
    """Writes one chunk of parts."""

    parts: Sequence[Part] = ()
    written: list[WrittenPart] = field(default_factory=list)
    _deliveries: Callable[[], list[DeliveryId]] = list  # of the parts
    _staged: StagedChunk = field(default_factory=StagedChunk)

    def _resolve(self, cursor: Cursor, staged: StagedChunk, read: RecordsRead, arrival: Arrival) -> Resolved:
        self._staged = staged
        self._deliveries = ask_delivery_ids(cursor, len(self.parts))
        return ChunkWriter._resolve(self, cursor, staged, read, arrival)

    def _store_records(self, cursor: Cursor, staged: StagedChunk, arrival: Arrival) -> None:
        for part, delivery in zip(self.parts, self._deliveries(), strict=True):
            store_records(cursor, _of_part(staged, part), arrival=replace(arrival, delivery_id=delivery))

    def _account(
        self, cursor: Cursor, chunk: Chunk, counts: Counts, rejected: Sequence[RejectedRow], *, at: datetime
    ) -> Counts:
        """Write a delivery for each part, once it is known what became of its rows."""
        standing = _standing(cursor, self.source, [row.key for row in chunk.records])
        founded: set[str] = set()
        self.written = [
            WrittenPart(
                delivery,
                _counts(part, _of_part(self._staged, part), own, _customers(standing, at, founded)),
                own,
                standing,
            )
            for part, delivery, own in zip(
                self.parts, self._deliveries(), _by_part(self.parts, rejected), strict=True
            )
        ]
        self._hold_against(counts)
        for each in self.written:
            store_rejects(cursor, each.delivery_id, each.rejected)
        received = [
            ReceivedDelivery(each.delivery_id, new_delivery(part.handed, self.source), part.by, each.counts)
            for part, each in zip(self.parts, self.written, strict=True)
        ]
        store_received(cursor, received, at=at)
        return counts

    def _hold_against(self, counts: Counts) -> None:
        """What a part did to customers is told apart only where nothing but new records made or joined some."""
        of_customers = (counts.customers_created, counts.records_joined, counts.customers_merged)
        if len(self.written) == 1:
            (only,) = self.written
            self.written = [replace(only, counts=_with_customers(only.counts, of_customers))]
            return
        created = sum(each.counts.customers_created for each in self.written)
        joined = sum(each.counts.records_joined for each in self.written)
        if (created, joined, 0) != of_customers:
            raise NotTogether


type _Attribute = Callable[[Iterable[str]], tuple[int, int, int]]


def _customers(standing: Mapping[str, Standing], at: datetime, founded: set[str]) -> _Attribute:
    """How many customers new records with these keys made and joined; whoever comes first has made one."""

    def attribute(keys: Iterable[str]) -> tuple[int, int, int]:
        created = joined = 0
        for each in map(standing.__getitem__, keys):
            if each.number is None:
                continue
            if each.customer_since == at and each.number not in founded:
                founded.add(each.number)
                created += 1
            else:
                joined += 1
        return created, joined, 0

    return attribute


def _counts(
    part: Part, staged: StagedChunk, rejected: Sequence[RejectedRow], customers: _Attribute
) -> Counts:
    refused = sum(each.scope == "row" for each in rejected)
    counts = Counts(
        rows=part.chunk.rows,
        created=len(staged.created),
        updated=len(staged.updated),
        unchanged=part.chunk.rows - len(staged.created) - len(staged.updated) - refused,
        rejected=refused,
        value_faults=len(rejected) - refused,
    )
    return _with_customers(counts, customers(each.row.key for each in staged.created))


def _with_customers(counts: Counts, of_customers: tuple[int, int, int]) -> Counts:
    created, joined, merged = of_customers
    return replace(counts, customers_created=created, records_joined=joined, customers_merged=merged)


def _of_part(staged: StagedChunk, part: Part) -> StagedChunk:
    keys = {row.key for row in part.chunk.records}
    return StagedChunk(
        created=[each for each in staged.created if each.row.key in keys],
        updated=[each for each in staged.updated if each.row.key in keys],
    )


def _by_part(parts: Sequence[Part], rejected: Sequence[RejectedRow]) -> Iterator[tuple[RejectedRow, ...]]:
    """What was refused of each part when it was read, and when it was written."""
    for part in parts:
        keys = {row.key for row in part.chunk.records}
        yield *part.chunk.rejected, *(each for each in rejected if each.key in keys)


def _standing(cursor: Cursor, source: FoundSource, keys: Sequence[str]) -> dict[str, Standing]:
    asked = cursor.ask(statement(__package__, "standing"), (source.source_id, keys))
    return {key: Standing(*rest) for key, *rest in asked.rows()}
