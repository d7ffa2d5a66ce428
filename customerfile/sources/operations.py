"""Writes about sources and deliveries: begin, account for each chunk, finish, fail."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction

from customerfile.audit.changes import changed
from customerfile.audit.operations import record
from customerfile.base.bulk import Cursor, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import DeliveryId, SourceId
from customerfile.base.told import told
from customerfile.sources.errors import (
    BadSourceKey,
    SourceBusy,
    SourceKindFixed,
    UnknownDelivery,
    UnknownSource,
)
from customerfile.sources.models import Delivery, DeliveryChunk, Record, Source
from customerfile.sources.source_kinds import SourceKind
from customerfile.sources.staging import RejectedRow
from customerfile.webhooks.messages import MessageType
from customerfile.webhooks.outbox import put_in_outbox

_KEY = re.compile(r"[a-z0-9][a-z0-9_.-]{0,62}")
BUSY_SOURCES = 0x43_46_53  # class of the advisory locks on sources
_PATIENCE = "10s"


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of delivered rows. rows = created + updated + unchanged + rejected.

    `quarantined`: how many of those rejected wait in quarantine.
    """

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    customers_created: int = 0
    records_joined: int = 0
    customers_merged: int = 0
    value_faults: int = 0
    nobody_rows: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source by its key. `created` says that it was made just now."""

    source_id: SourceId
    priority: int
    created: bool
    one_record_per_customer: bool = False
    kind: SourceKind = SourceKind.CUSTOMERS


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """What is known of a delivery when it begins."""

    source_id: SourceId
    file_name: str
    file_digest: str
    file_bytes: int
    kind_as: str
    mapping: str
    detected: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BegunDelivery:
    """A delivery under way. `done` are the chunks already in the file: `resumed` says it had begun before."""

    delivery_id: DeliveryId
    resumed: bool
    done: frozenset[int]


@transaction.atomic
def ensure_source(
    key: str, *, country: str, by: str, at: datetime, kind: SourceKind | None = None
) -> FoundSource:
    """The source with this key, made where there is none. `kind` where it must be of that kind.

    Raises BadSourceKey for a key that is no plain word, SourceKindFixed.
    """
    if not _KEY.fullmatch(key):
        raise BadSourceKey(
            told('"{key}" cannot be the key of a source.', key=key),
            "Use small letters, digits, dots, dashes and underscores, at most 63: for example shop or crm-2024.",
        )
    source, created = Source.objects.get_or_create(
        key=key,
        defaults={
            "name": key.replace("_", " ").replace("-", " ").title(),
            "country": country,
            "kind": (kind or SourceKind.CUSTOMERS).value,
            "created_at": at,
        },
    )
    if created:
        record(
            by=by, at=at, code="sources.source.created", subject=f"source:{source.pk}", detail={"key": key}
        )
    elif kind is not None:
        _become(source, kind, by=by, at=at)
    has_one_each = not created and source.one_record_per_customer
    return FoundSource(SourceId(source.pk), source.priority, created, has_one_each, SourceKind(source.kind))


@transaction.atomic
def set_source_kind(key: str, kind: SourceKind, *, by: str, at: datetime) -> SourceId:
    """Say what a source's records are, before it delivers any. Raises UnknownSource, SourceKindFixed."""
    source = _known_source(key)
    _become(source, kind, by=by, at=at)
    return SourceId(source.pk)


def _become(source: Source, kind: SourceKind, *, by: str, at: datetime) -> None:
    if source.kind == kind:
        return
    if Record.objects.filter(source=source).exists():
        raise SourceKindFixed(
            told(
                "{source} is {kind} and has delivered records: it stays that.",
                source=source.key,
                kind=told(SourceKind(source.kind).words),
            ),
            "Give this file a source of its own, or undo the deliveries of this one first.",
        )
    detail = changed({"kind": source.kind}, {"kind": kind.value})
    source.kind = kind.value
    source.save(update_fields=["kind"])
    record(
        by=by,
        at=at,
        code="sources.source.changed",
        subject=f"source:{source.pk}",
        detail=detail,
    )


