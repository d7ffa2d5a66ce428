"""Takes in events that a program hands over, by the same reading and recording as a file's rows.

Invariants: one transaction, so that a call that failed left nothing behind; every item has its outcome, in order; an
event is recorded once for its key.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from customerfile.base.database import statement
from customerfile.base.ids import DeliveryId, SourceId
from customerfile.customers.resolution.match_models import current_model
from customerfile.definition.queries import current_definition
from customerfile.embedded import Home
from customerfile.intake.context import reading_context
from customerfile.intake.event_items import CUSTOMER_KEY, event_columns
from customerfile.intake.fields import Unusable
from customerfile.intake.items import Unfit
from customerfile.intake.orders import PreparedEvent
from customerfile.intake.preparing import Preparer, preparer
from customerfile.intake.producing import Chunk
from customerfile.intake.received_delivery import HandedOver, Reading, Written, write_received
from customerfile.intake.receiving import Became, Refusal, became, refusal, rejected_rows
from customerfile.intake.record_reading import unfit_row
from customerfile.intake.single_events import event_categories, event_of, refuse_repeat
from customerfile.sources.mapper import compile_mapping
from customerfile.sources.mapping import ColumnMapping
from customerfile.sources.mapping import Mapping as FieldMapping
from customerfile.sources.queries import Reject
from customerfile.sources.rows import RawRow
from customerfile.sources.staging import RejectedRow
from customerfile.vault.keystore import key_store
from customerfile.vault.sealing import Blinder

MOST_EVENTS = 1000


@dataclass(frozen=True, slots=True)
class EventBatch:
    """Events of one source as they were handed over. `content` is the text of the call, for its digest."""

    source: str
    events: Sequence[Mapping[str, object]]
    content: bytes
    country: str = ""
    currency: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class EventOutcome:
    """What became of one event. `customer`: whom it is about."""

    key: str
    outcome: Became
    customer: str | None
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivedEvents:
    """One outcome per event, in order."""

    delivery: DeliveryId
    created: int
    updated: int
    unchanged: int
    rejected: int
    results: tuple[EventOutcome, ...]


@transaction.atomic
def receive_events(batch: EventBatch, *, home: Home, by: str) -> ReceivedEvents:
    """Take in events as one delivery; durable when the outermost transaction is. Events never raise.

    Raises BadSourceKey, SourceBusy, ListHoldsPeople: then nothing of the batch was taken.
    """
    reading = Reading(current_definition(), current_model(), key_store(home.keys))
    chunk = _Reader(batch, reading).chunk()
    handed = HandedOver(
        source=batch.source,
        kind_as="events",
        digest=hashlib.sha256(batch.content).hexdigest(),
        size=len(batch.content),
        country=batch.country,
    )
    written = write_received(handed, chunk, reading=reading, by=by)
    counts, results = written.counts, tuple(_outcomes(chunk, written))
    return ReceivedEvents(
        written.delivery_id, counts.created, counts.updated, counts.unchanged, counts.rejected, results
    )


class _Reader:
    """Reads items. Those that give the same columns are read alike, as the rows of one file are."""

    def __init__(self, batch: EventBatch, reading: Reading) -> None:
        self._batch, self._reading = batch, reading
        self._blinder = Blinder(reading.store.index_key)
        self._categories = event_categories(reading.definition)
        self._preparers: dict[tuple[str, ...], Preparer] = {}

    def chunk(self) -> Chunk:
        events: dict[str, PreparedEvent] = {}
        rejected: list[RejectedRow] = []
        for line, item in enumerate(self._batch.events, start=1):
            try:
                columns = event_columns(item)
            except Unfit as unfit:
                rejected.append(unfit_row(line, item, unfit))
                continue
            row = RawRow(line, tuple(columns.values()))
            try:
                prepared = event_of(row, self._preparer(tuple(columns)), self._categories)
                refuse_repeat(prepared, events)
            except Unusable as unusable:
                rejected.append(unusable.rejected(row)._replace(key=columns["event.key"]))
                continue
            events[prepared.event.key] = prepared
        return Chunk(0, len(self._batch.events), events=tuple(events.values()), rejected=tuple(rejected))

    def _preparer(self, columns: tuple[str, ...]) -> Preparer:
        if columns not in self._preparers:
            self._preparers[columns] = self._made(columns)
        return self._preparers[columns]

    def _made(self, columns: tuple[str, ...]) -> Preparer:
        mapping = FieldMapping(
            kind_as="events",
            key=(CUSTOMER_KEY,),
            columns=tuple(ColumnMapping(column, (column,)) for column in columns if column != CUSTOMER_KEY),
            country=self._batch.country,
            currency=self._batch.currency,
            time_zone=self._batch.time_zone,
        )
        return preparer(
            columns,
            compile_mapping(mapping, columns),
            frozenset(),
            definition=self._reading.definition,
            context=reading_context(mapping),
            model=self._reading.model,
            blinder=self._blinder,
        )


def _outcomes(chunk: Chunk, written: Written) -> Iterator[EventOutcome]:
    rejected = rejected_rows(chunk, written)
    keys = {each.line: each.event.key for each in chunk.events}
    standing = _standing(written.source_id, list(keys.values()))
    for line in range(1, chunk.rows + 1):
        if line in rejected:
            yield EventOutcome(rejected[line].key, Became.REJECTED, None, (_refusal(rejected[line]),))
            continue
        version, delivery, number = standing[keys[line]]
        is_new = delivery == written.delivery_id
        yield EventOutcome(keys[line], became(version, is_new=is_new), number)


def _refusal(rejected: RejectedRow | Reject) -> Refusal:
    """In the names that an item has for its fields."""
    told = refusal(rejected)
    field = "customer" if told.field == CUSTOMER_KEY else told.field.removeprefix("event.")
    return Refusal(field, told.reason, told.remedy)


def _standing(source_id: SourceId, keys: Sequence[str]) -> dict[str, tuple[int, int, str | None]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "standing_events"), (source_id, list(keys)))
        return {key: (version, delivery, number) for key, version, delivery, number in cursor.fetchall()}
