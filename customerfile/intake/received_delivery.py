"""Writes what one call hands over as one delivery of a source, whole or not at all."""

from dataclasses import dataclass

from django.db import transaction

from customerfile.base.clock import now
from customerfile.base.ids import DeliveryId, SourceId
from customerfile.base.told import told
from customerfile.definition.schema import FileDefinition
from customerfile.intake.chunk_writer import ChunkWriter
from customerfile.intake.errors import ListHoldsPeople
from customerfile.intake.producing import Chunk
from customerfile.matching.model import MatchModel
from customerfile.sources import operations as deliveries
from customerfile.sources.operations import Counts, FoundSource, NewDelivery
from customerfile.sources.received import find_source
from customerfile.sources.source_kinds import SourceKind
from customerfile.vault.keystore import KeyStore


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a call hands over. `digest` is of its text, `size` its bytes; `kind` where the source must be of it."""

    source: str
    kind_as: str
    digest: str
    size: int
    name: str = "API call"
    country: str = ""
    kind: SourceKind | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Where it went, and what became of its rows."""

    delivery_id: DeliveryId
    source_id: SourceId
    counts: Counts


@dataclass(frozen=True, slots=True)
class Reading:
    """What rows were read with, and are written with."""

    definition: FileDefinition
    model: MatchModel
    store: KeyStore


@transaction.atomic
def write_received(
    handed: HandedOver, chunk: Chunk, *, reading: Reading, by: str, seals: bool = True
) -> Written:
    """Write one chunk as one delivery. Raises BadSourceKey, SourceKindFixed, SourceBusy, ListHoldsPeople.

    A rehearsal does not seal: keys are kept outside the database, and would stay.
    """
    source = source_of(handed, by=by)
    deliveries.wait_for_source(source.source_id, key=handed.source)
    delivery_id = begin_received(handed, source, by=by)
    writer = ChunkWriter(
        source, delivery_id, reading.definition, reading.store, seals=seals, model=reading.model
    )
    counts = writer.write(chunk)
    deliveries.tell_received(delivery_id, counts, by=by, at=now())
    return Written(delivery_id, source.source_id, counts)


def source_of(handed: HandedOver, *, by: str) -> FoundSource:
    """The source, made where it is new. Raises BadSourceKey, SourceKindFixed, ListHoldsPeople."""
    source = find_source(handed.source)
    if source is None or handed.kind not in (None, source.kind):
        source = deliveries.ensure_source(
            handed.source, country=handed.country, by=by, at=now(), kind=handed.kind
        )
    if source.kind.is_list and handed.kind_as != "customers":
        raise ListHoldsPeople(
            told(
                'The source "{source}" is {kind}: it holds people and organisations, no events.',
                source=handed.source,
                kind=told(source.kind.words),
            ),
            "Send events under the source of the customers they are about.",
        )
    return source


def begin_received(handed: HandedOver, source: FoundSource, *, by: str) -> DeliveryId:
    """The delivery that the call is."""
    return deliveries.add_received(new_delivery(handed, source), by=by, at=now())


def new_delivery(handed: HandedOver, source: FoundSource) -> NewDelivery:
    """What is known of the delivery that a call is."""
    return NewDelivery(
        source_id=source.source_id,
        file_name=handed.name,
        file_digest=handed.digest,
        file_bytes=handed.size,
        kind_as=handed.kind_as,
        mapping="",
        detected={"format": "api"},
    )
