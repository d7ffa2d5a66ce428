"""Puts a few hand-made records, purchases, notes and refusals into the file, by the writer that imports use."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import orjson

from customerfile.base.ids import DeliveryId
from customerfile.definition.queries import current_definition
from customerfile.embedded import home
from customerfile.intake.chunk_writer import ChunkWriter
from customerfile.intake.orders import PreparedEvent
from customerfile.intake.producing import Chunk
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import default_model
from customerfile.matching.prepare import prepare
from customerfile.sources.operations import NewDelivery, begin_delivery, ensure_source, finish_delivery
from customerfile.sources.staging import ReadyRow, RejectedRow
from customerfile.timeline.recording import ReadyEvent
from customerfile.vault.keystore import key_store

MORNING = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A record as its source has it: a key, the canonical values, and what was delivered."""

    key: str
    canonical: dict[str, Any]
    raw: dict[str, str]


def person(key: str, given: str, family: str, **more: Any) -> Row:
    """A person; `email`, `phone` and `born` in short, anything else as in the canonical record."""
    values: dict[str, Any] = {"kind": "person", "given_name": given, "family_name": family}
    for channel in ("email", "phone"):
        if channel in more:
            values[channel] = [{"value": more.pop(channel)}]
    if "born" in more:
        values["birth_date"] = more.pop("born")
    values |= more
    return Row(key, values, {"Name": f"{given} {family}", "Key": key})


def deliver(
    source: str, rows: Sequence[Row], *, at: datetime = MORNING, rejected: Sequence[RejectedRow] = ()
) -> DeliveryId:
    """Deliver records as of a moment; gives back the delivery."""
    refused = sum(each.scope == "row" for each in rejected)
    chunk = Chunk(1, len(rows) + refused, tuple(_ready(row, at) for row in rows), rejected=tuple(rejected))
    return _deliver(source, source, chunk, at)


def buy(
    source: str, key: str, *, number: int, at: datetime, amount: str = "20.00", product: str = ""
) -> DeliveryId:
    """Record a purchase of the record with this key, or a return where the amount is below zero."""
    name = "Order Refunded" if amount.startswith("-") else "Order Completed"
    about = orjson.dumps({"products": [{"name": product or f"Teapot {number}"}]})
    event = ReadyEvent(
        f"O-{number}", None, name, "purchase", at, Decimal(amount), "GBP", None, about, number, 1
    )
    return _deliver(source, event.key, Chunk(1, 1, events=(PreparedEvent(event, key, 2),)), at)


def note(source: str, key: str, *, number: int, at: datetime, text: str) -> DeliveryId:
    """Record a note on the record with this key."""
    about = orjson.dumps({"text": text})
    event = ReadyEvent(f"N-{number}", None, "Note Added", "note", at, None, "", None, about, number, 1)
    return _deliver(source, event.key, Chunk(1, 1, events=(PreparedEvent(event, key, 2),)), at)


def _deliver(source: str, name: str, chunk: Chunk, at: datetime) -> DeliveryId:
    found = ensure_source(source, country="GB", by="tester", at=at)
    new = NewDelivery(
        source_id=found.source_id,
        file_name=f"{name}.csv",
        file_digest=hashlib.sha256(f"{name}{at}".encode()).hexdigest(),
        file_bytes=1234,
        kind_as="events" if chunk.events else "customers",
        mapping="columns:\n  Name: {to: [given_name, family_name]}\n",
        detected={"format": "csv", "delimiter": ",", "encoding": "utf-8", "has_header": True, "notes": []},
    )
    delivery_id = begin_delivery(new, by="tester", at=at).delivery_id
    writer = ChunkWriter(found, delivery_id, current_definition(), key_store(home().keys), seals=False)
    with patch("customerfile.intake.chunk_writer.now", lambda: at):
        writer.write(chunk)
    finish_delivery(delivery_id, by="tester", at=at)
    return delivery_id


def _ready(row: Row, at: datetime) -> ReadyRow:
    canonical = orjson.dumps(row.canonical, option=orjson.OPT_SORT_KEYS)
    prepared = prepare(row.canonical)
    return ReadyRow(
        line=1,
        key=row.key,
        kind=row.canonical["kind"],
        raw=orjson.dumps(row.raw),
        canonical=canonical,
        prepared=prepared.to_json().decode(),
        block_keys=blocking_keys(prepared, default_model()),
        digest=int.from_bytes(hashlib.blake2b(canonical, digest_size=8).digest(), signed=True),
        as_of=at,
    )
