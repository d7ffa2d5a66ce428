"""Whom an entered record is like, and what would come of it: it is taken in as it would be, looked at, and rolled back.

So what is shown before saving is said by the resolver itself. Nothing stays, and nothing is sealed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import uuid4

import orjson
from django.db import OperationalError, connection, transaction

from customerfile.access.sight import Sight
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.customer_file import CustomerSummary, GoldenField
from customerfile.customers.errors import SearchTooSlow, UnknownCustomer
from customerfile.customers.golden.corrections import STAFF
from customerfile.customers.queries import CustomerFile, customer_file, summaries
from customerfile.customers.resolution.reasons import stored_levels
from customerfile.customers.resolution.writers import after_lost_races
from customerfile.customers.review.side_by_side import ComparedField, compared_fields, said_by
from customerfile.customers.search.search import find
from customerfile.embedded import Home
from customerfile.intake.by_hand import DELIVERY_NAME, EnteredRecord
from customerfile.intake.producing import Chunk
from customerfile.intake.received_delivery import HandedOver, Reading, write_received
from customerfile.intake.record_reading import Units, present_reader
from customerfile.matching.explanation import Outcome, PairReasons, pair_reasons
from customerfile.sources.errors import SourceBusy
from customerfile.sources.source_kinds import SourceKind
from customerfile.values.folding import fold

_MOST_SHOWN = 5
_CALLED_BY = ("given_name", "family_name", "organisation_name")
_TELLING_WORDS = 2  # of a person's name: one alone finds too many
_PATIENCE = "SET LOCAL lock_timeout = '1500ms'"
_NOT_FREE = "55P03"  # a lock was not to be had in time

type Said = tuple[GoldenField, ...]  # by a record, in the order of the definition


class Fate(StrEnum):
    """What would come of an entered record and a customer like it."""

    JOINS = "joins"
    REVIEW = "review"  # it would be a customer of its own until somebody has looked at the two
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Alike:
    """A customer like the one that is entered. `fields`: what the file says of it, and what was typed, side by side."""

    file: CustomerFile
    fate: Fate
    found: PairReasons
    fields: tuple[ComparedField, ...]

    @property
    def for_it(self) -> tuple[str, ...]:
        """What speaks for one customer, the weightiest first."""
        return tuple(reason.words for reason in self.found.reasons if reason.weight > 0)

    @property
    def against_it(self) -> tuple[str, ...]:
        """What speaks against it."""
        return tuple(reason.words for reason in self.found.reasons if reason.weight < 0)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`hidden`: that there are customers alike that this person does not see.

    `mark` is of all that has to be decided on. `namesakes`: of whom nothing else is alike. `is_busy`: the file is being
    written to, and nothing was compared.
    """

    alike: tuple[Alike, ...] = ()
    namesakes: tuple[CustomerSummary, ...] = ()
    hidden: bool = False
    mark: str = ""
    is_busy: bool = False

    @property
    def ones_joined(self) -> tuple[Alike, ...]:
        """Those it would join by itself."""
        return tuple(each for each in self.alike if each.fate is Fate.JOINS)


class Likeness(NamedTuple):
    """A stored record like the entered one."""

    record: RecordId
    found: PairReasons
    fate: Fate


class Looked(NamedTuple):
    """What was found out about an entered record."""

    record: RecordId
    likenesses: tuple[Likeness, ...]

    @property
    def mark(self) -> str:
        """Another one as soon as somebody else would have to be decided on; "" where nobody has."""
        records = sorted(each.record for each in self.likenesses if each.fate is not Fate.APART)
        return blake2b(orjson.dumps(records), digest_size=8).hexdigest() if records else ""


