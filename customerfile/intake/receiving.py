"""Takes in records that a program hands over, by the same mapping, staging and resolution as a file's rows.

Invariants: one transaction, so that a call that failed left nothing behind; every item has its outcome, in order. Calls
of one source that come while another one is being written are written together, each as the delivery that it is.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection, transaction

from customerfile.access.replies import KeyedCall, Reply, keep_replies, replies_there
from customerfile.base.gathering import Gathering, WaitedTooLong
from customerfile.base.ids import DeliveryId
from customerfile.base.told import told
from customerfile.customers.resolution.writers import after_lost_races
from customerfile.embedded import Home
from customerfile.intake.producing import Chunk
from customerfile.intake.received_delivery import HandedOver, Written, source_of
from customerfile.intake.received_group import Part, WrittenPart, write_parts
from customerfile.intake.record_reading import RecordReader, Units, likely_reader, present_reader
from customerfile.sources import operations as deliveries
from customerfile.sources.errors import SourceBusy
from customerfile.sources.queries import Reject, rejects
from customerfile.sources.source_kinds import SourceKind
from customerfile.sources.staging import RejectedRow

MOST_RECORDS = 1000
_TOGETHER = 8  # records of several calls
_PATIENCE = 30.0  # seconds that a call waits for others of its source


class Became(StrEnum):
    """What a record handed over came to."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"  # of an event: it waits until it fits the tracking plan


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

    @property
    def units(self) -> Units:
        """What its values are read by."""
        return Units(self.country, self.currency, self.time_zone)


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


@dataclass(frozen=True, slots=True)
class _Call:
    """A batch as it was read, and who hands it over. `keyed` where it is to be done once."""

    batch: RecordBatch
    by: str
    home: Home
    reader: RecordReader
    chunk: Chunk
    keyed: KeyedCall | None = None
    write: Callable[[Received], bytes] | None = None

    def handed(self) -> HandedOver:
        """What it says of its source, and of itself as a delivery."""
        return HandedOver(
            source=self.batch.source,
            kind_as="customers",
            digest=hashlib.sha256(self.batch.content).hexdigest(),
            size=len(self.batch.content),
            name=self.batch.name,
            country=self.batch.country,
            kind=self.batch.kind,
        )

    def part(self, reader: RecordReader) -> Part:
        """As it is written; read anew where the definition or the model changed since."""
        chunk = self.chunk if reader is self.reader else reader.chunk(self.batch.records, self.batch.units)
        return Part(chunk, self.handed(), self.by)


def receive_records(batch: RecordBatch, *, home: Home, by: str) -> Received:
    """Take in records as one delivery; durable when the outermost transaction is. Records never raise.

    Raises BadSourceKey, SourceKindFixed, SourceBusy: then nothing of the batch was taken.
    """
    call = _call(batch, home, by)
    (received,) = after_lost_races(lambda alone: _received([call], alone=alone))
    return received


def receive_once(
    batch: RecordBatch,
    *,
    home: Home,
    by: str,
    keyed: KeyedCall | None,
    write: Callable[[Received], bytes],
) -> Reply:
    """As `receive_records`, with the reply that it is told by; durable when this returns.

    Where the call has a key, the reply is kept under it in the transaction that takes the records in.
    Raises also CallUnderWay, KeyUsedOtherwise.
    """
    call = _call(batch, home, by, keyed, write)
    if connection.in_atomic_block:
        return _told(_answered([call])[0])
    try:
        return _gatherings[hash(batch.source) % len(_gatherings)].do(call)
    except WaitedTooLong:
        raise SourceBusy(
            told('Too many calls of the source "{source}" wait to be taken in.', source=batch.source),
            "Try again in a moment.",
        ) from None


def _call(
    batch: RecordBatch,
    home: Home,
    by: str,
    keyed: KeyedCall | None = None,
    write: Callable[[Received], bytes] | None = None,
) -> _Call:
    reader = likely_reader(home)
    return _Call(batch, by, home, reader, reader.chunk(batch.records, batch.units), keyed, write)


def _joins(group: Sequence[_Call], call: _Call) -> bool:
    """Whether a call can be written with others: of the same source, few records, none of them the same ones."""
    first = group[0]
    if (call.batch.source, call.batch.kind, call.home) != (first.batch.source, first.batch.kind, first.home):
        return False
    if sum(each.chunk.rows for each in group) + call.chunk.rows > _TOGETHER:
        return False
    keys = {row.key for row in call.chunk.records}
    return all(
        keys.isdisjoint(row.key for row in each.chunk.records)
        and (call.keyed is None or each.keyed is None or each.keyed.digest != call.keyed.digest)
        for each in group
    )


