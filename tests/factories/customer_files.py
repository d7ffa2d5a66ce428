"""Puts a few hand-made records, purchases and refusals into the file, the way a delivery does."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson
from django.db import connection, transaction

from customerfile.base.ids import DeliveryId
from customerfile.customers.golden import LinkedRecord
from customerfile.customers.resolution import Arrived, Resolution
from customerfile.definition.queries import current_definition
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import default_model
from customerfile.matching.prepare import prepare
from customerfile.matching.prepared import Prepared
from customerfile.sources.operations import (
    Counts,
    NewDelivery,
    account_chunk,
    begin_delivery,
    ensure_source,
    finish_delivery,
    store_rejects,
)
from customerfile.sources.staging import Arrival, ReadyRow, RejectedRow, known_records, stage_records
from customerfile.timeline.recording import ReadyEvent, record_events

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
    for short, long in (("email", "email"), ("phone", "phone")):
        if short in more:
            values[long] = [{"value": more.pop(short)}]
    if "born" in more:
        values["birth_date"] = more.pop("born")
    values |= more
    return Row(key, values, {"Name": f"{given} {family}", "Key": key})


def deliver(
    source: str, rows: Sequence[Row], *, at: datetime = MORNING, rejected: Sequence[RejectedRow] = ()
) -> DeliveryId:
    """Deliver records; gives back the delivery."""
    found = ensure_source(source, country="GB", by="tester", at=at)
    delivery_id = _begin(source, found.source_id, "customers", at)
    with transaction.atomic(), connection.cursor() as wrapper:
        cursor = wrapper.cursor
        staged = stage_records(
            cursor, [_ready(row) for row in rows], arrival=Arrival(found.source_id, delivery_id, at)
        )
        arrived = [_arrived(each, found.priority, at) for each in (*staged.created, *staged.updated)]
        resolved = Resolution.of(default_model(), current_definition(), at=at).resolve(cursor, arrived)
        store_rejects(cursor, delivery_id, rejected)
        refused = sum(each.scope == "row" for each in rejected)
        counts = Counts(
            rows=len(rows) + refused,
            created=len(staged.created),
            updated=len(staged.updated),
            unchanged=staged.unchanged,
            rejected=refused,
            customers_created=resolved.customers_created,
            records_joined=resolved.records_joined,
            customers_merged=resolved.customers_merged,
            value_faults=len(rejected) - refused,
        )
        account_chunk(delivery_id, 1, counts, at=at)
    finish_delivery(delivery_id, by="tester", at=at)
    return delivery_id


def buy(source: str, key: str, *, number: int, at: datetime, amount: str = "20.00") -> None:
    """Record a purchase of the record with this key, or a return where the amount is below zero."""
    name = "Order Refunded" if amount.startswith("-") else "Order Completed"
    about = {"products": [{"name": f"Teapot {number}"}]}
    event = ReadyEvent(
        f"O-{number}",
        None,
        name,
        "purchase",
        at,
        Decimal(amount),
        "GBP",
        None,
        orjson.dumps(about),
        number,
        1,
    )
    _record(source, key, event)


def note(source: str, key: str, *, number: int, at: datetime, text: str) -> None:
    """Record a note on the record with this key."""
    event = ReadyEvent(
        f"N-{number}", None, "Note Added", "note", at, None, "", None, orjson.dumps({"text": text}), number, 1
    )
    _record(source, key, event)


def _record(source: str, key: str, event: ReadyEvent) -> None:
    at = event.occurred_at
    found = ensure_source(source, country="GB", by="tester", at=at)
    delivery_id = _begin(f"{source}-{event.key}", found.source_id, "events", at)
    with transaction.atomic(), connection.cursor() as wrapper:
        cursor = wrapper.cursor
        record = known_records(cursor, [key], source_id=found.source_id)[key]
        placed = replace(event, record_id=record.record_id)
        record_events(cursor, [placed], arrival=Arrival(found.source_id, delivery_id, at))
        account_chunk(delivery_id, 1, Counts(rows=1, created=1), at=at)
    finish_delivery(delivery_id, by="tester", at=at)


def _begin(name: str, source_id: Any, kind_as: str, at: datetime) -> DeliveryId:
    new = NewDelivery(
        source_id=source_id,
        file_name=f"{name}.csv",
        file_digest=hashlib.sha256(f"{name}{at}".encode()).hexdigest(),
        file_bytes=1234,
        kind_as=kind_as,
        mapping="columns:\n  Name: {to: [given_name, family_name]}\n",
        detected={"format": "csv", "delimiter": ",", "encoding": "utf-8", "has_header": True, "notes": []},
    )
    return begin_delivery(new, by="tester", at=at).delivery_id


def _ready(row: Row) -> ReadyRow:
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
        as_of=None,
    )


def _arrived(staged: Any, priority: int, at: datetime) -> Arrived:
    old = Prepared.from_json(staged.old_prepared) if staged.old_prepared is not None else None
    record = LinkedRecord(staged.record_id, orjson.loads(staged.row.canonical), priority, at)
    return Arrived(record, Prepared.from_json(staged.row.prepared), staged.row.block_keys, old)
