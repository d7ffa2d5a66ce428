"""Divides what a change touched into customers, and writes what follows: numbers, links, golden records, reviews."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import batched

from customerfile.base.bulk import Cursor, IdPool
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.golden.golden import LinkedRecord
from customerfile.customers.resolution.assignment import Assignment, Group, assign
from customerfile.customers.resolution.candidates import PreparedRecords
from customerfile.customers.resolution.components import Component, groups
from customerfile.customers.resolution.linking import NewLink, Settled, end_links, links_to_write, write_links
from customerfile.customers.resolution.projection import Projector, close_customers
from customerfile.customers.resolution.review_queue import queue_reviews
from customerfile.customers.resolution.written import ask_written
from customerfile.customers.search.index import WordIds
from customerfile.customers.search.profile import Profile
from customerfile.matching.model import MatchModel

_AT_ONCE = 500  # customers that the server writes while the next ones are worked out


@dataclass(frozen=True, slots=True)
class Resolved:
    """What resolution did to the customers."""

    customers_created: int = 0
    records_joined: int = 0
    customers_merged: int = 0
    judgements_dropped: int = 0


def customer_ids() -> IdPool:
    """A stock of numbers for customers."""
    return IdPool("customer_id_seq")


@dataclass(frozen=True, slots=True)
class Settling:
    """How groups become customers: the model that decides, what is worked out of them, and their numbers."""

    model: MatchModel
    projector: Projector
    ids: IdPool  # of customers

    def add_alone(self, cursor: Cursor, alone: Mapping[RecordId, Profile], words: WordIds) -> None:
        """The many that meet nobody: a customer each."""
        numbered = list(zip(map(CustomerId, self.ids.take(cursor, len(alone))), alone.items(), strict=True))
        self.projector.add_alone(cursor, [(id_, *each) for id_, each in numbered], words)
        links = [NewLink(record, id_, "first_seen") for id_, (record, _) in numbered]
        write_links(cursor, links, model_hash=self.model.hash, at=self.projector.at)

    def out_of_date(
        self, cursor: Cursor, component: Component, known: PreparedRecords, *, stale: Set[RecordId]
    ) -> list[Assignment]:
        """Divide a component anew. Gives the groups to write: those that changed, and those with `stale` records."""
        divided = groups(component, known=known, model=self.model)
        component.groups = divided
        standing = component.customers()
        return [
            each
            for each in _assigned(cursor, divided, component)
            if each.records & stale
            or each.absorbed
            or each.customer is None
            or standing.get(each.customer) != each.records
        ]

    def settle(
        self, cursor: Cursor, work: Sequence[Assignment], component: Component, words: WordIds
    ) -> Resolved:
        """Write the groups that are out of date, and have people look at what the scores alone do not settle."""
        new = [each.records for each in work if each.customer is None]
        old = {each.customer: each.records for each in work if each.customer is not None}
        fresh = dict(zip(map(CustomerId, self.ids.take(cursor, len(new))), new, strict=True))
        absorbed = {gone: each.customer for each in work for gone in each.absorbed}
        revived = old.keys() - component.customers().keys()
        if revived:
            component.asked.append(ask_written(cursor, customers=revived))
        at = self.projector.at
        close_customers(cursor, absorbed, at=at)
        self.projector.add(cursor, _members(fresh, component), component, words)
        self._replace(cursor, old, component, words, taken_over=absorbed)
        links = links_to_write(fresh | old, component)
        end_links(cursor, [link.record for link in links if link.record in component.present], at=at)
        write_links(cursor, links, model_hash=self.model.hash, at=at)
        queue_reviews(cursor, component, component.groups, thresholds=self.model.thresholds, at=at)
        return Resolved(len(new), _joined(links, fresh), len(absorbed))

    def _replace(
        self,
        cursor: Cursor,
        old: Settled,
        component: Component,
        words: WordIds,
        *,
        taken_over: Collection[CustomerId],
    ) -> None:
        members = _members(old, component)
        component.grown = component.only_grown(members)
        # the rest comes last: it may need the ids of words that are not known yet
        ordered = sorted(members.items(), key=lambda each: each[0] not in component.grown)
        for some in batched(ordered, _AT_ONCE):
            self.projector.replace(cursor, dict(some), component, words, taken_over=taken_over)
            taken_over = ()


def _assigned(cursor: Cursor, divided: Sequence[Group], component: Component) -> list[Assignment]:
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
    former: dict[RecordId, CustomerId] = dict(
        cursor.ask(statement(__package__, "former_customers"), (homeless,)).rows()
    )
    return assign(divided, component.present, since=component.since, former=former)


def _members(settled: Settled, component: Component) -> dict[CustomerId, list[LinkedRecord]]:
    return {
        customer: [component.linked[record] for record in sorted(group)]
        for customer, group in settled.items()
    }


def _joined(links: Sequence[NewLink], fresh: Settled) -> int:
    """How many newcomers joined somebody: all but the first of each new customer."""
    arrivals = sum(link.cause != "recomputed" for link in links)
    founders = len({link.customer for link in links if link.customer in fresh and link.cause != "recomputed"})
    return arrivals - founders
