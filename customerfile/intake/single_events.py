"""Reads files of events: one row is one dated fact about one customer (a call, a note, a visit).

An event that does not fit the tracking plan, mended by the rules of its source, is held: it goes to quarantine.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import orjson

from customerfile.base.told import noted_text
from customerfile.definition.schema import FileDefinition
from customerfile.definition.tracking_plan import Fitting, Misfit, TrackingPlan
from customerfile.intake.fields import Unusable, cards_in, instant_of, money_of
from customerfile.intake.mending import NOTHING, Mending
from customerfile.intake.orders import EventChunk, PreparedEvent, content_digest
from customerfile.intake.preparing import Preparer
from customerfile.sources.mapper import MappedRow, content_key
from customerfile.sources.rows import RawRow, RowStream
from customerfile.sources.staging import RejectedRow
from customerfile.timeline.quarantine import HeldEvent, MendedEvent, SaidEvent
from customerfile.timeline.recording import ReadyEvent
from customerfile.values.outcome import Context

type ReadEvent = PreparedEvent | HeldEvent
type Money = tuple[Decimal | None, str]

_PROPERTY = "event.property."
_SAID = ("event.name", "event.at", "event.amount", "event.currency")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Planned:
    """What events are held against: the plan, after the rules. `keeps`: what was said is kept of every event."""

    plan: TrackingPlan
    mending: Mending = NOTHING
    keeps: bool = False

    @classmethod
    def of(cls, definition: FileDefinition, mending: Mending) -> "Planned":
        """By the plan of this definition."""
        return cls(TrackingPlan.of(definition), mending)


def event_chunks(made: Preparer, stream: RowStream, mending: Mending = NOTHING) -> Iterator[EventChunk]:
    """One chunk per batch of the file. A key that comes again within a batch is refused."""
    planned = Planned.of(made.definition, mending)
    for batch in stream.batches():
        events: dict[str, ReadEvent] = {}
        rejected: list[RejectedRow] = []
        for row in batch:
            try:
                read = event_of(row, made, planned)
                add_event(read, events)
            except Unusable as refusal:
                rejected.append(refusal.rejected(row))
        yield event_chunk(len(batch), events, rejected)


def event_chunk(rows: int, events: Mapping[str, ReadEvent], rejected: list[RejectedRow]) -> EventChunk:
    """What was read, sorted by what becomes of it."""
    found = events.values()
    return EventChunk(
        rows,
        tuple(each for each in found if isinstance(each, PreparedEvent)),
        tuple(rejected),
        tuple(each for each in found if isinstance(each, HeldEvent)),
    )


def event_of(row: RawRow, made: Preparer, planned: Planned) -> ReadEvent:
    """The event of one row, or what of it has to wait. Raises Unusable."""
    cards_in(row)
    mapped = made.mapper.map(row)
    name = _name(mapped)
    if not mapped.key:
        raise Unusable(
            "customer.key", "The row names no customer.", "Map the column with the customer's key."
        )
    at = instant_of("event.at", mapped, made.context)
    money = money_of("event.amount", mapped, made.context)
    key = mapped.first("event.key") or content_key(row.values)
    mended = planned.mending.apply(name, said_properties(mapped))
    fitting = planned.plan.fit(mended.name, mended.properties, made.context)
    if isinstance(fitting, Misfit):
        said = _said(row.line, key, mapped, at, made)
        return HeldEvent(said, fitting.field, fitting.reason, fitting.remedy)
    event = _ready(key, mapped.key, at, money, fitting, made)
    if not (planned.keeps or mended.rules):
        return PreparedEvent(event, mapped.key, row.line)
    kept = MendedEvent(_said(row.line, key, mapped, at, made), mended.rules)
    return PreparedEvent(event, mapped.key, row.line, mended=kept)


def add_event(read: ReadEvent, events: dict[str, ReadEvent]) -> None:
    """Raises Unusable for a key that came before."""
    key = read.event.key
    if key in events:
        raise Unusable(
            "event.key",
            noted_text("The event key {key} comes twice in the file.").format(key=key),
            "Keep one of the two rows, or give the other its own key.",
        )
    events[key] = read


def _name(mapped: MappedRow) -> str:
    name = mapped.first("event.name")
    if not name or len(name) > _LONGEST_NAME:
        raise Unusable(
            "event.name",
            noted_text("The name of the event is longer than {most} characters.").format(most=_LONGEST_NAME)
            if name
            else noted_text("The row does not name its event."),
            noted_text("Say what happened by the name of an event type of the definition."),
        )
    return name


def _ready(
    key: str, customer: str, at: datetime, money: Money, fitting: Fitting, made: Preparer
) -> ReadyEvent:
    properties = orjson.dumps(fitting.properties, option=orjson.OPT_SORT_KEYS)
    name = fitting.event_type.name
    return ReadyEvent(
        key=key,
        record_id=None,
        name=name,
        category=fitting.event_type.category,
        occurred_at=at,
        amount=money[0],
        currency=money[1],
        quantity=None,
        properties=properties,
        digest=content_digest(name, customer, at, money, properties, key=made.blinder.key),
        rows=1,
    )


def _said(line: int, key: str, mapped: MappedRow, at: datetime, made: Preparer) -> SaidEvent:
    """The texts as they came, by what they mean, and what they are read by."""
    said = {field: text for field in _SAID if (text := mapped.first(field))}
    packed = orjson.dumps(
        {"texts": said, "properties": said_properties(mapped), "units": _units(made.context)},
        option=orjson.OPT_SORT_KEYS,
    )
    digest = hashlib.blake2b(mapped.key.encode() + b"\x1f" + packed, key=made.blinder.key, digest_size=8)
    return SaidEvent(
        key=key,
        line=line,
        customer_key=mapped.key,
        name=mapped.first("event.name"),
        occurred_at=at,
        said=packed,
        digest=int.from_bytes(digest.digest(), signed=True),
    )


def _units(context: Context) -> dict[str, str]:
    return {
        "country": context.country,
        "date_order": context.date_order,
        "currency": context.currency,
        "time_zone": context.time_zone,
    }


def said_properties(mapped: MappedRow) -> dict[str, str]:
    """The properties that a row names, as texts."""
    return {
        field.removeprefix(_PROPERTY): str(values[0].raw)
        for field, values in mapped.fields.items()
        if field.startswith(_PROPERTY)
    }
