"""Writes one prepared chunk in one transaction: records, links and golden records, events, rejects, ledger entry.

A chunk that loses a race with another writer (deadlock, serialisation) is written again from the start.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import orjson
from django.db import connection, transaction

from customerfile.base.bulk import Cursor, IdPool, bulk_cursor
from customerfile.base.clock import now
from customerfile.base.ids import DeliveryId, RecordId
from customerfile.base.told import noted_text
from customerfile.customers.resolution.candidates import Newcomer
from customerfile.customers.resolution.corrected_inputs import Stated, compared_inputs, stated_contacts
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.resolution.resolution import Arrived, Resolution
from customerfile.customers.resolution.settling import Resolved, customer_ids
from customerfile.customers.resolution.watching import watch_for
from customerfile.customers.resolution.writers import after_lost_races, let_nobody_correct
from customerfile.customers.search.profile import Read
from customerfile.definition.schema import FileDefinition
from customerfile.holdings.recording import Fate, StatedAgreement, record_agreements
from customerfile.holdings.waiting import join_holders
from customerfile.intake.agreements import contradiction
from customerfile.intake.orders import PreparedEvent
from customerfile.intake.producing import Chunk
from customerfile.intake.sorting_out import sort_out
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import MatchModel
from customerfile.sources.operations import Counts, FoundSource, account_chunk, store_rejects
from customerfile.sources.staging import (
    Arrival,
    ReadyRow,
    RejectedRow,
    StagedChunk,
    StagedRecord,
    known_records,
    place_records,
    store_records,
)
from customerfile.timeline.recording import ReadyEvent, record_events
from customerfile.vault.keystore import KeyStore
from customerfile.vault.operations import PlainValue, seal_values

type RecordsRead = Mapping[str, Read]  # by key

_FEW_ROWS = 8
_MANY_ROWS = 1000
_GROWTH = (
    "SELECT record_id_seq.last_value > 3 * pg_class.reltuples FROM record_id_seq, pg_class"
    " WHERE pg_class.oid = 'record'::regclass"
)
_TIDY = "VACUUM (SKIP_LOCKED) posting, name_token, token_variant, contact_point"
_WORTH_TIDYING = 10_000


def tidy(rows: int) -> None:
    """After many new rows, let search answer from indexes alone. Within a transaction that cannot be done."""
    if rows >= _WORTH_TIDYING and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(_TIDY)


@dataclass(slots=True)
class ChunkWriter:
    """Writes the chunks of one delivery, in their order."""

    source: FoundSource
    delivery_id: DeliveryId
    definition: FileDefinition
    store: KeyStore
    seals: bool
    lazily: bool = False  # chunks reach the disk together with what is committed after them
    model: MatchModel = field(default_factory=current_model)
    _alone: bool = False  # the chunk under way is written with the file for itself
    _seen: set[int] = field(default_factory=set)
    _customer_ids: IdPool = field(default_factory=customer_ids)

    def pass_over(self, chunk: Chunk) -> None:
        """A chunk that is in the file already: only remember its keys."""
        self._seen.update(hash(row.key) for row in chunk.records)
        self._seen.update(hash(each.event.key) for each in chunk.events)
        self._seen.update(hash(each.event.key) for each in chunk.held)
        self._seen.update(mark for each in chunk.agreements for mark in each.marks)

    def write(self, chunk: Chunk, meanwhile: Callable[[], object] = lambda: None) -> Counts:
        """Write a chunk durably. Raises DatabaseError where the database cannot take it.

        `meanwhile` is called while the server still works on the last statements.
        """
        counts = after_lost_races(lambda alone: self._write(chunk, meanwhile, alone=alone))
        self.pass_over(chunk)
        self._analyse_as_it_grows(chunk.rows)
        return counts

    @transaction.atomic
    def _write(self, chunk: Chunk, meanwhile: Callable[[], object], *, alone: bool) -> Counts:
        return self.write_within(chunk, meanwhile, alone=alone)

    def write_within(
        self, chunk: Chunk, meanwhile: Callable[[], object] = lambda: None, *, alone: bool
    ) -> Counts:
        """As `write`, in the caller's transaction, which begins again where a race was lost: see `after_lost_races`."""
        arrival = Arrival(self.source.source_id, self.delivery_id, now())
        self._alone = alone
        connection.ensure_connection()
        few = chunk.rows <= _FEW_ROWS
        with connection.wrap_database_errors, bulk_cursor(connection.connection, few=few) as cursor:
            if self.lazily:
                cursor.execute("SET LOCAL synchronous_commit = off")
            if chunk.events or chunk.held:
                counts, rejected = self._write_events(cursor, chunk, arrival)
            elif chunk.agreements:
                counts, rejected = self._write_agreements(cursor, chunk.agreements, arrival)
            else:
                counts, rejected = self._write_records(cursor, chunk, arrival)
            counts = self._account(cursor, chunk, counts, [*chunk.rejected, *rejected], at=arrival.at)
            meanwhile()
        return counts

    def _account(
        self, cursor: Cursor, chunk: Chunk, counts: Counts, rejected: Sequence[RejectedRow], *, at: datetime
    ) -> Counts:
        """Write down what became of the chunk's rows."""
        store_rejects(cursor, self.delivery_id, rejected)
        refused = sum(each.scope == "row" for each in rejected)
        counts = replace(
            counts,
            rows=chunk.rows,
            rejected=counts.rejected + refused,
            value_faults=len(rejected) - refused,
        )
        account_chunk(cursor, self.delivery_id, chunk.number, counts, at=at)
        return counts

    def _write_records(
        self, cursor: Cursor, chunk: Chunk, arrival: Arrival
    ) -> tuple[Counts, list[RejectedRow]]:
        let_nobody_correct(cursor)
        staged = place_records(cursor, chunk.records, arrival=arrival, earlier=self._seen)
        staged.updated = self._with_what_people_stated(cursor, staged.updated)
        resolved = self._resolve(cursor, staged, chunk.read, arrival)
        faults = [fault for each in (*staged.created, *staged.updated) for fault in each.row.faults]
        counts = Counts(
            created=len(staged.created),
            updated=len(staged.updated),
            unchanged=staged.unchanged,
            customers_created=resolved.customers_created,
            records_joined=resolved.records_joined,
            customers_merged=resolved.customers_merged,
        )
        return counts, [*staged.rejected, *faults]

    def _with_what_people_stated(self, cursor: Cursor, updated: list[StagedRecord]) -> list[StagedRecord]:
        """Records that say other things now; what people corrected on them is compared as before."""
        stated = stated_contacts(cursor, [each.record_id for each in updated]) if updated else {}
        if not stated:
            return updated
        return [
            each._replace(row=_compared_with(each.row, stated[each.record_id], self.model))
            if each.record_id in stated
            else each
            for each in updated
        ]

    def _write_events(
        self, cursor: Cursor, chunk: Chunk, arrival: Arrival
    ) -> tuple[Counts, list[RejectedRow]]:
        records, resolved = self._customers_of(cursor, chunk.events, arrival)
        repeated = [each for each in chunk.events if hash(each.event.key) in self._seen]
        sorted_out = sort_out(cursor, self._fresh(chunk), arrival=arrival)
        fresh = sorted_out.events
        placed = [each for each in fresh if not each.customer_key or each.customer_key in records]
        lost = [each for each in fresh if each.customer_key and each.customer_key not in records]
        ready = [_placed(each, records) for each in placed]
        recorded = record_events(cursor, ready, arrival=arrival)
        quarantined = sorted_out.write(cursor, placed)
        counts = Counts(
            created=recorded.created,
            updated=recorded.updated,
            unchanged=recorded.unchanged + sorted_out.unchanged,
            rejected=sum(
                each.event.rows - 1 for each in (*lost, *repeated)
            )  # further rows of a refused event
            + quarantined,
            quarantined=quarantined,
            customers_created=resolved.customers_created,
            records_joined=resolved.records_joined,
            customers_merged=resolved.customers_merged,
            nobody_rows=sum(each.event.rows for each in placed if not each.customer_key),
        )
        twice = [each for each in chunk.held if hash(each.event.key) in self._seen]
        return counts, [
            *map(_unknown_customer, lost),
            *(_repeated_event(each.line, each.event.key) for each in repeated),
            *(_repeated_event(each.event.line, each.event.key) for each in twice),
            *sorted_out.rejected,
        ]

    def _fresh(self, chunk: Chunk) -> Chunk:
        """Events whose keys the chunks before did not have."""
        return replace(
            chunk,
            events=tuple(each for each in chunk.events if hash(each.event.key) not in self._seen),
            held=tuple(each for each in chunk.held if hash(each.event.key) not in self._seen),
        )

    def _write_agreements(
        self, cursor: Cursor, agreements: Sequence[StatedAgreement], arrival: Arrival
    ) -> tuple[Counts, list[RejectedRow]]:
        done = record_agreements(cursor, agreements, arrival=arrival, earlier=self._seen)
        counts = Counts(
            created=done.count(Fate.CREATED),
            updated=done.count(Fate.UPDATED),
            unchanged=done.count(Fate.UNCHANGED),
        )
        return counts, list(map(contradiction, done.refused))

    def _customers_of(
        self, cursor: Cursor, events: Sequence[PreparedEvent], arrival: Arrival
    ) -> tuple[dict[str, RecordId], Resolved]:
        """The record of every customer named, made where it is new. A record that is there is left as it is."""
        keys = sorted({each.customer_key for each in events if each.customer_key})
        known = known_records(cursor, keys, source_id=self.source.source_id)
        new = [each.customer for each in events if each.customer and each.customer_key not in known]
        staged = place_records(cursor, new, arrival=arrival)
        resolved = self._resolve(cursor, staged, {}, arrival)
        return known | {each.row.key: each.record_id for each in staged.created}, resolved

    def _resolve(self, cursor: Cursor, staged: StagedChunk, read: RecordsRead, arrival: Arrival) -> Resolved:
        """Write the records and link them; those of a list are held against customers instead."""
        if self.source.kind.is_list:
            self._watch_for(cursor, staged, arrival)
            return Resolved()
        resolution = Resolution.of(
            self.model, self.definition, at=arrival.at, ids=self._customer_ids, alone=self._alone
        )
        arrived = [_arrived(each, read.get(each.row.key), self.source, arrival.at) for each in staged.created]
        # a changed record may say what people stated instead of what was read
        arrived += [_arrived(each, None, self.source, arrival.at) for each in staged.updated]
        return resolution.resolve(cursor, arrived, lambda: self._store(cursor, staged, arrival))

    def _watch_for(self, cursor: Cursor, staged: StagedChunk, arrival: Arrival) -> None:
        watch_for(
            cursor,
            [
                Newcomer(each.record_id, each.row.prepared, each.row.block_keys)
                for each in (*staged.created, *staged.updated)
            ],
            lambda: self._store(cursor, staged, arrival),
            changed=[each.record_id for each in staged.updated],
            model=self.model,
            at=arrival.at,
        )

    def _store(self, cursor: Cursor, staged: StagedChunk, arrival: Arrival) -> None:
        self._store_records(cursor, staged, arrival)
        if self.seals:
            changed = (*staged.created, *staged.updated)
            plain = [PlainValue(each.record_id, *sealed) for each in changed for sealed in each.row.sealed]
            seal_values(cursor, plain, store=self.store, replace=[each.record_id for each in staged.updated])

    def _store_records(self, cursor: Cursor, staged: StagedChunk, arrival: Arrival) -> None:
        store_records(cursor, staged, arrival=arrival)
        join_holders(cursor, [(each.record_id, each.row.key) for each in staged.created], arrival=arrival)

    def _analyse_as_it_grows(self, rows: int) -> None:
        """Give the planner fresh statistics each time the file has grown several times over."""
        if rows < _MANY_ROWS:
            return
        with connection.cursor() as cursor:
            cursor.execute(_GROWTH)
            (grown,) = cursor.fetchall()[0]
            if grown:
                cursor.execute("SELECT analyse_after_import()")


