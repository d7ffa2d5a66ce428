"""Notes that people add to a customer: an event of the source `staff`, hung on one of the customer's records."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import orjson
from django.db import connection, transaction

from customerfile.access.sight import WHOLE
from customerfile.audit.operations import record as write_down
from customerfile.base.bulk import bulk_cursor
from customerfile.base.database import statement
from customerfile.base.ids import RecordId, SourceId
from customerfile.customers.golden.corrections import STAFF
from customerfile.customers.queries import CustomerSummary, customer_file, unknown_customer
from customerfile.embedded import Home
from customerfile.intake.errors import NoteRefused
from customerfile.intake.fields import Unusable, cards_in
from customerfile.intake.orders import content_digest
from customerfile.intake.received_delivery import HandedOver, begin_received, source_of
from customerfile.sources.operations import Counts, account_chunk
from customerfile.sources.rows import RawRow
from customerfile.sources.source_kinds import SourceKind
from customerfile.sources.staging import Arrival
from customerfile.timeline.recording import ReadyEvent, record_events
from customerfile.vault.keystore import key_store
from customerfile.vault.sealing import Blinder

_NOTE = "Note Added"


@dataclass(frozen=True, slots=True)
class NewNote:
    """What somebody writes about the customer a number leads to."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A note that stands on the timeline of a customer. `event` is named by source and key."""

    customer: str
    event: str
    at: datetime


@transaction.atomic
def add_note(note: NewNote, *, home: Home, by: str, at: datetime) -> Noted:
    """Add a note. Raises UnknownCustomer, NoteRefused."""
    text = _fit(note.text)
    customer = customer_file(note.number, sight=WHOLE).summary
    key = str(uuid4())
    handed = HandedOver(
        source=STAFF,
        kind_as="events",
        digest=hashlib.sha256(key.encode()).hexdigest(),
        size=len(text.encode()),
        name="by hand",
        kind=SourceKind.CUSTOMERS,
    )
    source = source_of(handed, by=by)
    arrival = Arrival(source.source_id, begin_received(handed, source, by=by), at)
    record_id = _hold_record(customer, source.source_id)
    event = _event(key, record_id, text, by=by, at=at, digest_key=Blinder(key_store(home.keys).index_key).key)
    with connection.wrap_database_errors, bulk_cursor(connection.connection, few=True) as cursor:
        record_events(cursor, [event], arrival=arrival)
        account_chunk(cursor, arrival.delivery_id, 0, Counts(rows=1, created=1), at=at)
    write_down(
        by=by,
        at=at,
        code="intake.note.added",
        subject=f"delivery:{arrival.delivery_id}",
        detail={"customers": [customer.number]},
    )
    return Noted(customer.number, f"{STAFF}/{key}", at)


def _fit(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise NoteRefused("The note is empty.", "Write what is to be remembered.")
    try:
        cards_in(RawRow(1, (stripped,)))
    except Unusable as problem:
        raise NoteRefused(
            "The note holds a payment card number, which is never stored.", "Take the number out of it."
        ) from problem
    return stripped


def _hold_record(customer: CustomerSummary, source_id: SourceId) -> RecordId:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "hold_record_for_note"), (customer.id, source_id))
        row = cursor.fetchone()
    if row is None:  # its last record left meanwhile
        raise unknown_customer(customer.number)
    return RecordId(row[0])


def _event(
    key: str, record_id: RecordId, text: str, *, by: str, at: datetime, digest_key: bytes
) -> ReadyEvent:
    properties = orjson.dumps({"text": text, "agent": by}, option=orjson.OPT_SORT_KEYS)
    return ReadyEvent(
        key=key,
        record_id=record_id,
        name=_NOTE,
        category="note",
        occurred_at=at,
        amount=None,
        currency="",
        quantity=None,
        properties=properties,
        digest=content_digest(_NOTE, "", at, (), properties, key=digest_key),
        rows=1,
    )
