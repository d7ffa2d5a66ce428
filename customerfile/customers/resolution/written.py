"""Reads what is written of customers: the golden record as it stands, and what they are found by."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from customerfile.base.bulk import Answer, Cursor
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.golden.provenance import Stand
from customerfile.customers.search.index import Tokens

type ContactKey = tuple[str, str]  # channel, value


class KnownContact(NamedTuple):
    """What is known of a contact point."""

    use: str
    status: str
    confirmed_at: datetime | None


UNKNOWN = KnownContact("", "unverified", None)

type Contacts = Mapping[ContactKey, KnownContact]


class Written(NamedTuple):
    """All that is written of one customer now."""

    stand: Stand
    contacts: Contacts
    kept: Contacts  # of contact points that it had once
    identifiers: frozenset[tuple[int, str, str, str]]  # digest, field, scheme, shown
    tokens: Tokens


def ask_written(
    cursor: Cursor, *, customers: Iterable[CustomerId] = (), records: Iterable[RecordId] = ()
) -> Answer:
    """Ask what is written of these customers, and of those that these records stand under."""
    return cursor.ask(
        statement(__package__, "written"), {"customers": list(customers), "records": list(records)}
    )


def written(answer: Answer) -> dict[CustomerId, Written]:
    """The answer, by customer."""
    return {
        customer: Written(
            Stand(orjson.loads(golden), orjson.loads(provenance), since),
            _contacts(contacts),
            _contacts(kept),
            frozenset(map(tuple, orjson.loads(identifiers))) if identifiers else frozenset(),
            Tokens(set(names), set(places)),
        )
        for customer, golden, provenance, since, names, places, contacts, kept, identifiers in answer.rows()
    }


def ask_past(cursor: Cursor, customers: Iterable[CustomerId]) -> Answer:
    """Ask what the file said of customers before."""
    return cursor.ask(statement(__package__, "past_stands"), (list(customers),))


def past_stands(answer: Answer) -> dict[CustomerId, list[Stand]]:
    """The answer, by customer, the latest first."""
    found: dict[CustomerId, list[Stand]] = {}
    for customer, golden, provenance, since in answer.rows():
        stand = Stand(orjson.loads(golden), orjson.loads(provenance), since)
        found.setdefault(customer, []).append(stand)
    return found


def _contacts(told: str | None) -> Contacts:
    return dict(map(_contact, orjson.loads(told))) if told else {}


def _contact(row: list[Any]) -> tuple[ContactKey, KnownContact]:
    channel, value, use, status, confirmed_at = row
    moment = datetime.fromisoformat(confirmed_at) if confirmed_at else None
    return (channel, value), KnownContact(use, status, moment)
