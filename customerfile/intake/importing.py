"""Takes in a file: one transaction per chunk, from staging through resolution to the timeline, with its ledger entry.

Invariants: a chunk is in the file whole or not at all; the same command again goes on where it stopped; every
delivered row is accounted for.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic

import psycopg
from django.db import DatabaseError, transaction

from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.base.ids import DeliveryId, SourceId
from customerfile.base.told import noted_text, told
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FileDefinition
from customerfile.embedded.home import Home
from customerfile.intake.ahead import Ahead
from customerfile.intake.chunk_writer import ChunkWriter, tidy
from customerfile.intake.collector import calm_collector
from customerfile.intake.context import reading_context
from customerfile.intake.counting import total
from customerfile.intake.errors import Interrupted, ListHoldsPeople
from customerfile.intake.mending import Mending
from customerfile.intake.opening import ImportRequest, OpenedFile, open_delivery
from customerfile.intake.producing import (
    FEW_ROWS,
    SMALL_FILE,
    Chunk,
    Job,
    chunks,
    chunks_in_second_process,
    read_ahead,
)
from customerfile.sources import operations as deliveries
from customerfile.sources.mapping import dump_mapping
from customerfile.sources.operations import BegunDelivery, Counts, FoundSource
from customerfile.sources.proposal import Proposal
from customerfile.sources.source_kinds import SourceKind
from customerfile.timeline.quarantine_queries import mending_rules
from customerfile.vault.keystore import key_store
from customerfile.vault.sealing import Blinder

_DISK_FULL = "53100"
_LITTLE_ROOM = 64 << 20  # bytes; the server writes its log in files of 16 MiB

type Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file did. In a dry run it is what it would have done, and `delivery_id` is None."""

    delivery_id: DeliveryId | None
    source_created: bool
    source_kind: SourceKind
    resumed: bool
    counts: Counts
    seconds: float
    proposal: Proposal | None
    mapping: str


def _nothing(told: object) -> None:
    """Whom nobody listens to."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears how an import goes on: that its delivery has begun, each chunk before it is written, and of a dry run
    that all is written, while it can still be read.
    """

    begun: Callable[[DeliveryId], None] = _nothing
    chunk: Callable[[Chunk], None] = _nothing
    rehearsed: Callable[[DeliveryId], None] = _nothing


_NOBODY = Listener()


class _DryRun(Exception):
    """Ends the transaction of a dry run without a trace."""


def import_file(
    request: ImportRequest,
    *,
    home: Home,
    by: str,
    progress: Progress = lambda done, total: None,
    listener: Listener = _NOBODY,
) -> Imported:
    """Take in one file. Raises CustomerfileError where it cannot be read or its source is busy; rows never raise."""
    definition = current_definition()
    opened = open_delivery(request, definition=definition, spool=home.spool)
    try:
        with calm_collector():
            return _Import(request, opened, definition, home, by, progress, listener).run()
    finally:
        opened.stream.close()
        opened.spooled.path.unlink(missing_ok=True)


