"""Records of a file as deliveries of a form would bring them: chunks of one, and the writer that takes them in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from customerfile.base.clock import now
from customerfile.customers.resolution.match_models import current_model
from customerfile.definition.queries import current_definition
from customerfile.embedded import home
from customerfile.intake.chunk_writer import ChunkWriter
from customerfile.intake.context import reading_context
from customerfile.intake.opening import ImportRequest, open_delivery
from customerfile.intake.producing import Chunk, Job, chunks
from customerfile.sources import operations as deliveries
from customerfile.sources.mapping import dump_mapping
from customerfile.sources.rows import ReadOptions
from customerfile.vault.keystore import key_store
from customerfile.vault.sealing import Blinder

_BY = "bench"


@contextmanager
def single_records(path: Path) -> Iterator[tuple[ChunkWriter, Iterator[Chunk]]]:
    """A writer of a delivery of its own, and the file's rows as chunks of one."""
    definition, place = current_definition(), home()
    request = ImportRequest(path, path.stem, "customers", options=ReadOptions(batch_rows=1))
    opened = open_delivery(request, definition=definition, spool=place.spool)
    store = key_store(place.keys)
    source = deliveries.ensure_source(path.stem, country="", by=_BY, at=now())
    delivery = deliveries.NewDelivery(
        source_id=source.source_id,
        file_name=path.name,
        file_digest=opened.spooled.sha256,
        file_bytes=opened.spooled.size,
        kind_as="customers",
        mapping=dump_mapping(opened.mapping),
        detected={"format": opened.stream.detected.format},
    )
    begun = deliveries.begin_delivery(delivery, by=_BY, at=now())
    job = Job(
        model=current_model(),
        path=opened.spooled.path,
        name=opened.spooled.original_name,
        options=opened.options,
        mapping=opened.mapping,
        definition=definition,
        context=reading_context(opened.mapping),
        blinder=Blinder(store.index_key),
        spool=place.spool,
    )
    yield ChunkWriter(source, begun.delivery_id, definition, store, seals=True), chunks(job)
    deliveries.finish_delivery(begun.delivery_id, by=_BY, at=now())
    opened.stream.close()
    opened.spooled.path.unlink()
