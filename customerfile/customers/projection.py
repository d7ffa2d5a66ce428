"""Writes what follows from a customer's records: golden record with history, contact points, identifiers, search index.

All of it is made anew from the records for every touched customer, so merge and split need no rules of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from customerfile.base.bulk import Cursor, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId
from customerfile.customers import findable
from customerfile.customers.golden import GoldenRecord, GoldenRules, LinkedRecord
from customerfile.customers.number import customer_number
from customerfile.customers.provenance import Stand, stored_provenance
from customerfile.customers.search_index import store_postings, token_ids

type ContactStatus = dict[tuple[int, str, str], tuple[str, datetime | None]]


@dataclass(frozen=True, slots=True)
class Projection:
    """One customer, worked out but not yet written."""

    customer_id: CustomerId
    golden: GoldenRecord
    record_count: int
    name_words: frozenset[str]
    place_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Projector:
    """How customers are worked out: the survivorship rules and the fields that hold identifiers."""

    rules: GoldenRules
    identifier_fields: tuple[str, ...]
    at: datetime

    def project(self, customer_id: CustomerId, records: Sequence[LinkedRecord]) -> Projection:
        """One customer from its records. Every record's names and places are findable, not the golden ones alone."""
        names: set[str] = set()
        places: set[str] = set()
        for record in records:
            names |= findable.name_words(record.canonical)
            places |= findable.place_words(record.canonical)
        golden = self.rules.golden_record(records)
        return Projection(customer_id, golden, len(records), frozenset(names), frozenset(places))

    def add(self, cursor: Cursor, projections: Sequence[Projection]) -> None:
        """Write customers that were not there before."""
        ids = _token_ids(cursor, projections)
        write_rows(
            cursor, "customer", _COLUMNS, [self._new_row(projection, ids) for projection in projections]
        )
        self._add_findable(cursor, projections, ids, {})

    def replace(self, cursor: Cursor, projections: Sequence[Projection]) -> None:
        """Write customers anew, keeping what the file said before and what is known of their contact points."""
        if not projections:
            return
        customer_ids = [projection.customer_id for projection in projections]
        stands = _stands(cursor, customer_ids)
        status = clear_findable(cursor, customer_ids)
        ids = _token_ids(cursor, projections)
        rows = [
            self._changed_row(projection, stands[projection.customer_id], ids) for projection in projections
        ]
        changed = [row["id"] for row in rows if row["golden_changed"]]
        cursor.execute(statement(__package__, "keep_golden"), {"ids": changed, "at": self.at})
        cursor.execute(
            statement(__package__, "update_customers"), {"rows": orjson.dumps(rows).decode(), "at": self.at}
        )
        self._add_findable(cursor, projections, ids, status)

    def _new_row(self, projection: Projection, ids: Mapping[str, int]) -> tuple[Any, ...]:
        golden = projection.golden
        return (
            projection.customer_id,
            customer_number(projection.customer_id),
            golden.kind,
            "active",
            findable.display_name(golden.kind, golden.values),
            findable.sort_name(golden.kind, golden.values),
            orjson.dumps(golden.values).decode(),
            orjson.dumps(stored_provenance(golden, self.rules, before=None, at=self.at)).decode(),
            self.at,
            projection.record_count,
            [ids[word] for word in projection.name_words],
            [ids[word] for word in projection.place_words],
            self.at,
            self.at,
        )

    def _changed_row(self, projection: Projection, before: Stand, ids: Mapping[str, int]) -> dict[str, Any]:
        golden = projection.golden
        return {
            "id": projection.customer_id,
            "kind": golden.kind,
            "display_name": findable.display_name(golden.kind, golden.values),
            "sort_name": findable.sort_name(golden.kind, golden.values),
            "golden": golden.values,
            "provenance": stored_provenance(golden, self.rules, before=before, at=self.at),
            "golden_changed": golden.values != before.values,
            "record_count": projection.record_count,
            "name_tokens": [ids[word] for word in projection.name_words],
            "place_tokens": [ids[word] for word in projection.place_words],
        }

    def _add_findable(
        self, cursor: Cursor, projections: Sequence[Projection], ids: Mapping[str, int], status: ContactStatus
    ) -> None:
        write_rows(cursor, "contact_point", _CONTACT_COLUMNS, _contact_rows(projections, status))
        write_rows(
            cursor,
            "identifier",
            ("customer_id", "digest", "field", "scheme", "shown"),
            [
                (projection.customer_id, found.digest, found.field, found.scheme, found.shown)
                for projection in projections
                for found in findable.identifiers(projection.golden.values, self.identifier_fields)
            ],
        )
        store_postings(cursor, _postings(projections, ids))


_COLUMNS = (
    "id", "number", "kind", "state", "display_name", "sort_name", "golden", "provenance", "golden_since",
    "record_count", "name_tokens", "place_tokens", "created_at", "changed_at",
)  # fmt: skip
_CONTACT_COLUMNS = ("customer_id", "channel", "value", "use", "search", "status", "confirmed_at")


def clear_findable(cursor: Cursor, customers: Sequence[CustomerId]) -> ContactStatus:
    """Take customers out of search; gives back what was known of their contact points."""
    ids = list(customers)
    cursor.execute(statement(__package__, "remove_postings"), {"ids": ids})
    cursor.execute(statement(__package__, "remove_identifiers"), (ids,))
    cursor.execute(statement(__package__, "remove_contacts"), (ids,))
    return {
        (customer, channel, value): (status, confirmed)
        for customer, channel, value, status, confirmed in cursor.fetchall()
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


def _stands(cursor: Cursor, customers: Sequence[CustomerId]) -> dict[CustomerId, Stand]:
    cursor.execute(statement(__package__, "stands"), (list(customers),))
    return {
        CustomerId(id_): Stand(orjson.loads(golden), orjson.loads(provenance), since)
        for id_, golden, provenance, since in cursor.fetchall()
    }


def _token_ids(cursor: Cursor, projections: Iterable[Projection]) -> dict[str, int]:
    words: set[str] = set()
    for projection in projections:
        words |= projection.name_words
        words |= projection.place_words
    return token_ids(cursor, words)


def _contact_rows(projections: Sequence[Projection], status: ContactStatus) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for projection in projections:
        customer = projection.customer_id
        for contact in findable.contacts(projection.golden.values):
            known = status.get((customer, contact.channel, contact.value), ("unverified", None))
            rows.append((customer, contact.channel, contact.value, contact.use, contact.search, *known))
    return rows


def _postings(
    projections: Sequence[Projection], ids: Mapping[str, int]
) -> list[tuple[int, bool, CustomerId]]:
    rows: list[tuple[int, bool, CustomerId]] = []
    for projection in projections:
        customer = projection.customer_id
        rows.extend((ids[word], False, customer) for word in projection.name_words)
        rows.extend((ids[word], True, customer) for word in projection.place_words)
    return rows