@dataclass(slots=True)
class _Import:
    request: ImportRequest
    opened: OpenedFile
    definition: FileDefinition
    home: Home
    by: str
    progress: Progress
    listener: Listener

    def run(self) -> Imported:
        """A dry run does the real thing in one transaction that is rolled back: it tells what would happen."""
        done: Imported | None = None
        try:
            if not self.request.dry_run:
                return self._import()
            with transaction.atomic():
                done = self._import()
                raise _DryRun
        except _DryRun:
            if done is None:
                raise
            return done

    def _import(self) -> Imported:
        started = monotonic()
        source = deliveries.ensure_source(
            self.request.source,
            country=self.opened.mapping.country,
            by=self.by,
            at=now(),
            kind=self.request.source_kind,
        )
        self._check_it_fits(source)
        with _held(source.source_id, self.request.source):
            begun = deliveries.begin_delivery(self._delivery(source.source_id), by=self.by, at=now())
            self.listener.begun(begun.delivery_id)
            counts = self._write_all(source, begun)
            deliveries.finish_delivery(begun.delivery_id, by=self.by, at=now())
            if self.request.dry_run:
                self.listener.rehearsed(begun.delivery_id)
        tidy(counts.created + counts.updated)
        return Imported(
            delivery_id=None if self.request.dry_run else begun.delivery_id,
            source_created=source.created,
            source_kind=source.kind,
            resumed=begun.resumed,
            counts=counts,
            seconds=monotonic() - started,
            proposal=self.opened.proposal,
            mapping=dump_mapping(self.opened.mapping),
        )

    def _check_it_fits(self, source: FoundSource) -> None:
        if source.kind.is_list and self.opened.mapping.kind_as != "customers":
            raise ListHoldsPeople(
                told(
                    'The source "{source}" is {kind}: it holds people and organisations, and this looks like a file of'
                    " {rows}.",
                    source=self.request.source,
                    kind=told(source.kind.words),
                    rows=told(self.opened.mapping.kind_as),
                ),
                told(
                    "Say so with --as {kind} if it is a list; else give it a source of its own.",
                    kind=source.kind.value,
                ),
            )

    def _write_all(self, source: FoundSource, begun: BegunDelivery) -> Counts:
        writer = ChunkWriter(
            source=source,
            delivery_id=begun.delivery_id,
            definition=self.definition,
            store=key_store(self.home.keys),
            seals=not self.request.dry_run,
            lazily=True,  # finishing the delivery is what is acknowledged, and waits for the disk
        )
        try:
            return total(self._written(writer, begun))
        except (DatabaseError, psycopg.Error) as problem:  # of the ORM, and of bulk statements
            raise self._stopped(begun, problem) from problem
        except CustomerfileError as problem:
            self._note_failure(begun, problem.reason)
            raise

    def _written(self, writer: ChunkWriter, begun: BegunDelivery) -> Iterator[Counts]:
        rows = 0
        expected = self.opened.stream.estimated_rows
        chunks = Ahead(read_ahead(self._chunks(writer)))
        for chunk in chunks:
            if chunk.number in begun.done:
                writer.pass_over(chunk)
            else:
                self.listener.chunk(chunk)
                yield writer.write(chunk, meanwhile=chunks.fetch)
            rows += chunk.rows
            self.progress(rows, expected)

    def _chunks(self, writer: ChunkWriter) -> Iterator[Chunk]:
        job = Job(
            path=self.opened.spooled.path,
            name=self.opened.spooled.original_name,
            options=self.opened.options,
            mapping=self.opened.mapping,
            definition=self.definition,
            context=reading_context(self.opened.mapping),
            blinder=Blinder(key_store(self.home.keys).index_key),
            spool=self.home.spool,
            model=writer.model,
            first_rows=self.request.first_rows,
            mending=Mending.of(mending_rules(writer.source.source_id)),
        )
        return chunks(job) if self._is_small() else chunks_in_second_process(job)

    def _is_small(self) -> bool:
        return self.opened.spooled.size < SMALL_FILE or 0 < self.request.first_rows <= FEW_ROWS

    def _delivery(self, source_id: SourceId) -> deliveries.NewDelivery:
        detected = self.opened.stream.detected
        return deliveries.NewDelivery(
            source_id=source_id,
            file_name=self.opened.spooled.original_name,
            file_digest=self.opened.spooled.sha256,
            file_bytes=self.opened.spooled.size,
            kind_as=self.opened.mapping.kind_as,
            mapping=dump_mapping(self.opened.mapping),
            detected={
                "format": detected.format,
                "compression": detected.compression,
                "encoding": detected.encoding,
                "delimiter": detected.delimiter,
                "has_header": detected.has_header,
                "notes": list(detected.notes),
            },
        )

    def _stopped(self, begun: BegunDelivery, problem: Exception) -> Interrupted:
        """The database said no or went away. Its own words may hold values of customers: only their kind is told."""
        cause = problem if isinstance(problem, psycopg.Error) else problem.__cause__
        state = getattr(cause, "sqlstate", None) or type(problem).__name__
        remedy = noted_text("Start the database again and run the same command: it goes on where it stopped.")
        if state == _DISK_FULL or self._has_little_room():
            remedy = noted_text(
                "Free some space on the database's disk and run the same command: it goes on where it stopped."
            )
        self._note_failure(begun, f"database: {state}")
        return Interrupted(
            told("The database could not take in the rest of the file ({state}).", state=state), remedy
        )

    def _has_little_room(self) -> bool:
        """A server that cannot write its log dies without a word; what is left on the disk tells why."""
        return self.home.data.exists() and shutil.disk_usage(self.home.path).free < _LITTLE_ROOM

    def _note_failure(self, begun: BegunDelivery, message: str) -> None:
        if self.request.dry_run:
            return
        try:
            deliveries.fail_delivery(begun.delivery_id, message, by=self.by, at=now())
        except (DatabaseError, psycopg.Error):
            return  # the database is away: the delivery stays "running" and is taken up again all the same


@contextmanager
def _held(source_id: SourceId, key: str) -> Iterator[None]:
    deliveries.hold_source(source_id, key=key)
    try:
        yield
    finally:
        with suppress(DatabaseError, psycopg.Error):  # a connection that is lost has let the source go
            deliveries.release_source(source_id)
