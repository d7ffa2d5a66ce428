"""Writes what follows from a customer's records: golden record with history, contact points, identifiers, search index.

It is worked out anew for every touched customer, so merge and split need no rules of their own; changes are written.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from customerfile.base.bulk import Cursor, text_array, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.golden.golden import GoldenRecord, GoldenRules, LinkedRecord
from customerfile.customers.golden.provenance import Stand, of_one_record, only_record, stored_provenance
from customerfile.customers.number import customer_number
from customerfile.customers.resolution.components import Component
from customerfile.customers.resolution.findable_store import (
    Given,
    add_findable,
    clear_findable,
    keep_contacts,
    replace_findable,
)
from customerfile.customers.resolution.telling import tell_added, tell_changed, tell_closed, tell_parted
from customerfile.customers.search.index import Tokens, WordIds
from customerfile.customers.search.profile import Profile, Read, profile_of, words_of

type Members = Mapping[CustomerId, Sequence[LinkedRecord]]


class NewCustomer(NamedTuple):
    """A customer that was not there before, of one record or of several."""

    customer_id: CustomerId
    profile: Profile
    provenance: dict[str, Any]
    record_count: int


class Projector(NamedTuple):
    """How customers are worked out: the survivorship rules and the fields that hold identifiers."""

    rules: GoldenRules
    identifier_fields: tuple[str, ...]
    at: datetime

    def add_alone(
        self, cursor: Cursor, alone: Sequence[tuple[CustomerId, RecordId, Profile]], words: WordIds
    ) -> None:
        """Write customers of one record each."""
        self._add(
            cursor,
            [NewCustomer(customer, profile, only_record(record), 1) for customer, record, profile in alone],
            words,
            {},
        )

    def add(self, cursor: Cursor, settled: Members, component: Component, words: WordIds) -> None:
        """Write customers that were not there before."""
        nothing = Stand({}, {}, self.at)
        new = []
        for customer, records in settled.items():
            golden, profile = self._worked_out(customer, records, component)
            provenance, _ = self._provenance(golden, records, nothing, ())
            new.append(NewCustomer(customer, profile, provenance, len(records)))
        self._add(cursor, new, words, _given(settled, component))
        tell_parted(cursor, settled, component.present, at=self.at)

    def replace(
        self,
        cursor: Cursor,
        settled: Members,
        component: Component,
        words: WordIds,
        *,
        taken_over: Collection[CustomerId],
    ) -> None:
        """Write customers anew, keeping what the file said before and what is known of their contact points."""
        if not settled:
            return
        worked = {
            customer: self._worked_out(customer, records, component) for customer, records in settled.items()
        }
        before = component.written()  # was on its way meanwhile
        profiles = {customer: profile for customer, (_, profile) in worked.items()}
        tokens = _tokens(profiles, words)
        for customer in component.grown & tokens.keys():
            tokens[customer].names.update(before[customer].tokens.names)
            tokens[customer].places.update(before[customer].tokens.places)
        past = component.past()
        rows = [
            _changed_row(customer, profile, tokens[customer])
            | self._stand(golden, settled[customer], before[customer].stand, past.get(customer, ()))
            for customer, (golden, profile) in worked.items()
        ]
        cursor.execute(
            statement(__package__, "update_customers"), {"rows": orjson.dumps(rows).decode(), "at": self.at}
        )
        keep_contacts(cursor, profiles, before, taken_over)
        replace_findable(cursor, profiles, before, tokens, given=_given(settled, component))
        standing = set(component.present.values())
        again = {customer: records for customer, records in settled.items() if customer not in standing}
        tell_parted(cursor, again, component.present, at=self.at)
        tell_changed(cursor, settled, at=self.at)

    def _worked_out(
        self, customer: CustomerId, records: Sequence[LinkedRecord], component: Component
    ) -> tuple[GoldenRecord, Profile]:
        golden = self.rules.golden_record(records)
        said = [record.canonical for record in records]
        if golden.corrected:
            said.append(golden.values)  # found by what people corrected as well
        if customer in component.grown:
            read = [
                component.joining[each.record_id] for each in records if each.record_id in component.joining
            ]
        else:
            read = list(map(Read.of_record, said))
        made = profile_of(
            golden.kind, golden.values, read=read, records=said, identifier_fields=self.identifier_fields
        )
        return golden, made

    def _stand(
        self, golden: GoldenRecord, records: Sequence[LinkedRecord], before: Stand, past: Sequence[Stand]
    ) -> dict[str, Any]:
        """Provenance, and whether the golden values differ from those before."""
        provenance, since = self._provenance(golden, records, before, past)
        return {
            "provenance": provenance,
            "golden_changed": golden.values != before.values,
            "golden_since": since.isoformat(),
            "record_count": len(records),
        }

    def _provenance(
        self, golden: GoldenRecord, records: Sequence[LinkedRecord], before: Stand, past: Sequence[Stand]
    ) -> tuple[dict[str, Any], datetime]:
        """Provenance, and since when the golden record stands: as in the past where it says again what it said then."""
        again = next((stand for stand in (before, *past) if stand.values == golden.values), None)
        since = again.since if again else self.at
        if len(records) == 1 and not (before.values or golden.corrected) and again is None:
            return only_record(records[0].record_id), since
        stored = stored_provenance(golden, self.rules, before=again or before, at=self.at)
        return (of_one_record(stored, records[0].record_id, since) if len(records) == 1 else stored), since

    def _add(self, cursor: Cursor, new: Sequence[NewCustomer], words: WordIds, given: Given) -> None:
        profiles = {each.customer_id: each.profile for each in new}
        tokens = _tokens(profiles, words)
        rows = [_new_row(each, tokens[each.customer_id], self.at) for each in new]
        write_rows(cursor, "customer", _COLUMNS, rows)
        tell_added(cursor, [number for _, number, *_ in rows], at=self.at)
        add_findable(cursor, profiles, tokens, given=given)


_COLUMNS = (
    "id", "number", "kind", "state", "display_name", "sort_name", "golden", "provenance", "golden_since",
    "record_count", "name_tokens", "place_tokens", "branches", "created_at", "changed_at",
)  # fmt: skip


def _tokens(profiles: Mapping[CustomerId, Profile], words: WordIds) -> dict[CustomerId, Tokens]:
    ids = words.of(words_of(profiles.values()))
    return {
        customer: Tokens({ids[word] for word in each.names}, {ids[word] for word in each.places})
        for customer, each in profiles.items()
    }


def _given(settled: Members, component: Component) -> Given:
    """What is known of the contact points of customers whose records stand under other numbers from now on."""
    from_whom = {
        customer: {component.present.get(record.record_id, customer) for record in records} - {customer}
        for customer, records in settled.items()
    }
    if not any(from_whom.values()):
        return {}
    written = component.written()
    return {
        customer: {
            key: known
            for other in sorted(others, reverse=True)  # what the oldest knows counts
            if other in written
            for key, known in written[other].contacts.items()
        }
        for customer, others in from_whom.items()
    }


def close_customers(cursor: Cursor, closed: Mapping[CustomerId, CustomerId | None], *, at: datetime) -> None:
    """Numbers nobody stands under any more, each with the number that took it over, or None."""
    if not closed:
        return
    ids = list(closed)
    clear_findable(cursor, ids)
    cursor.execute(statement(__package__, "keep_golden"), {"ids": ids, "at": at})
    rows = [{"id": customer, "survivor": survivor} for customer, survivor in closed.items()]
    cursor.execute(statement(__package__, "close_customers"), {"rows": orjson.dumps(rows).decode(), "at": at})
    tell_closed(cursor, closed, at=at)


def _new_row(new: NewCustomer, tokens: Tokens, at: datetime) -> tuple[Any, ...]:
    profile = new.profile
    return (
        new.customer_id,
        customer_number(new.customer_id),
        profile.kind,
        "active",
        profile.display_name,
        profile.sort_name,
        profile.golden,
        orjson.dumps(new.provenance).decode(),
        at,
        new.record_count,
        list(tokens.names),
        list(tokens.places),
        text_array(profile.branches),
        at,
        at,
    )


def _changed_row(customer: CustomerId, profile: Profile, tokens: Tokens) -> dict[str, Any]:
    return {
        "id": customer,
        "kind": profile.kind,
        "display_name": profile.display_name,
        "sort_name": profile.sort_name,
        "golden": orjson.Fragment(profile.golden),
        "name_tokens": list(tokens.names),
        "place_tokens": list(tokens.places),
        "branches": profile.branches,
    }
