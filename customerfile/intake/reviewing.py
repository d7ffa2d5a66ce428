"""Holds what waits in quarantine against the tracking plan again, with the rules of its source. Writes nothing."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import connection

from customerfile.base.bulk import bulk_cursor
from customerfile.base.ids import SourceId
from customerfile.base.told import noted_text
from customerfile.customers.resolution.match_models import current_model
from customerfile.definition.queries import current_definition
from customerfile.embedded import Home
from customerfile.intake.event_items import CUSTOMER_KEY
from customerfile.intake.event_reading import EventPreparers
from customerfile.intake.fields import Unusable
from customerfile.intake.mending import Mending
from customerfile.intake.orders import PreparedEvent
from customerfile.intake.received_delivery import Reading
from customerfile.intake.single_events import Planned, event_of
from customerfile.sources.rows import RawRow
from customerfile.sources.staging import known_records
from customerfile.timeline.quarantine import HeldEvent
from customerfile.timeline.quarantine_queries import WaitingEvent, waiting_events
from customerfile.values.outcome import Context
from customerfile.vault.keystore import key_store

type Reason = tuple[int, str, str, str]  # of an event that stays: its id, field, reason, remedy


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A part of what waits: events that fit now, and why the others stay."""

    fitting: tuple[PreparedEvent, ...]
    staying: tuple[Reason, ...]
    changed: tuple[Reason, ...]  # of those that stay, for another reason than before


@dataclass(frozen=True, slots=True)
class Review:
    """What events of one source are read and held against."""

    source_id: SourceId
    reading: Reading
    planned: Planned
    preparers: EventPreparers

    @classmethod
    def of(cls, source_id: SourceId, mending: Mending, home: Home) -> "Review":
        """By the definition that runs, and these rules."""
        reading = Reading(current_definition(), current_model(), key_store(home.keys))
        planned = replace(Planned.of(reading.definition, mending), keeps=True)
        return cls(source_id, reading, planned, EventPreparers(reading))

    def parts(self, names: Sequence[str] | None) -> Iterator[Reviewed]:
        """All that waits under these names, or at all, part by part."""
        for part in waiting_events(self.source_id, names):
            yield self._reviewed(part)

    def _reviewed(self, part: Sequence[WaitingEvent]) -> Reviewed:
        with connection.wrap_database_errors, bulk_cursor(connection.connection) as cursor:
            known = known_records(
                cursor, sorted({each.customer_key for each in part}), source_id=self.source_id
            )
        fitting: list[PreparedEvent] = []
        staying: list[Reason] = []
        for each in part:
            read = self._read(each, known)
            if isinstance(read, PreparedEvent):
                fitting.append(read)
            else:
                staying.append((each.id, *read))
        before = {each.id: each.reason for each in part}
        changed = tuple(each for each in staying if each[2] != before[each[0]])
        return Reviewed(tuple(fitting), tuple(staying), changed)

    def _read(self, each: WaitingEvent, known: Container[str]) -> PreparedEvent | tuple[str, str, str]:
        texts = {
            "event.key": each.key,
            CUSTOMER_KEY: each.customer_key,
            **each.texts,
            **{f"event.property.{name}": text for name, text in sorted(each.properties.items())},
        }
        units = Context(**each.units)
        row = RawRow(each.line, tuple(texts.values()))
        try:
            read = event_of(row, self.preparers.preparer(tuple(texts), units), self.planned)
        except Unusable as refusal:
            return refusal.field, refusal.reason, refusal.remedy
        if isinstance(read, HeldEvent):
            return read.field, read.reason, read.remedy
        return read if each.customer_key in known else _nobody(each)


def _nobody(each: WaitingEvent) -> tuple[str, str, str]:
    return (
        CUSTOMER_KEY,
        noted_text("The source has no customer with the key {key}.").format(key=each.customer_key),
        noted_text("Import the customers of this source first, then release these events."),
    )