def foresee(entered: EnteredRecord, *, sight: Sight, home: Home, by: str) -> Foreseen:
    """Whom it would join or be held against, as far as this person sees them. Raises SourceBusy."""
    reader = present_reader(home)
    key = str(uuid4())
    units = Units(entered.country, "", entered.time_zone)
    chunk = reader.chunk([{"key": key, **entered.fields}], units)
    if not chunk.records:
        return Foreseen()  # it is refused as a whole
    canonical = orjson.loads(chunk.records[0].canonical)
    if not chunk.records[0].block_keys:
        return Foreseen(namesakes=_namesakes(canonical, (), sight))
    try:
        looked, typed = after_lost_races(lambda _: _rehearsed(chunk, key, reader.reading, by))
    except (OperationalError, SourceBusy) as problem:
        if isinstance(problem, SourceBusy) or getattr(problem.__cause__, "sqlstate", "") == _NOT_FREE:
            return Foreseen(is_busy=True)
        raise
    found, known = _as_seen(looked, typed, sight)
    return replace(found, namesakes=_namesakes(canonical, known, sight))


def look_at(key: str, reading: Reading) -> Looked:
    """Whom the record of the staff with this key is like, in the transaction that took it in."""
    rows = _rows("alike_records", {"source": STAFF, "key": key})
    model = reading.model
    return Looked(
        RecordId(rows[0][0]),
        tuple(
            Likeness(RecordId(other), found, _fate(found, joins=joins, waits=waits))
            for _, other, levels, joins, waits in rows
            if other is not None
            for found in [pair_reasons(model, stored_levels(levels))]
        ),
    )


def customers_of(records: Iterable[RecordId]) -> dict[RecordId, CustomerId]:
    """Under which customer each of these records stands."""
    return dict(_rows("customers_of_records", (list(records),)))


@transaction.atomic
def _rehearsed(chunk: Chunk, key: str, reading: Reading, by: str) -> tuple[Looked, Said]:
    handed = HandedOver(STAFF, "customers", digest=key, size=0, name=DELIVERY_NAME, kind=SourceKind.CUSTOMERS)
    try:
        with connection.cursor() as cursor:
            cursor.execute(_PATIENCE)
        write_received(handed, chunk, reading=reading, by=by, seals=False)
        looked = look_at(key, reading)
        return looked, said_by([looked.record])[looked.record]
    finally:
        transaction.set_rollback(True)


def _fate(found: PairReasons, *, joins: bool, waits: bool) -> Fate:
    if joins:
        return Fate.JOINS
    return Fate.REVIEW if waits or found.outcome in (Outcome.LINK, Outcome.REVIEW) else Fate.APART


def _as_seen(looked: Looked, typed: Said, sight: Sight) -> tuple[Foreseen, Collection[CustomerId]]:
    """By customer, the likest record of each: those joined, those to be looked at, the others. And all of them."""
    present = customers_of(each.record for each in looked.likenesses)
    best: dict[CustomerId, Likeness] = {}
    for each in sorted(looked.likenesses, key=lambda each: list(Fate).index(each.fate)):
        if each.record in present:
            best.setdefault(present[each.record], each)
    shown = summaries(best.keys(), sight=sight)
    alike = tuple(_alike(best, [shown[id_].number for id_ in best if id_ in shown], typed, sight))
    hidden = any(id_ not in shown and each.fate is not Fate.APART for id_, each in best.items())
    return Foreseen(alike, hidden=hidden, mark=looked.mark), best.keys()


def _namesakes(
    said: Mapping[str, Any], known: Collection[CustomerId], sight: Sight
) -> tuple[CustomerSummary, ...]:
    """Customers whose name has every word of this one, but for those known: too little for the resolver to tell."""
    name = " ".join(str(said[key]) for key in _CALLED_BY if key in said)
    words = set(fold(name).split())
    if len(words) < (1 if "organisation_name" in said else _TELLING_WORDS):
        return ()
    try:
        found = find(name, sight=sight, limit=_MOST_SHOWN + len(known))
    except SearchTooSlow:
        return ()
    return tuple(
        each.customer
        for each in found
        if each.customer.id not in known and words <= set(fold(each.customer.display_name).split())
    )[:_MOST_SHOWN]


def _alike(
    best: dict[CustomerId, Likeness], numbers: Sequence[str], typed: Said, sight: Sight
) -> Iterator[Alike]:
    for number in numbers[:_MOST_SHOWN]:
        try:
            file = customer_file(number, sight=sight)
        except UnknownCustomer:  # it left meanwhile
            continue
        one = best.get(file.summary.id)
        if one is not None:
            yield Alike(file, one.fate, one.found, compared_fields(file.fields, typed))


def _rows(name: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