def _known_source(key: str) -> Source:
    source = Source.objects.select_for_update().filter(key=key).first()
    if source is None:
        raise UnknownSource(
            told("There is no source {key}.", key=key), "List those there are with: customerfile source list"
        )
    return source


@transaction.atomic
def change_source(key: str, *, one_record_per_customer: bool, by: str, at: datetime) -> SourceId:
    """Change what is known of a source. Raises UnknownSource."""
    source = _known_source(key)
    if source.one_record_per_customer is not one_record_per_customer:
        source.one_record_per_customer = one_record_per_customer
        source.save(update_fields=["one_record_per_customer"])
        record(
            by=by,
            at=at,
            code="sources.source.changed",
            subject=f"source:{source.pk}",
            detail=changed(
                {"one_record_per_customer": not one_record_per_customer},
                {"one_record_per_customer": one_record_per_customer},
            ),
        )
    return SourceId(source.pk)


def hold_source(source_id: SourceId, *, key: str) -> None:
    """Keep other deliveries of this source out until `release_source`, or until this process ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [BUSY_SOURCES, source_id])
        row = cursor.fetchone()
    if not (row and row[0]):
        running = Delivery.objects.filter(source_id=source_id, state="running").order_by("-pk").first()
        reason = (
            told(
                'Another file of the source "{key}" is being taken in right now (delivery {number}, {file}).',
                key=key,
                number=running.pk,
                file=running.file_name,
            )
            if running
            else told('Another file of the source "{key}" is being taken in right now.', key=key)
        )
        raise SourceBusy(reason, "Wait until it is done, then run the same command again.")


def wait_for_source(source_id: SourceId, *, key: str) -> None:
    """Wait a little until no other delivery of this source runs; keep others out until the transaction ends.

    Raises SourceBusy, and then the transaction must be given up.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [BUSY_SOURCES, source_id])
        row = cursor.fetchone()
        if row and row[0]:
            return
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [BUSY_SOURCES, source_id])
        except OperationalError as problem:
            raise SourceBusy(
                told('A file of the source "{key}" is being taken in right now.', key=key),
                "Try again when it is done.",
            ) from problem
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def release_source(source_id: SourceId) -> None:
    """Let the next delivery of this source in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [BUSY_SOURCES, source_id])


@transaction.atomic
def begin_delivery(new: NewDelivery, *, by: str, at: datetime) -> BegunDelivery:
    """Begin a delivery, or take up the same one where it was interrupted. The caller holds the source."""
    interrupted = (
        Delivery.objects.filter(
            source_id=new.source_id,
            file_digest=new.file_digest,
            mapping=new.mapping,
            kind_as=new.kind_as,
            state__in=("running", "failed"),
        )
        .order_by("-pk")
        .first()
    )
    if interrupted is not None:
        Delivery.objects.filter(pk=interrupted.pk).update(state="running", message="")
        done = frozenset(DeliveryChunk.objects.filter(delivery=interrupted).values_list("number", flat=True))
        return BegunDelivery(DeliveryId(interrupted.pk), True, done)
    delivery = _added(new, by=by, started_at=at)
    record(
        by=by,
        at=at,
        code="sources.delivery.begun",
        subject=f"delivery:{delivery.pk}",
        detail={"bytes": new.file_bytes},
    )
    return BegunDelivery(DeliveryId(delivery.pk), False, frozenset())


def add_received(new: NewDelivery, *, by: str, at: datetime) -> DeliveryId:
    """A delivery that comes whole within the caller's transaction: it is finished when that is. See `tell_received`."""
    return DeliveryId(_added(new, by=by, started_at=at, finished_at=at, state="finished").pk)


def tell_received(delivery_id: DeliveryId, counts: Counts, *, by: str, at: datetime) -> None:
    """Write down a delivery that came whole, last of all in its transaction."""
    _tell_finished(delivery_id, counts, by=by, at=at)


