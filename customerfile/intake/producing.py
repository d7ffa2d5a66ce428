"""Produces prepared chunks of a file, in this process or a second one, so that both cores work on a large import.

The same file, mapping and chunk size always give the same chunks: the chunk ledger relies on it.
"""

import multiprocessing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from customerfile.base.errors import CustomerfileError
from customerfile.customers.search.profile import Read
from customerfile.definition.schema import FileDefinition, PrivacyClass
from customerfile.holdings.recording import StatedAgreement
from customerfile.intake.agreements import agreement_chunks
from customerfile.intake.collector import calm_collector
from customerfile.intake.mending import NOTHING, Mending
from customerfile.intake.orders import PreparedEvent, order_chunks
from customerfile.intake.preparing import Preparer, preparer
from customerfile.intake.single_events import event_chunks
from customerfile.matching.model import MatchModel
from customerfile.sources.mapper import compile_mapping
from customerfile.sources.mapping import Mapping as FileMapping
from customerfile.sources.readers.beginning import beginning
from customerfile.sources.readers.opening import open_file
from customerfile.sources.rows import ReadOptions, RowStream
from customerfile.sources.staging import ReadyRow, RejectedRow
from customerfile.sources.targets import parse_target
from customerfile.timeline.quarantine import HeldEvent
from customerfile.values.outcome import Context
from customerfile.vault.sealing import Blinder

SMALL_FILE = 2_000_000  # bytes; below this a second process is not worth its start
FEW_ROWS = 5000  # nor for so many
_AHEAD = 3  # chunks that may wait for the writer


@dataclass(frozen=True, slots=True)
class Job:
    """A file and everything its rows are prepared with. Can be handed to another process.

    `first_rows`: how many of its rows count, 0 for all.
    """

    path: Path
    name: str
    options: ReadOptions
    mapping: FileMapping
    definition: FileDefinition
    context: Context
    blinder: Blinder
    spool: Path
    model: MatchModel
    first_rows: int = 0
    mending: Mending = NOTHING


@dataclass(frozen=True, slots=True)
class Chunk:
    """A numbered part of the file. `keys` are the record keys in it, `rows` how many delivered rows it accounts for."""

    number: int
    rows: int
    records: tuple[ReadyRow, ...] = ()
    events: tuple[PreparedEvent, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    agreements: tuple[StatedAgreement, ...] = ()
    read: Mapping[str, Read] = field(default_factory=dict)  # records by key, as far as they were read already
    held: tuple[HeldEvent, ...] = ()  # events for the quarantine

    def __reduce__(self) -> tuple[Any, ...]:
        """Travels as plain tuples: a quarter of the work that named ones are."""
        records = list(map(tuple, self.records))
        return _arrived, (
            self.number, self.rows, records, self.events, self.rejected, self.agreements, self.held,
        )  # fmt: skip


def _arrived(number: int, rows: int, records: Any, events: Any, *more: Any) -> Chunk:
    """A chunk from the other process."""
    rejected, agreements, held = more
    return Chunk(number, rows, tuple(map(ReadyRow._make, records)), events, rejected, agreements, held=held)


def chunks(job: Job) -> Iterator[Chunk]:
    """Every chunk of the file, prepared in this process."""
    stream = open_file(job.path, job.options, name=job.name)
    try:
        yield from _chunks(job, beginning(stream, job.first_rows))
    finally:
        stream.close()


def chunks_in_second_process(job: Job) -> Iterator[Chunk]:
    """Every chunk of the file, prepared by a second process that runs a few chunks ahead."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    permits = context.Semaphore(_AHEAD)
    worker = context.Process(target=_produce, args=(job, sender, permits), daemon=True)
    worker.start()
    sender.close()
    try:
        yield from _received(receiver, permits)
    finally:
        receiver.close()
        worker.terminate()
        worker.join()


def _received(receiver: Connection, permits: object) -> Iterator[Chunk]:
    while True:
        try:
            message = receiver.recv()
        except EOFError as problem:
            raise CustomerfileError(
                "The process that reads the file ended before the file did.",
                "Free some memory and run the same command again; it goes on where it stopped.",
            ) from problem
        if message is None:
            return
        if isinstance(message, BaseException):
            raise message
        yield message
        permits.release()  # type: ignore[attr-defined]


def read_ahead(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    """The chunks, with their records read: work that needs no database, for whoever waits for one."""
    for chunk in chunks:
        yield replace(chunk, read=read_of(chunk.records))


def read_of(records: Sequence[ReadyRow]) -> dict[str, Read]:
    """By key; of records with the same key the first counts, as in staging."""
    return {row.key: Read.of(row.canonical) for row in reversed(records)}


def _produce(job: Job, sender: Connection, permits: object) -> None:
    """The second process. Any error travels to the first one, which tells it."""
    try:
        with calm_collector():
            for chunk in chunks(job):
                permits.acquire()  # type: ignore[attr-defined]
                sender.send(chunk)
        sender.send(None)
    except BrokenPipeError:
        return
    except CustomerfileError as error:
        sender.send(_portable(error))


def _portable(error: CustomerfileError) -> CustomerfileError:
    """The same words in a class that can be sent: a subclass may take other arguments."""
    return CustomerfileError(error.reason, error.remedy)


def _chunks(job: Job, stream: RowStream) -> Iterator[Chunk]:
    made = _preparer(job, stream)
    if job.mapping.kind_as == "purchases":
        for number, orders in enumerate(order_chunks(made, stream, spool=job.spool)):
            yield Chunk(number, orders.rows, events=orders.events, rejected=orders.rejected)
    elif job.mapping.kind_as == "events":
        for number, each in enumerate(event_chunks(made, stream, job.mending)):
            yield Chunk(number, each.rows, events=each.events, rejected=each.rejected, held=each.held)
    elif job.mapping.kind_as == "agreements":
        targets = targets_of(job.mapping)
        for number, stated in enumerate(agreement_chunks(made, stream, targets=targets)):
            yield Chunk(number, stated.rows, agreements=stated.agreements, rejected=stated.rejected)
    else:
        yield from _record_chunks(made, stream)


def _record_chunks(made: Preparer, stream: RowStream) -> Iterator[Chunk]:
    for number, batch in enumerate(stream.batches()):
        outcomes = made.prepare_rows(batch)
        records = tuple(each for each in outcomes if isinstance(each, ReadyRow))
        yield Chunk(
            number,
            len(batch),
            records=records,
            rejected=tuple(each for each in outcomes if isinstance(each, RejectedRow)),
        )


def _preparer(job: Job, stream: RowStream) -> Preparer:
    return preparer(
        stream.columns,
        compile_mapping(job.mapping, stream.columns),
        sealed_columns(job.mapping, job.definition),
        definition=job.definition,
        context=job.context,
        model=job.model,
        blinder=job.blinder,
    )


def targets_of(mapping: FileMapping) -> frozenset[str]:
    """All that the columns and constants of a mapping mean."""
    return (
        frozenset(target for column in mapping.columns for target in column.targets)
        | mapping.constants.keys()
    )


def sealed_columns(mapping: FileMapping, definition: FileDefinition) -> frozenset[str]:
    """The columns of which any target is a sealed field."""
    sealed = {field.key for field in definition.fields if field.privacy is PrivacyClass.SEALED}
    return frozenset(
        column.column
        for column in mapping.columns
        if any(parse_target(target).field in sealed for target in column.targets)
    )
