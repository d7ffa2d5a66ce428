"""Takes in records that a program hands over, by the same mapping, staging and resolution as a file's rows.

Invariants: one transaction, so that a call that failed left nothing behind; every item has its outcome, in order.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection, transaction

from customerfile.base.database import statement
from customerfile.base.ids import DeliveryId, SourceId
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.search.profile import identifier_fields
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FileDefinition
from customerfile.embedded import Home
from customerfile.intake.context import reading_context
from customerfile.intake.items import ItemFields, Unfit
from customerfile.intake.preparing import Preparer, preparer
from customerfile.intake.producing import Chunk, profiles_of, sealed_columns
from customerfile.intake.received_delivery import HandedOver, Reading, Written, write_received
from customerfile.matching.model import MatchModel
from customerfile.sources.mapper import compile_mapping
from customerfile.sources.mapping import ColumnMapping
from customerfile.sources.mapping import Mapping as FieldMapping
from customerfile.sources.queries import Reject, rejects
from customerfile.sources.rows import RawRow
from customerfile.sources.source_kinds import SourceKind
from customerfile.sources.staging import ReadyRow, RejectedRow
from customerfile.vault.keystore import KeyStore, key_store
from customerfile.vault.sealing import Blinder

MOST_RECORDS = 1000


class Became(StrEnum):
    """What a record handed over came to."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RecordBatch:
    """Records of one source as they were handed over. `content` is the text of the call, for its digest."""

    source: str
    records: Sequence[Mapping[str, object]]
    content: bytes
    kind: SourceKind | None = None  # where the source must be of this kind
    country: str = ""
    currency: str = ""
    time_zone: str = ""
    name: str = "API call"  # of the delivery


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something of a record that was not taken: the whole of it, or one value."""

    field: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """What became of one record. `refused` are single values where it was taken; of a list, nobody is its customer."""

    key: str
    outcome: Became
    customer: str | None
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """One outcome per record, in order."""

    delivery: DeliveryId
    created: int
    updated: int
    unchanged: int
    rejected: int
    results: tuple[RecordOutcome, ...]


def receive_records(batch: RecordBatch, *, home: Home, by: str) -> Received:
    """Take in records as one delivery; durable when this returns. Records never raise.

    Raises BadSourceKey, SourceKindFixed, SourceBusy: then nothing of the batch was taken.
    """
    definition, model, store = current_definition(), current_model(), key_store(home.keys)
    rows = tuple(_prepared(batch, definition, model, store))
    records = tuple(row for row in rows if isinstance(row, ReadyRow))
    chunk = Chunk(
        0,
        len(rows),
        records=records,
        profiles=profiles_of(records, identifier_fields(definition)),
        rejected=tuple(row for row in rows if isinstance(row, RejectedRow)),
    )
    return _taken_in(batch, chunk, Reading(definition, model, store), by)


@transaction.atomic
def _taken_in(batch: RecordBatch, chunk: Chunk, reading: Reading, by: str) -> Received:
    handed = HandedOver(
        source=batch.source,
        kind_as="customers",
        digest=hashlib.sha256(batch.content).hexdigest(),
        size=len(batch.content),
        name=batch.name,
        country=batch.country,
        kind=batch.kind,
    )
    written = write_received(handed, chunk, reading=reading, by=by)
    counts, results = written.counts, tuple(_outcomes(chunk, written))
    return Received(
        written.delivery_id, counts.created, counts.updated, counts.unchanged, counts.rejected, results
    )


def _outcomes(chunk: Chunk, written: Written) -> Iterator[RecordOutcome]:
    rejected = rejected_rows(chunk, written)
    ready = {row.line: row for row in chunk.records}
    standing = _standing(written.source_id, [row.key for row in chunk.records])
    told: set[str] = set()
    for line in range(1, chunk.rows + 1):
        if line in rejected:
            yield RecordOutcome(rejected[line].key, Became.REJECTED, None, (refusal(rejected[line]),))
            continue
        row = ready[line]
        version, delivery, number = standing[row.key]
        is_new = delivery == written.delivery_id and row.key not in told
        told.add(row.key)
        yield RecordOutcome(row.key, became(version, is_new=is_new), number, tuple(map(refusal, row.faults)))


def became(version: int, *, is_new: bool) -> Became:
    """What came of something that has this version now. `is_new`: the delivery brought that."""
    if not is_new:
        return Became.UNCHANGED
    return Became.CREATED if version == 1 else Became.UPDATED


def rejected_rows(chunk: Chunk, written: Written) -> dict[int, RejectedRow | Reject]:
    """By line. Some refusals, as of a key that came twice, are found out only when a row is written."""
    found: dict[int, RejectedRow | Reject] = {each.line: each for each in chunk.rejected}
    counts = written.counts
    if counts.rejected > len(found):
        stored = rejects(written.delivery_id, limit=counts.rejected + counts.value_faults)
        found |= {each.line: each for each in stored if each.scope == "row"}
    return found


def refusal(rejected: RejectedRow | Reject) -> Refusal:
    """What is told of it."""
    return Refusal(rejected.field, rejected.reason, rejected.remedy)


def _standing(source_id: SourceId, keys: Sequence[str]) -> dict[str, tuple[int, int, str | None]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "standing"), (source_id, list(keys)))
        return {key: (version, delivery, number) for key, version, delivery, number in cursor.fetchall()}


def _prepared(
    batch: RecordBatch, definition: FileDefinition, model: MatchModel, store: KeyStore
) -> Iterator[ReadyRow | RejectedRow]:
    """Items that give the same columns are prepared alike, as the rows of one file are."""
    fields, blinder = ItemFields.of(definition), Blinder(store.index_key)
    preparers: dict[tuple[str, ...], Preparer] = {}
    for line, item in enumerate(batch.records, start=1):
        try:
            found = fields.columns(item)
        except Unfit as unfit:
            yield unfit_row(line, item, unfit)
            continue
        columns = tuple(found)
        if columns not in preparers:
            preparers[columns] = _preparer(columns, batch, definition, model, blinder)
        yield preparers[columns].prepare_row(RawRow(line, tuple(found.values())))


def unfit_row(line: int, item: Mapping[str, object], unfit: Unfit) -> RejectedRow:
    """The text of it is not kept: what could not be read may be anything."""
    key = item.get("key")
    shown = str(key)[:80] if isinstance(key, str | int) and unfit.field != "key" else ""
    return RejectedRow(line, "row", unfit.reason, unfit.remedy, shown, unfit.field)


def _preparer(
    columns: tuple[str, ...],
    batch: RecordBatch,
    definition: FileDefinition,
    model: MatchModel,
    blinder: Blinder,
) -> Preparer:
    mapping = FieldMapping(
        kind_as="customers",
        key=("key",),
        columns=tuple(ColumnMapping(column, (column,)) for column in columns if column != "key"),
        country=batch.country,
        currency=batch.currency,
        time_zone=batch.time_zone,
    )
    return preparer(
        columns,
        compile_mapping(mapping, columns),
        sealed_columns(mapping, definition),
        definition=definition,
        context=reading_context(mapping),
        model=model,
        blinder=blinder,
    )
