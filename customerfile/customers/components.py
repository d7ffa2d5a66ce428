"""Everything a change touches: the closure over scored pairs and shared customers, and how it falls into groups.

The whole touched component is partitioned anew each time, so the outcome depends on the records, not on their order.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.candidates import PreparedRecords
from customerfile.matching.cluster import Edge, partition
from customerfile.matching.model import MatchModel


@dataclass(slots=True)
class Component:
    """Records that may belong together, the pairs between them, and the customers they stand under now."""

    records: set[RecordId] = field(default_factory=set)
    edges: dict[tuple[RecordId, RecordId], tuple[float, int]] = field(default_factory=dict)  # weight, veto
    present: dict[RecordId, CustomerId] = field(default_factory=dict)
    since: dict[RecordId, datetime] = field(default_factory=dict)  # the present link

    def customers(self) -> dict[CustomerId, frozenset[RecordId]]:
        """The records that each customer has now."""
        members: dict[CustomerId, set[RecordId]] = {}
        for record, customer in self.present.items():
            members.setdefault(customer, set()).add(record)
        return {customer: frozenset(records) for customer, records in members.items()}

    def partners(self) -> dict[RecordId, list[tuple[float, RecordId]]]:
        """For each record, the records it was scored with and nothing forbids, with the weight."""
        found: dict[RecordId, list[tuple[float, RecordId]]] = {}
        for (left, right), (weight, veto) in self.edges.items():
            if not veto:
                found.setdefault(left, []).append((weight, right))
                found.setdefault(right, []).append((weight, left))
        return found


def touched(
    cursor: Cursor, seeds: Collection[RecordId], *, model: MatchModel, locks: bool = True
) -> Component:
    """The component around `seeds`, its customers locked until the transaction ends.

    Without `locks` where the caller has the whole file for itself.
    """
    component = Component()
    fresh = set(seeds)
    while fresh:
        component.records |= fresh
        found, customers = _around(cursor, fresh, component, model)
        customers -= set(component.present.values())
        found |= _members(cursor, customers, component, locks=locks)
        fresh = found - component.records
    return component


def _around(
    cursor: Cursor, records: set[RecordId], component: Component, model: MatchModel
) -> tuple[set[RecordId], set[CustomerId]]:
    """The records that these are linked with by a good pair, and the customers that these stand under."""
    cursor.execute(statement(__package__, "around_records"), {"ids": list(records)})
    found: set[RecordId] = set()
    customers: set[CustomerId] = set()
    for left, right, weight, veto, customer in cursor.fetchall():
        if customer is not None:
            customers.add(customer)
            continue
        component.edges[(left, right)] = (weight, veto)
        if weight >= model.thresholds.link and not veto:
            found |= {left, right}
    return found, customers


def _members(
    cursor: Cursor, customers: set[CustomerId], component: Component, *, locks: bool
) -> set[RecordId]:
    """All records of these customers. Customers are locked before their links are read for good."""
    if not customers:
        return set()
    if locks:
        cursor.execute(statement(__package__, "lock_customers"), (sorted(customers),))
        cursor.fetchall()
    cursor.execute(statement(__package__, "records_of_customers"), (sorted(customers),))
    linked = cursor.fetchall()
    component.present.update((record, customer) for record, customer, _ in linked)
    component.since.update((record, since) for record, _, since in linked)
    return {record for record, _, _ in linked}


def groups(
    cursor: Cursor, component: Component, *, known: PreparedRecords, model: MatchModel
) -> list[frozenset[RecordId]]:
    """The component's records, divided into customers."""
    prepared = known.of(cursor, component.records)
    inside = {pair: found for pair, found in component.edges.items() if component.records.issuperset(pair)}
    return [
        frozenset(RecordId(record) for record in group)
        for group in partition(
            sorted(record for record in component.records if record in prepared),
            prepared,
            [Edge(left, right, weight) for (left, right), (weight, veto) in inside.items() if not veto],
            (),
            (),
            model,
        )
    ]