def _answer_together(calls: Sequence[_Call]) -> Sequence[Reply | Exception]:
    """What each is told, as if it were alone: where they cannot be done together, they are done one by one."""
    if len(calls) > 1:
        try:
            return _answered(calls)
        except SourceBusy as busy:
            return [busy] * len(calls)
        except Exception as problem:  # noqa: BLE001 - whosever it is: alone, each is told its own
            if connection.connection is None or connection.connection.closed:
                return [problem] * len(calls)
    return [_answer_alone(call) for call in calls]


def _answer_alone(call: _Call) -> Reply | Exception:
    try:
        return _answered([call])[0]
    except Exception as problem:  # noqa: BLE001 - raised again in the thread whose call it is
        return problem


_gatherings = [Gathering(_answer_together, _joins, patience=_PATIENCE) for _ in range(64)]  # by source


def _told(outcome: Reply | Exception) -> Reply:
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _answered(calls: Sequence[_Call]) -> list[Reply | Exception]:
    return after_lost_races(lambda alone: _in_one_transaction(calls, alone=alone))


@transaction.atomic
def _in_one_transaction(calls: Sequence[_Call], *, alone: bool) -> list[Reply | Exception]:
    """Do those calls that were not done before, and keep their replies."""
    there = replies_there([call.keyed for call in calls if call.keyed])
    to_do = [call for call in calls if call.keyed is None or call.keyed.digest not in there]
    received = _received(to_do, alone=alone) if to_do else []
    bodies = {id(call): _written(call, each) for call, each in zip(to_do, received, strict=True)}
    keep_replies([(call.keyed, bodies[id(call)]) for call in to_do if call.keyed])
    return [
        Reply(bodies[id(call)], is_repeated=False) if id(call) in bodies else _there(call, there)
        for call in calls
    ]


def _there(call: _Call, there: Mapping[str, Reply | Exception]) -> Reply | Exception:
    return there[call.keyed.digest if call.keyed else ""]


def _written(call: _Call, received: Received) -> bytes:
    return call.write(received) if call.write else b""


@transaction.atomic
def _received(calls: Sequence[_Call], *, alone: bool) -> list[Received]:
    """Write calls of one source, each as one delivery."""
    first = calls[0]
    source = source_of(first.handed(), by=first.by)
    deliveries.wait_for_source(source.source_id, key=first.batch.source)
    reader = present_reader(first.home)
    parts = [call.part(reader) for call in calls]
    written = write_parts(parts, source, reading=reader.reading, alone=alone)
    return [_as_told(part.chunk, each) for part, each in zip(parts, written, strict=True)]


def _as_told(chunk: Chunk, written: WrittenPart) -> Received:
    counts, results = written.counts, tuple(_outcomes(chunk, written))
    return Received(
        written.delivery_id, counts.created, counts.updated, counts.unchanged, counts.rejected, results
    )


def _outcomes(chunk: Chunk, written: WrittenPart) -> Iterator[RecordOutcome]:
    rejected = {each.line: each for each in written.rejected if each.scope == "row"}
    ready = {row.line: row for row in chunk.records}
    told: set[str] = set()
    for line in range(1, chunk.rows + 1):
        if line in rejected:
            yield RecordOutcome(rejected[line].key, Became.REJECTED, None, (refusal(rejected[line]),))
            continue
        row = ready[line]
        stands = written.standing[row.key]
        is_new = stands.delivery == written.delivery_id and row.key not in told
        told.add(row.key)
        yield RecordOutcome(
            row.key, became(stands.version, is_new=is_new), stands.number, tuple(map(refusal, row.faults))
        )


def became(version: int, *, is_new: bool) -> Became:
    """What came of something that has this version now. `is_new`: the delivery brought that."""
    if not is_new:
        return Became.UNCHANGED
    return Became.CREATED if version == 1 else Became.UPDATED


def rejected_rows(chunk: Chunk, written: Written) -> dict[int, RejectedRow | Reject]:
    """By line. Some refusals, as of a key that came twice, are found out only when a row is written."""
    found: dict[int, RejectedRow | Reject] = {each.line: each for each in chunk.rejected}
    counts = written.counts
    if counts.rejected - counts.quarantined > len(found):
        stored = rejects(written.delivery_id, limit=counts.rejected + counts.value_faults)
        found |= {each.line: each for each in stored if each.scope == "row"}
    return found


def refusal(rejected: RejectedRow | Reject) -> Refusal:
    """What is told of it."""
    return Refusal(rejected.field, rejected.reason, rejected.remedy)