def _arrived(staged: StagedRecord, read: Read | None, source: FoundSource, at: datetime) -> Arrived:
    row = staged.row
    return Arrived(
        staged.record_id,
        row.canonical,
        source.priority,
        row.as_of or at,
        row.prepared,
        row.block_keys,
        staged.old_prepared,
        source.source_id if source.one_record_per_customer else None,
        read,
    )


def _compared_with(row: ReadyRow, stated: Stated, model: MatchModel) -> ReadyRow:
    inputs = compared_inputs(orjson.loads(row.canonical), stated)
    return row._replace(prepared=inputs.to_json().decode(), block_keys=blocking_keys(inputs, model))


def _placed(each: PreparedEvent, records: dict[str, RecordId]) -> ReadyEvent:
    return replace(each.event, record_id=records.get(each.customer_key))


def _unknown_customer(each: PreparedEvent) -> RejectedRow:
    return RejectedRow(
        line=each.line,
        scope="row",
        key=each.event.key,
        field="customer.key",
        text=each.customer_key,
        reason=noted_text("The source has no customer with the key {key}.").format(key=each.customer_key),
        remedy=noted_text("Import the customers of this source first, then this file again."),
    )


def _repeated_event(line: int, key: str) -> RejectedRow:
    return RejectedRow(
        line=line,
        scope="row",
        key=key,
        field="event.key",
        text=key,
        reason=noted_text("The key {key} was used by an earlier line of the file.").format(key=key),
        remedy=noted_text("Keep one of the two lines, or give the other its own key."),
    )
