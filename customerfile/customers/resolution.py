"""Links every newcomer to a customer, in the transaction that staged it, against everything already there.

Invariants: a record has exactly one present link; the outcome is a function of the records, not of their order.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import orjson

from customerfile.base.bulk import Cursor, next_ids
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.assignment import Assignment, Group, assign
from customerfile.customers.candidates import (
    Newcomer,
    PreparedRecords,
    ScoredEdge,
    score_newcomers,
    store_block_keys,
    store_pairs,
)
from customerfile.customers.components import Component, groups, touched
from customerfile.customers.golden import GoldenRules, LinkedRecord
from customerfile.customers.linking import NewLink, Settled, end_links, links_to_write, write_links
from customerfile.customers.profile import Profile, identifier_fields, profile_of_record
from customerfile.customers.projection import Projector, close_customers
from customerfile.customers.writers import lock_keys
from customerfile.definition.schema import FileDefinition
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared

type Keyed = Sequence[tuple[RecordId, int]]


class Arrived(NamedTuple):
    """A record that was created or changed, with its stored comparison inputs, and those before the change."""

    record_id: RecordId
    canonical: bytes
    priority: int  # of its source
    as_of: datetime
    prepared: str
    block_keys: tuple[int, ...]
    old_prepared: str | None = None
    alone: Profile | None = None  # what follows where it meets nobody, if worked out already

    def linked(self) -> LinkedRecord:
        """The record as survivorship sees it."""
        return LinkedRecord(self.record_id, orjson.loads(self.canonical), self.priority, self.as_of)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What resolution did to the customers."""

    customers_created: int = 0
    records_joined: int = 0
    customers_merged: int = 0


@dataclass(slots=True)
class Resolution:
    """One resolver: the match model and the definition's rules, at one moment."""

    model: MatchModel
    projector: Projector
    alone: bool = False  # no other writer is let in until the transaction ends

    @classmethod
    def of(cls, model: MatchModel, definition: FileDefinition, *, at: datetime) -> "Resolution":
        return cls(model, Projector(GoldenRules(definition), identifier_fields(definition), at))

    @property
    def at(self) -> datetime:
        return self.projector.at

    def resolve(self, cursor: Cursor, arrived: Sequence[Arrived]) -> Resolved:
        """Link what arrived. The records themselves are already staged in this transaction."""
        if not arrived:
            return Resolved()
        newcomers = [Newcomer(each.record_id, each.prepared, each.block_keys) for each in arrived]
        changed = [each for each in arrived if each.old_prepared is not None]
        old = self._old_keys(changed)
        keys = [key for each in newcomers for key in each.block_keys] + [key for _, key in old]
        self.alone = lock_keys(cursor, keys)
        _forget(cursor, [each.record_id for each in changed], old)
        known = PreparedRecords(newcomers)
        edges = score_newcomers(cursor, newcomers, known=known, model=self.model)
        store_pairs(cursor, edges, model=self.model)
        store_block_keys(cursor, newcomers)
        met = _met(edges, self.model) | {each.record_id for each in changed}
        alone = [each for each in arrived if each.record_id not in met]
        self._add_alone(cursor, alone)
        done = self._regroup(cursor, met, {each.record_id: each for each in arrived}, known)
        return Resolved(len(alone) + done.customers_created, done.records_joined, done.customers_merged)

    def take_back(self, cursor: Cursor, gone: Mapping[RecordId, str]) -> Resolved:
        """Unlink records that are about to be removed, and settle the customers they stood under."""
        old = [
            (record, key)
            for record, prepared in gone.items()
            for key in blocking_keys(Prepared.from_json(prepared), self.model)
        ]
        self.alone = lock_keys(cursor, [key for _, key in old])
        component = touched(cursor, list(gone), model=self.model, locks=not self.alone)
        _forget(cursor, list(gone), old)
        cursor.execute(statement(__package__, "drop_links"), (list(gone),))
        emptied = {component.present[record] for record in gone if record in component.present}
        rest = component.records - gone.keys()
        emptied -= {component.present[record] for record in rest if record in component.present}
        close_customers(cursor, dict.fromkeys(emptied), at=self.at)
        return self._regroup(cursor, rest, {}, PreparedRecords())

    def _old_keys(self, changed: Sequence[Arrived]) -> Keyed:
        return [
            (each.record_id, key)
            for each in changed
            if each.old_prepared is not None
            for key in blocking_keys(Prepared.from_json(each.old_prepared), self.model)
        ]

    def _add_alone(self, cursor: Cursor, alone: Sequence[Arrived]) -> None:
        """The many that meet nobody: a customer each."""
        ids = [CustomerId(id_) for id_ in next_ids(cursor, "customer_id_seq", len(alone))]
        numbered = list(zip(ids, alone, strict=True))
        fields = self.projector.identifier_fields
        profiles = [each.alone or profile_of_record(orjson.loads(each.canonical), fields) for each in alone]
        self.projector.add_alone(
            cursor,
            [(id_, each.record_id, profile) for (id_, each), profile in zip(numbered, profiles, strict=True)],
        )
        links = [NewLink(each.record_id, id_, "first_seen") for id_, each in numbered]
        write_links(cursor, links, model_hash=self.model.hash, at=self.at)

    def _regroup(
        self,
        cursor: Cursor,
        seeds: set[RecordId],
        arrived: Mapping[RecordId, Arrived],
        known: PreparedRecords,
    ) -> Resolved:
        if not seeds:
            return Resolved()
        component = touched(cursor, seeds, model=self.model, locks=not self.alone)
        divided = groups(cursor, component, known=known, model=self.model)
        stale = seeds & arrived.keys() if arrived else seeds
        standing = component.customers()
        work = [
            each
            for each in self._assigned(cursor, divided, component)
            if each.records & stale
            or each.absorbed
            or each.customer is None
            or standing.get(each.customer) != each.records
        ]
        return self._settle(cursor, work, component, arrived)

    def _assigned(self, cursor: Cursor, divided: Sequence[Group], component: Component) -> list[Assignment]:
        """Groups with their numbers; a group that was split off takes up a number it once had."""
        first = assign(divided, component.present, since=component.since, former={})
        homeless = [
            record
            for each in first
            if each.customer is None
            for record in each.records
            if record in component.present
        ]
        if not homeless:
            return first
        cursor.execute(statement(__package__, "former_customers"), (homeless,))
        former = dict(cursor.fetchall())
        return assign(divided, component.present, since=component.since, former=former)

    def _settle(
        self,
        cursor: Cursor,
        work: Sequence[Assignment],
        component: Component,
        arrived: Mapping[RecordId, Arrived],
    ) -> Resolved:
        new = [each for each in work if each.customer is None]
        old = {each.customer: each.records for each in work if each.customer is not None}
        fresh = {
            CustomerId(id_): each.records
            for id_, each in zip(next_ids(cursor, "customer_id_seq", len(new)), new, strict=True)
        }
        absorbed = {gone: each.customer for each in work for gone in each.absorbed}
        close_customers(cursor, absorbed, at=self.at)
        known = _linked(cursor, {record for each in work for record in each.records}, arrived)
        self.projector.add(cursor, _members(fresh, known))
        self.projector.replace(cursor, _members(old, known))
        links = links_to_write(fresh | old, component)
        end_links(cursor, [link.record for link in links if link.record in component.present], at=self.at)
        write_links(cursor, links, model_hash=self.model.hash, at=self.at)
        return Resolved(len(new), _joined(links, fresh), len(absorbed))


