"""Reads what is written of customers: the golden record as it stands, and what they are found by."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from customerfile.base.bulk import Answer, Cursor
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.golden.provenance import Stand
from customerfile.customers.search.index import Posting, WordIds

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
    postings: frozenset[Posting]


def ask_written(
    cursor: Cursor, *, customers: Iterable[CustomerId] = (), records: Iterable[RecordId] = ()
) -> Answer:
    """Ask what is written of these customers, and of those that these records stand under."""
    return cursor.ask(
        statement(__package__, "written"), {"customers": list(customers), "records": list(records)}
    )


def written(answer: Answer, words: WordIds) -> dict[CustomerId, Written]:
    """The answer, by customer; `words` learns the ids of the words that they are found by."""
    found: dict[CustomerId, Written] = {}
    for customer, *rest, tokens, contacts, kept, identifiers in answer.rows():
        if tokens:
            words.learn(orjson.loads(tokens))
        found[customer] = Written(
            _stand(rest[:3]),
            _contacts(contacts),
            _contacts(kept),
            frozenset(map(tuple, orjson.loads(identifiers))) if identifiers else frozenset(),
            frozenset(_postings(customer, *rest[3:])),
        )
    return found


def ask_past(cursor: Cursor, customers: Iterable[CustomerId]) -> Answer:
    """Ask what the file said of customers before."""
    return cursor.ask(statement(__package__, "past_stands"), (list(customers),))


def past_stands(answer: Answer) -> dict[CustomerId, list[Stand]]:
    """The answer, by customer, the latest first."""
    found: dict[CustomerId, list[Stand]] = {}
    for customer, *row in answer.rows():
        found.setdefault(customer, []).append(_stand(row))
    return found


def _stand(row: list[Any]) -> Stand:
    golden, provenance, since = row
    return Stand(orjson.loads(golden), orjson.loads(provenance), since)


def _contacts(told: str | None) -> Contacts:
    return dict(map(_contact, orjson.loads(told))) if told else {}


def _contact(row: list[Any]) -> tuple[ContactKey, KnownContact]:
    channel, value, use, status, confirmed_at = row
    moment = datetime.fromisoformat(confirmed_at) if confirmed_at else None
    return (channel, value), KnownContact(use, status, moment)


def _postings(customer: CustomerId, names: list[int], places: list[int]) -> Iterable[Posting]:
    for token in names:
        yield token, False, customer
    for token in places:
        yield token, True, customer
