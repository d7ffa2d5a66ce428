"""Reads files of events: one row is one dated fact about one customer (a call, a note, a visit)."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import orjson

from customerfile.base.told import noted_text
from customerfile.definition.schema import FileDefinition
from customerfile.intake.fields import Unusable, cards_in, instant_of, money_of
from customerfile.intake.orders import EventChunk, PreparedEvent, content_digest
from customerfile.intake.preparing import Preparer
from customerfile.sources.mapper import MappedRow, content_key
from customerfile.sources.rows import RawRow, RowStream
from customerfile.sources.staging import RejectedRow
from customerfile.timeline.recording import ReadyEvent

_PROPERTY = "event.property."


def event_chunks(made: Preparer, stream: RowStream) -> Iterator[EventChunk]:
    """One chunk per batch of the file. A key that comes again within a batch is refused."""
    categories = event_categories(made.definition)
    for batch in stream.batches():
        events: dict[str, PreparedEvent] = {}
        rejected: list[RejectedRow] = []
        for row in batch:
            try:
                prepared = event_of(row, made, categories)
                refuse_repeat(prepared, events)
                events[prepared.event.key] = prepared
            except Unusable as refusal:
                rejected.append(refusal.rejected(row))
        yield EventChunk(len(batch), tuple(events.values()), tuple(rejected))


def event_categories(definition: FileDefinition) -> dict[str, str]:
    """The category of each event type, by its name."""
    return {event_type.name: event_type.category for event_type in definition.event_types}


def event_of(row: RawRow, made: Preparer, categories: dict[str, str]) -> PreparedEvent:
    """The event of one row. Raises Unusable."""
    cards_in(row)
    mapped = made.mapper.map(row)
    name = mapped.first("event.name")
    if name not in categories:
        raise Unusable(
            "event.name",
            noted_text('The event "{name}" is not in the file definition.').format(name=name)
            if name
            else noted_text("The row does not name its event."),
            noted_text("Use one of: {events}; or add the event type to the definition.").format(
                events=", ".join(sorted(categories))
            ),
        )
    if not mapped.key:
        raise Unusable(
            "customer.key", "The row names no customer.", "Map the column with the customer's key."
        )
    at = instant_of("event.at", mapped, made.context)
    amount, currency = money_of("event.amount", mapped, made.context)
    event = _ready(row, mapped, name, categories[name], at, (amount, currency), made)
    return PreparedEvent(event, mapped.key, row.line)


def _ready(
    row: RawRow,
    mapped: MappedRow,
    name: str,
    category: str,
    at: datetime,
    money: tuple[Decimal | None, str],
    made: Preparer,
) -> ReadyEvent:
    properties = orjson.dumps(_properties(mapped), option=orjson.OPT_SORT_KEYS)
    return ReadyEvent(
        key=mapped.first("event.key") or content_key(row.values),
        record_id=None,
        name=name,
        category=category,
        occurred_at=at,
        amount=money[0],
        currency=money[1],
        quantity=None,
        properties=properties,
        digest=content_digest(name, mapped.key, at, money, properties, key=made.blinder.key),
        rows=1,
    )


def _properties(mapped: MappedRow) -> dict[str, str]:
    return {
        field.removeprefix(_PROPERTY): str(values[0].raw)
        for field, values in mapped.fields.items()
        if field.startswith(_PROPERTY)
    }


def refuse_repeat(prepared: PreparedEvent, events: dict[str, PreparedEvent]) -> None:
    """Raises Unusable for a key that came before."""
    if prepared.event.key in events:
        raise Unusable(
            "event.key",
            noted_text("The event key {key} comes twice in the file.").format(key=prepared.event.key),
            "Keep one of the two rows, or give the other its own key.",
        )
