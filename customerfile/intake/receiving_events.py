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
from customerfile.definition.tracking_plan import NAME
from customerfile.embedded import Home
from customerfile.intake.event_items import CUSTOMER_KEY, event_columns
from customerfile.intake.event_reading import EventPreparers
from customerfile.intake.fields import Unusable
from customerfile.intake.items import Unfit
from customerfile.intake.mending import NOTHING, Mending
from customerfile.intake.producing import Chunk
from customerfile.intake.received_delivery import HandedOver, Reading, Written, write_received
from customerfile.intake.receiving import Became, Refusal, became, refusal, rejected_rows
from customerfile.intake.record_reading import unfit_row
from customerfile.intake.single_events import Planned, ReadEvent, add_event, event_chunk, event_of
from customerfile.sources.queries import Reject
from customerfile.sources.received import find_source
from customerfile.sources.rows import RawRow
from customerfile.sources.staging import RejectedRow
from customerfile.timeline.quarantine import HeldEvent
from customerfile.timeline.quarantine_queries import mending_rules, waiting_of
from customerfile.values.outcome import Context
from customerfile.vault.keystore import key_store

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
    """One outcome per event, in order. `quarantined`: how many of those rejected wait in quarantine."""

    delivery: DeliveryId
    created: int
    updated: int
    unchanged: int
    rejected: int
    quarantined: int
    results: tuple[EventOutcome, ...]


@transaction.atomic
def receive_events(batch: EventBatch, *, home: Home, by: str) -> ReceivedEvents:
    """Take in events as one delivery; durable when the outermost transaction is. Events never raise.

    Raises BadSourceKey, SourceBusy, ListHoldsPeople: then nothing of the batch was taken.
    """
    reading = Reading(current_definition(), current_model(), key_store(home.keys))
    chunk = _Reader(batch, reading, _mending(batch.source)).chunk()
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
        written.delivery_id,
        counts.created,
        counts.updated,
        counts.unchanged,
        counts.rejected,
        counts.quarantined,
        results,
    )


def _mending(source_key: str) -> Mending:
    """The rules of the source, where it is known."""
    source = find_source(source_key)
    return Mending.of(mending_rules(source.source_id)) if source else NOTHING


class _Reader:
    """Reads items. Those that give the same columns are read alike, as the rows of one file are."""

    def __init__(self, batch: EventBatch, reading: Reading, mending: Mending) -> None:
        self._batch = batch
        self._units = Context(batch.country, "", batch.currency, batch.time_zone)
        self._planned = Planned.of(reading.definition, mending)
        self._preparers = EventPreparers(reading)

    def chunk(self) -> Chunk:
        events: dict[str, ReadEvent] = {}
        rejected: list[RejectedRow] = []
        for line, item in enumerate(self._batch.events, start=1):
            try:
                columns = event_columns(item)
            except Unfit as unfit:
                rejected.append(unfit_row(line, item, unfit))
                continue
            row = RawRow(line, tuple(columns.values()))
            try:
                made = self._preparers.preparer(tuple(columns), self._units)
                add_event(event_of(row, made, self._planned), events)
            except Unusable as unusable:
                rejected.append(unusable.rejected(row)._replace(key=columns["event.key"]))
        read = event_chunk(len(self._batch.events), events, rejected)
        return Chunk(0, read.rows, events=read.events, rejected=read.rejected, held=read.held)


def _outcomes(chunk: Chunk, written: Written) -> Iterator[EventOutcome]:
    rejected = rejected_rows(chunk, written)
    held = {each.event.line: each for each in chunk.held}
    keys = {each.line: each.event.key for each in chunk.events}
    keys |= {line: each.event.key for line, each in held.items()}
    standing = _standing(written.source_id, list(keys.values()))
    waiting = waiting_of(written.source_id, [each.event.key for each in chunk.held])
    for line in range(1, chunk.rows + 1):
        if line in rejected:
            yield EventOutcome(rejected[line].key, Became.REJECTED, None, (_refusal(rejected[line]),))
            continue
        if line in held and keys[line] in waiting:
            yield EventOutcome(keys[line], Became.QUARANTINED, None, (_why(held[line]),))
            continue
        version, delivery, number = standing[keys[line]]
        is_new = delivery == written.delivery_id
        yield EventOutcome(keys[line], became(version, is_new=is_new), number)


def _refusal(rejected: RejectedRow | Reject) -> Refusal:
    """In the names that an item has for its fields."""
    told = refusal(rejected)
    field = "customer" if told.field == CUSTOMER_KEY else told.field.removeprefix("event.")
    return Refusal(field, told.reason, told.remedy)


def _why(held: HeldEvent) -> Refusal:
    field = NAME if held.field == NAME else f"properties.{held.field}"
    return Refusal(field, held.reason, held.remedy)


def _standing(source_id: SourceId, keys: Sequence[str]) -> dict[str, tuple[int, int, str | None]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "standing_events"), (source_id, list(keys)))
        return {key: (version, delivery, number) for key, version, delivery, number in cursor.fetchall()}
