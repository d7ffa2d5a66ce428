"""Links every newcomer to a customer, in the transaction that staged it, against everything already there.

Invariants: a record has exactly one present link; the outcome is a function of the records, not of their order.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import NamedTuple

import orjson

from customerfile.base.bulk import Cursor, IdPool
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.customers.golden.golden import GoldenRules, LinkedRecord
from customerfile.customers.resolution.candidates import (
    CandidatesAsked,
    Newcomer,
    Pair,
    PreparedRecords,
    forget,
    score,
    store_block_keys,
    store_pairs,
)
from customerfile.customers.resolution.common_values import Common, crowded_among, let_go
from customerfile.customers.resolution.components import Around, Component, Gathered, widen
from customerfile.customers.resolution.judgement_store import drop_judgements
from customerfile.customers.resolution.projection import Projector, close_customers
from customerfile.customers.resolution.settling import Resolved, Settling, customer_ids
from customerfile.customers.resolution.watching import Lists
from customerfile.customers.resolution.writers import WholeFileNeeded, hold_the_file, lock_keys
from customerfile.customers.resolution.written import ask_past
from customerfile.customers.search.index import WordIds
from customerfile.customers.search.profile import Read, identifier_fields, profile_of_record
from customerfile.definition.schema import FileDefinition
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared
from customerfile.sources.comparison_inputs import prepared_of

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
    one_each: int | None = None  # the source, where it has one record per customer
    read: Read | None = None  # where that was done already

    @classmethod
    def again(cls, record: LinkedRecord, before: str, prepared: str, *, model: MatchModel) -> "Arrived":
        """A stored record whose comparison inputs were others `before`."""
        keys = blocking_keys(Prepared.from_json(prepared), model)
        said = orjson.dumps(record.canonical)
        return cls(record.record_id, said, record.priority, record.as_of, prepared, keys, before)

    def linked(self, read: Read) -> LinkedRecord:
        """The record as survivorship sees it."""
        return LinkedRecord(self.record_id, read.canonical, self.priority, self.as_of)


def _nothing() -> None:
    """All is done already."""


@dataclass(slots=True)
class Resolution:
    """One resolver: the match model and the definition's rules, at one moment."""

    settling: Settling
    alone: bool = False  # no other writer is let in until the transaction ends

    @classmethod
    def of(
        cls,
        model: MatchModel,
        definition: FileDefinition,
        *,
        at: datetime,
        ids: IdPool | None = None,
        alone: bool = False,
    ) -> "Resolution":
        """A resolver for one transaction, with the file for itself where it is to be `alone`.

        `ids` where it is one of several in a row that share a stock of numbers for customers.
        """
        projector = Projector(GoldenRules(definition), identifier_fields(definition), at)
        return cls(Settling(model, projector, ids or customer_ids()), alone)

    @property
    def model(self) -> MatchModel:
        """What decides."""
        return self.settling.model

    @property
    def at(self) -> datetime:
        """When what is written began to hold."""
        return self.settling.projector.at

    def resolve(
        self, cursor: Cursor, arrived: Sequence[Arrived], store: Callable[[], object] = _nothing
    ) -> Resolved:
        """Link records. `store` writes them, unless they are written already; it is called when the server is free.

        Raises WholeFileNeeded, as all that changes which values are common, where it is not alone.
        """
        if not arrived:
            return Resolved()
        newcomers, were_common = self._admit(cursor, arrived)
        lists = Lists(cursor, newcomers)
        common = Common(cursor)
        prepared = PreparedRecords(newcomers, common=common.values)
        candidates = CandidatesAsked(cursor, newcomers, model=self.model)
        # while the server looks for candidates
        read = [each.read or Read.of(each.canonical) for each in arrived]
        said = {each.record_id: each.linked(its) for each, its in zip(arrived, read, strict=True)}
        gathered = Gathered(prepared, WordIds(cursor, _words(read)))
        self.settling.ids.ask(cursor, len(arrived))
        # a server with few rows to write has nothing to do while pairs are scored; one with many is read from first
        store_early, store_late = (store, _nothing) if cursor.few else (_nothing, cursor.set_aside(store))
        pairs, crowded = candidates.found(prepared)
        common.note(crowded, newcomers, at=self.at)
        component, around = self._meet(cursor, newcomers, pairs, prepared, meanwhile=store_early)
        changed = {each.record_id for each in arrived if each.old_prepared is not None}
        new = {each.record_id for each in arrived} - changed
        met = component.records | changed
        component.records &= new
        if around.records != met - new:
            around = Around(cursor, met - new, locks=not self.alone)
        store_late()
        # all of this is worked out while the server looks around
        alone = {
            each.record_id: profile_of_record(its, self.settling.projector.identifier_fields)
            for each, its in zip(arrived, read, strict=True)
            if each.record_id not in met
        }
        self.settling.add_alone(cursor, alone, gathered.words)
        widen(component, around, gathered.prepared, model=self.model)
        component.one_each |= {each.record_id: each.one_each for each in arrived if each.one_each is not None}
        component.linked |= {
            record: _with_corrections(said[record], component) for record in met & said.keys()
        }
        component.joining = {
            each.record_id: its
            for each, its in zip(arrived, read, strict=True)
            if each.record_id in met and each.record_id in new
        }
        work = self.settling.out_of_date(cursor, component, gathered.prepared, stale=met & said.keys())
        component.changed = changed
        done = self.settling.settle(cursor, work, component, gathered.words)
        lists.flag(prepared, changed=changed, model=self.model, at=self.at)
        here_before = {record for records in crowded.values() for record in records} - new
        self._reconsider_too(cursor, here_before | self._no_longer_common(cursor, were_common))
        return Resolved(len(alone) + done.customers_created, done.records_joined, done.customers_merged)

    def _admit(self, cursor: Cursor, arrived: Sequence[Arrived]) -> tuple[list[Newcomer], set[int]]:
        """Keep other writers from the blocking keys of what arrived, and forget what changed records said before.

        Gives the newcomers, and those of the forgotten keys that were too common to be compared by.
        """
        newcomers = [Newcomer(each.record_id, each.prepared, each.block_keys) for each in arrived]
        changed = [each for each in arrived if each.old_prepared is not None]
        old = self._old_keys(changed)
        keys = [key for each in newcomers for key in each.block_keys] + [key for _, key in old]
        self._hold(cursor, keys)
        were_common = crowded_among(cursor, {key for _, key in old}, model=self.model)
        forget(cursor, [each.record_id for each in changed], old)
        return newcomers, were_common

    def _meet(
        self,
        cursor: Cursor,
        newcomers: Sequence[Newcomer],
        pairs: Sequence[Pair],
        prepared: PreparedRecords,
        *,
        meanwhile: Callable[[], object],
    ) -> tuple[Component, Around]:
        """Score the newcomers with their candidates. The component begins with those that link.

        Gives also what lies around a single candidate: most records that meet somebody meet one, and join it.
        """
        store_block_keys(cursor, newcomers)
        others = {RecordId(record) for pair in pairs for record in pair}
        others -= {each.record_id for each in newcomers}
        around = Around(cursor, others if len(others) == 1 else (), locks=not self.alone)
        meanwhile()
        edges = score(prepared, pairs, model=self.model)
        store_pairs(cursor, edges, model=self.model)
        component = Component(edges={(edge.left, edge.right): (edge.weight, edge.veto) for edge in edges})
        for edge in edges:
            if not edge.veto and edge.weight >= self.model.thresholds.link:
                component.records |= {edge.left, edge.right}
        return component, around

    def reconsider(self, cursor: Cursor, records: Collection[RecordId]) -> Resolved:
        """Find and score the pairs of stored records anew, and divide anew what they touch."""
        if not records:
            return Resolved()
        stored = prepared_of(cursor, sorted(records)).items()
        newcomers = [
            Newcomer(record, prepared, blocking_keys(Prepared.from_json(prepared), self.model))
            for record, prepared in stored
        ]
        keys = [(each.record_id, key) for each in newcomers for key in each.block_keys]
        self._hold(cursor, [key for _, key in keys])
        lists = Lists(cursor, newcomers)
        forget(cursor, [each.record_id for each in newcomers], keys)
        prepared = PreparedRecords(newcomers, common=Common(cursor).values)
        pairs, _ = CandidatesAsked(cursor, newcomers, model=self.model).found(prepared)
        store_block_keys(cursor, newcomers)
        store_pairs(cursor, score(prepared, pairs, model=self.model), model=self.model)
        lists.flag(prepared, changed=[each.record_id for each in newcomers], model=self.model, at=self.at)
        return self.settle_anew(cursor, *self.look_around(cursor, [each.record_id for each in newcomers]))

    def _reconsider_too(self, cursor: Cursor, records: Collection[RecordId]) -> None:
        """Records that are not among those that the transaction began with."""
        if records and not self.alone:
            raise WholeFileNeeded
        self.reconsider(cursor, records)

    def _hold(self, cursor: Cursor, keys: Collection[int]) -> None:
        """Keep other writers from these blocking keys, or from the file."""
        if self.alone:
            hold_the_file(cursor)
        else:
            self.alone = lock_keys(cursor, keys)

    def _no_longer_common(self, cursor: Cursor, keys: Set[int]) -> set[RecordId]:
        """The records under those of these keys, too common before, that are not so any more."""
        left = keys - crowded_among(cursor, keys, model=self.model) if keys else set()
        return set(let_go(cursor, left)) if left else set()

    def take_back(self, cursor: Cursor, gone: Mapping[RecordId, str]) -> Resolved:
        """Unlink records that are about to be removed, and settle the customers they stood under."""
        old = [
            (record, key)
            for record, prepared in gone.items()
            for key in blocking_keys(Prepared.from_json(prepared), self.model)
        ]
        self._hold(cursor, [key for _, key in old])
        were_common = crowded_among(cursor, {key for _, key in old}, model=self.model)
        gathered = self._nothing_gathered(cursor)
        component = self._around(cursor, gone.keys(), gathered)
        forget(cursor, list(gone), old)
        cursor.execute(statement(__package__, "drop_links"), (list(gone),))
        dropped = drop_judgements(cursor, list(gone))
        emptied = {component.present[record] for record in gone if record in component.present}
        rest = component.records - gone.keys()
        emptied -= {component.present[record] for record in rest if record in component.present}
        close_customers(cursor, dict.fromkeys(emptied), at=self.at)
        component = self._around(cursor, rest, gathered)
        work = self.settling.out_of_date(cursor, component, gathered.prepared, stale=rest)
        done = self.settling.settle(cursor, work, component, gathered.words)
        self._reconsider_too(cursor, self._no_longer_common(cursor, were_common) - gone.keys())
        return replace(done, judgements_dropped=dropped.rows()[0][0])

    def look_around(self, cursor: Cursor, records: Collection[RecordId]) -> tuple[Component, Gathered]:
        """The present component around stored records. Its customers are held until the transaction ends."""
        self._hold(cursor, ())
        gathered = self._nothing_gathered(cursor)
        return self._around(cursor, records, gathered), gathered

    def _nothing_gathered(self, cursor: Cursor) -> Gathered:
        return Gathered(PreparedRecords(common=Common(cursor).values), WordIds(cursor))

    def settle_anew(self, cursor: Cursor, component: Component, gathered: Gathered) -> Resolved:
        """Divide a component after its verdicts changed. What the file said before comes back with its dates."""
        work = self.settling.out_of_date(cursor, component, gathered.prepared, stale=frozenset())
        known = [each.customer for each in work if each.customer is not None]
        if known:
            component.asked_past = ask_past(cursor, known)
        return self.settling.settle(cursor, work, component, gathered.words)

    def write_anew(self, cursor: Cursor, records: Collection[RecordId]) -> None:
        """Write the customers of stored records anew, though who belongs to them is as before."""
        component, gathered = self.look_around(cursor, records)
        work = self.settling.out_of_date(cursor, component, gathered.prepared, stale=frozenset(records))
        self.settling.settle(cursor, work, component, gathered.words)

    def _around(self, cursor: Cursor, records: Collection[RecordId], gathered: Gathered) -> Component:
        component = Component()
        around = Around(cursor, records, locks=not self.alone)
        widen(component, around, gathered.prepared, model=self.model)
        return component

    def _old_keys(self, changed: Sequence[Arrived]) -> Keyed:
        return [
            (each.record_id, key)
            for each in changed
            if each.old_prepared is not None
            for key in blocking_keys(Prepared.from_json(each.old_prepared), self.model)
        ]


def _words(read: Iterable[Read]) -> Iterable[str]:
    return chain.from_iterable(chain(each.names, each.places) for each in read)


def _with_corrections(changed: LinkedRecord, component: Component) -> LinkedRecord:
    """A record that says other things now; what people corrected still hangs on it."""
    known = component.linked.get(changed.record_id)
    return changed._replace(corrections=known.corrections) if known else changed


def linked_records(cursor: Cursor, records: Iterable[RecordId]) -> dict[RecordId, LinkedRecord]:
    """Stored records, as survivorship sees them."""
    wanted = list(records)
    if not wanted:
        return {}
    found = cursor.ask(statement(__package__, "linked_records"), (wanted,))
    return {
        RecordId(record): LinkedRecord(RecordId(record), orjson.loads(canonical), priority, as_of)
        for record, canonical, priority, as_of in found.rows()
    }
