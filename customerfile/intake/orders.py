"""Groups order lines into orders. Lines of one order may stand anywhere in the file, so they are sorted first.

Negative lines, and lines of orders numbered `C...`, are returns: an event of their own beside the purchase.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from customerfile.intake.order_lines import LineReader, OrderLine
from customerfile.intake.preparing import Preparer
from customerfile.intake.sorting import LineSorter
from customerfile.sources.rows import RowStream
from customerfile.sources.staging import ReadyRow, RejectedRow
from customerfile.timeline.quarantine import HeldEvent, MendedEvent
from customerfile.timeline.recording import ReadyEvent

PURCHASE, RETURN = "Order Completed", "Order Refunded"
_CHUNK_ROWS = 5000
_CENT = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class PreparedEvent:
    """An event whose customer is still a key in the source ("" for nobody). `customer` makes the record where new.

    `mended`: what was said of it, where that is to be kept.
    """

    event: ReadyEvent
    customer_key: str
    line: int
    customer: ReadyRow | None = None
    mended: MendedEvent | None = None


@dataclass(frozen=True, slots=True)
class EventChunk:
    rows: int
    events: tuple[PreparedEvent, ...]
    rejected: tuple[RejectedRow, ...] = ()
    held: tuple[HeldEvent, ...] = ()  # for the quarantine


def order_chunks(made: Preparer, stream: RowStream, *, spool: Path) -> Iterator[EventChunk]:
    """All orders of a file in the order of their keys, after the refused lines."""
    reader = LineReader(made)
    with LineSorter(spool) as sorter:
        for batch in stream.batches():
            lines, rejected = reader.read(batch)
            sorter.add(lines)
            if rejected:
                yield EventChunk(len(rejected), (), tuple(rejected))
        yield from _chunked(_orders(sorter.sorted_lines(), reader, made))


def _orders(lines: Iterator[OrderLine], reader: LineReader, made: Preparer) -> Iterator[PreparedEvent]:
    for _, group in groupby(lines, key=lambda line: line.order):
        members = list(group)
        for name, part in (
            (PURCHASE, [m for m in members if not m.is_return]),
            (RETURN, [m for m in members if m.is_return]),
        ):
            if part:
                yield _event(name, part, reader, made, alone=len(part) == len(members))


def _event(
    name: str, lines: Sequence[OrderLine], reader: LineReader, made: Preparer, *, alone: bool
) -> PreparedEvent:
    """One order, or the returned part of one. It happened when its first line did; its customer is the first named."""
    order = lines[0].order
    customer = next((line.customer for line in lines if line.customer), "")
    currency = next((line.currency for line in lines if line.currency), "XXX")
    total = sum((line.amount for line in lines), Decimal(0)).quantize(_CENT)
    properties = orjson.dumps({"order_id": order, "products": [line.as_product() for line in lines]})
    at = min(line.at for line in lines)
    event = ReadyEvent(
        key=order if alone or name == PURCHASE else f"{order} (returns)",
        record_id=None,
        name=name,
        category="purchase",
        occurred_at=at,
        amount=total,
        currency=currency,
        quantity=sum((line.quantity for line in lines), Decimal(0)),
        properties=properties,
        digest=content_digest(name, customer, at, [total, currency], properties, key=made.blinder.key),
        rows=len(lines),
    )
    return PreparedEvent(event, customer, lines[0].line, reader.customer(customer))


def content_digest(
    name: str, customer: str, at: datetime, money: Sequence[Any], properties: bytes, *, key: bytes
) -> int:
    """Tells whether an event changed."""
    content = orjson.dumps([name, customer, at.isoformat(), *map(str, money)]) + properties
    return int.from_bytes(hashlib.blake2b(content, key=key, digest_size=8).digest(), signed=True)


def _chunked(events: Iterator[PreparedEvent]) -> Iterator[EventChunk]:
    held: list[PreparedEvent] = []
    rows = 0
    for each in events:
        held.append(each)
        rows += each.event.rows
        if rows >= _CHUNK_ROWS:
            yield EventChunk(rows, tuple(held))
            held, rows = [], 0
    if held:
        yield EventChunk(rows, tuple(held))