def _linked(
    cursor: Cursor, records: Set[RecordId], arrived: Mapping[RecordId, Arrived]
) -> dict[RecordId, LinkedRecord]:
    """Records as survivorship sees them, from what arrived where they are among it."""
    found = {record: arrived[record].linked() for record in records & arrived.keys()}
    return found | linked_records(cursor, records - arrived.keys())


def _members(
    settled: Settled, known: Mapping[RecordId, LinkedRecord]
) -> dict[CustomerId, list[LinkedRecord]]:
    return {customer: [known[record] for record in sorted(group)] for customer, group in settled.items()}


def _joined(links: Sequence[NewLink], fresh: Settled) -> int:
    """How many newcomers joined somebody: all but the first of each new customer."""
    arrivals = sum(link.cause != "recomputed" for link in links)
    founders = len({link.customer for link in links if link.customer in fresh and link.cause != "recomputed"})
    return arrivals - founders


def linked_records(cursor: Cursor, records: Iterable[RecordId]) -> dict[RecordId, LinkedRecord]:
    """Stored records, as survivorship sees them."""
    wanted = list(records)
    if not wanted:
        return {}
    cursor.execute(statement(__package__, "linked_records"), (wanted,))
    return {
        RecordId(record): LinkedRecord(RecordId(record), orjson.loads(canonical), priority, as_of)
        for record, canonical, priority, as_of in cursor.fetchall()
    }


def _met(edges: Sequence[ScoredEdge], model: MatchModel) -> set[RecordId]:
    """Records with at least one pair good enough to link."""
    good = [edge for edge in edges if not edge.veto and edge.weight >= model.thresholds.link]
    return {edge.left for edge in good} | {edge.right for edge in good}


def _forget(cursor: Cursor, records: Sequence[RecordId], keys: Keyed) -> None:
    if not records:
        return
    rows = [{"key": key, "record_id": record} for record, key in keys]
    cursor.execute(statement(__package__, "drop_block_keys"), (orjson.dumps(rows).decode(),))
    cursor.execute(statement(__package__, "drop_pairs"), {"ids": list(records)})