def _added(new: NewDelivery, **more: Any) -> Delivery:
    return Delivery.objects.create(
        source_id=new.source_id,
        file_name=new.file_name,
        file_digest=new.file_digest,
        file_bytes=new.file_bytes,
        kind_as=new.kind_as,
        mapping=new.mapping,
        detected=dict(new.detected),
        **more,
    )


def account_chunk(
    cursor: Cursor, delivery_id: DeliveryId, number: int, counts: Counts, *, at: datetime
) -> None:
    """Write the chunk into the ledger and add its counts, in the transaction that wrote its rows."""
    named = {"delivery": delivery_id, "number": number, "at": at}
    cursor.execute(statement(__package__, "account_chunk"), named | asdict(counts))


def store_rejects(cursor: Cursor, delivery_id: DeliveryId, rejects: Sequence[RejectedRow]) -> None:
    """Keep refusals with their line, field, reason and remedy."""
    write_rows(
        cursor,
        "reject",
        ("delivery_id", "line", "scope", "key", "field", "text", "reason", "remedy"),
        [
            (
                delivery_id,
                each.line,
                each.scope,
                each.key,
                each.field,
                each.text.replace("\x00", "␀"),
                each.reason,
                each.remedy,
            )
            for each in rejects
        ],
    )


@transaction.atomic
def finish_delivery(delivery_id: DeliveryId, *, by: str, at: datetime) -> None:
    """The whole file is in."""
    delivery = Delivery.objects.get(pk=delivery_id)
    delivery.state, delivery.finished_at = "finished", at
    delivery.save(update_fields=["state", "finished_at"])
    _tell_finished(delivery_id, delivery, by=by, at=at)


def _tell_finished(delivery_id: DeliveryId, counts: Counts | Delivery, *, by: str, at: datetime) -> None:
    told = {"rows": counts.rows, "created": counts.created, "updated": counts.updated,
            "unchanged": counts.unchanged, "rejected": counts.rejected}  # fmt: skip
    record(
        by=by,
        at=at,
        code="sources.delivery.finished",
        subject=f"delivery:{delivery_id}",
        detail=told,
    )
    with connection.cursor() as cursor:
        put_in_outbox(cursor, MessageType.DELIVERY_FINISHED, [{"delivery": delivery_id, **told}], at=at)


@dataclass(frozen=True, slots=True)
class DeliveryToUndo:
    source_id: SourceId
    source_key: str
    state: str
    source_kind: SourceKind


def open_delivery_to_undo(delivery_id: DeliveryId) -> DeliveryToUndo:
    """What has to be known to take a delivery back. Raises UnknownDelivery."""
    delivery = Delivery.objects.filter(pk=delivery_id).select_related("source").first()
    if delivery is None:
        raise UnknownDelivery(
            told("There is no delivery {number}.", number=delivery_id),
            "customerfile deliveries lists those there are.",
        )
    source = delivery.source
    return DeliveryToUndo(SourceId(source.pk), source.key, delivery.state, SourceKind(source.kind))


@transaction.atomic
def close_undone(delivery_id: DeliveryId, *, by: str, at: datetime, removed: int, restored: int) -> None:
    """The delivery has been taken back; its report stays, and the same file may come again."""
    DeliveryChunk.objects.filter(delivery_id=delivery_id).delete()
    Delivery.objects.filter(pk=delivery_id).update(state="undone", finished_at=at)
    record(
        by=by,
        at=at,
        code="sources.delivery.undone",
        subject=f"delivery:{delivery_id}",
        detail={"removed": removed, "restored": restored},
    )


@transaction.atomic
def fail_delivery(delivery_id: DeliveryId, message: str, *, by: str, at: datetime) -> None:
    """The delivery stopped part way; what is in stays, and the same file goes on from there."""
    Delivery.objects.filter(pk=delivery_id).update(state="failed", message=message)
    record(by=by, at=at, code="sources.delivery.stopped", subject=f"delivery:{delivery_id}", detail={})
