"""Everything a change touches: the closure over scored pairs and shared customers, and how it falls into groups.

The whole touched component is partitioned anew each time, so the outcome depends on the records, not on their order.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import orjson

from customerfile.base.bulk import Answer, Cursor, Row
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.golden.corrections import corrections_from
from customerfile.customers.golden.golden import LinkedRecord
from customerfile.customers.golden.provenance import Stand
from customerfile.customers.resolution.candidates import PreparedRecords
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.resolution.written import Written, ask_written, past_stands, written
from customerfile.customers.search.index import WordIds
from customerfile.customers.search.profile import Read
from customerfile.matching.cluster import Edge, partition
from customerfile.matching.model import MatchModel

type Pair = tuple[RecordId, RecordId]


class Gathered(NamedTuple):
    """What is learnt on the way: comparison inputs of records, ids of words."""

    prepared: PreparedRecords
    words: WordIds


@dataclass(slots=True)
class Component:
    """Records that may belong together, the pairs between them, and the customers they stand under now."""

    records: set[RecordId] = field(default_factory=set)
    edges: dict[Pair, tuple[float, int]] = field(default_factory=dict)  # weight, veto
    judged: dict[Pair, Verdict] = field(default_factory=dict)  # verdicts in force
    one_each: dict[int, int] = field(default_factory=dict)  # the source, where it has one record per customer
    present: dict[RecordId, CustomerId] = field(default_factory=dict)
    since: dict[RecordId, datetime] = field(default_factory=dict)  # the present link
    linked: dict[RecordId, LinkedRecord] = field(default_factory=dict)  # those that stand under a customer
    asked: list[Answer] = field(default_factory=list)  # what is written of the customers they stand under
    read: dict[CustomerId, Written] = field(default_factory=dict)  # of that, what was read already
    groups: list[frozenset[RecordId]] = field(default_factory=list)  # how it was divided at last
    joining: Mapping[RecordId, Read] = field(default_factory=dict)  # records that were not there before
    changed: Set[RecordId] = frozenset()  # records that say other things than before
    grown: Set[CustomerId] = (
        frozenset()
    )  # customers that records only join, so that what is written of them holds
    asked_past: Answer | None = None  # what the file said of them before, where a change may be taken back

    def customers(self) -> dict[CustomerId, frozenset[RecordId]]:
        """The records that each customer has now."""
        members: dict[CustomerId, set[RecordId]] = {}
        for record, customer in self.present.items():
            members.setdefault(customer, set()).add(record)
        return {customer: frozenset(records) for customer, records in members.items()}

    def written(self) -> dict[CustomerId, Written]:
        """What is written of the customers."""
        while self.asked:
            self.read |= written(self.asked.pop(0))
        return self.read

    def past(self) -> dict[CustomerId, list[Stand]]:
        """What the file said of the customers before, if that was asked for."""
        return past_stands(self.asked_past) if self.asked_past else {}

    def only_grown(self, settled: Mapping[CustomerId, Sequence[LinkedRecord]]) -> set[CustomerId]:
        """The customers that keep all records they had, as they were, and get new ones besides."""
        sizes = Counter(self.present.values()) if self.joining else {}
        found = set()
        for customer, records in settled.items():
            new = sum(each.record_id in self.joining for each in records)
            stay = sum(self._stays(each, customer) for each in records)
            if new and new + stay == len(records) and stay == sizes.get(customer):
                found.add(customer)
        return found

    def _stays(self, record: LinkedRecord, customer: CustomerId) -> bool:
        """Whether a record says what it said, of the same customer, and nobody corrected it."""
        id_ = record.record_id
        return self.present.get(id_) == customer and id_ not in self.changed and not record.corrections

    def told(self) -> dict[RecordId, list[tuple[Verdict, RecordId]]]:
        """For each record, the verdicts on it and others."""
        found: dict[RecordId, list[tuple[Verdict, RecordId]]] = {}
        for (left, right), verdict in self.judged.items():
            found.setdefault(left, []).append((verdict, right))
            found.setdefault(right, []).append((verdict, left))
        return found

    def partners(self) -> dict[RecordId, list[tuple[float, RecordId]]]:
        """For each record, the records it was scored with and nothing forbids, with the weight."""
        found: dict[RecordId, list[tuple[float, RecordId]]] = {}
        for (left, right), (weight, veto) in self.edges.items():
            if not veto:
                found.setdefault(left, []).append((weight, right))
                found.setdefault(right, []).append((weight, left))
        return found


class Around:
    """The questions what lies around some records: customers, held from now on, their members, pairs, what is written.

    Without `locks` where the caller has the whole file for itself.
    """

    def __init__(self, cursor: Cursor, records: Collection[RecordId], *, locks: bool = True) -> None:
        self._cursor, self._locks = cursor, locks
        self.records = set(records)
        if not records:
            return
        ids = list(records)
        # customers are locked before their links are read for good
        self.held = cursor.ask(statement(__package__, "lock_customers"), (ids,)) if locks else None
        self.members = cursor.ask(statement(__package__, "members"), (ids,))
        self.pairs = cursor.ask(statement(__package__, "pairs_around"), {"records": ids})
        self.written = ask_written(cursor, records=ids)

    def of(self, records: Collection[RecordId]) -> "Around":
        """The same questions about other records."""
        return Around(self._cursor, records, locks=self._locks)

    def is_held(self) -> bool:
        """Whether every customer that was read was held by then: another writer may have moved a record just before."""
        if self.held is None:
            return True
        return {row[1] for row in self.members.rows()} <= {row[0] for row in self.held.rows()}


def widen(component: Component, around: Around, known: PreparedRecords, *, model: MatchModel) -> None:
    """Take in some records and all that hangs together with them. Its customers are held until the transaction ends."""
    while around.records:
        while not around.is_held():
            around = around.of(around.records)
        component.records |= around.records
        _add_members(component, around.members.rows(), known)
        component.asked.append(around.written)
        around = around.of(_add_pairs(component, around.pairs, model) - component.records)


def _add_members(component: Component, members: Sequence[Row], prepared: PreparedRecords) -> None:
    inputs: dict[int, str] = {}
    for record, customer, since, canonical, priority, as_of, stored, one_each, corrected in members:
        component.records.add(record)
        component.present[record] = customer
        component.since[record] = since
        component.linked[record] = LinkedRecord(
            record, orjson.loads(canonical), priority, as_of, corrections_from(corrected)
        )
        inputs[record] = stored
        if one_each is not None:
            component.one_each[record] = one_each
    prepared.learn(inputs)


def _add_pairs(component: Component, pairs: Answer, model: MatchModel) -> set[RecordId]:
    """The records that good pairs lead to, by their score or because somebody said so."""
    found: set[RecordId] = set()
    for left, right, weight, veto, verdict in pairs.rows():
        if verdict is not None:
            component.judged[(left, right)] = Verdict(verdict)
            if verdict == Verdict.MATCH:
                found |= {left, right}
            continue
        component.edges[(left, right)] = (weight, veto)
        if weight >= model.thresholds.link and not veto:
            found |= {left, right}
    return found


def groups(component: Component, *, known: PreparedRecords, model: MatchModel) -> list[frozenset[RecordId]]:
    """The component's records, divided into customers."""
    return divided(component, component.judged, known=known, model=model)


def divided(
    component: Component, judged: Mapping[Pair, Verdict], *, known: PreparedRecords, model: MatchModel
) -> list[frozenset[RecordId]]:
    """The component's records, as they would be divided were these the verdicts on them."""
    prepared = known.of(component.records)
    inside = {pair: found for pair, found in component.edges.items() if component.records.issuperset(pair)}
    told = {pair: verdict for pair, verdict in judged.items() if component.records.issuperset(pair)}
    return [
        frozenset(RecordId(record) for record in group)
        for group in partition(
            sorted(record for record in component.records if record in prepared),
            prepared,
            [Edge(left, right, weight) for (left, right), (weight, veto) in inside.items() if not veto],
            [pair for pair, verdict in told.items() if verdict is Verdict.NOT_A_MATCH],
            [pair for pair, verdict in told.items() if verdict is Verdict.MATCH],
            model,
            one_each=component.one_each,
        )
    ]
