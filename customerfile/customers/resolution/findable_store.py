"""Writes what customers are found by: contact points, identifiers, postings; where they changed, the difference."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from customerfile.base.bulk import Cursor, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId
from customerfile.customers.resolution.written import UNKNOWN, ContactKey, Contacts, KnownContact, Written
from customerfile.customers.search.index import NO_TOKENS, Tokens, drop_postings, store_postings
from customerfile.customers.search.profile import Profile

type Profiles = Mapping[CustomerId, Profile]
type Given = Mapping[
    CustomerId, Contacts
]  # what other customers know of the contact points that come from them

_CONTACT_COLUMNS = ("customer_id", "channel", "value", "use", "search", "status", "confirmed_at")


def add_findable(
    cursor: Cursor, profiles: Profiles, tokens: Mapping[CustomerId, Tokens], *, given: Given
) -> None:
    """Make new customers findable."""
    _add_contacts(cursor, _contacts(profiles, given))
    _add_identifiers(cursor, _identifiers(profiles))
    fresh = [found for customer, each in tokens.items() for found in each.without(NO_TOKENS, customer)]
    store_postings(cursor, fresh)


def replace_findable(
    cursor: Cursor,
    profiles: Profiles,
    before: Mapping[CustomerId, Written],
    tokens: Mapping[CustomerId, Tokens],
    *,
    given: Given,
) -> None:
    """Bring customers that were there before up to date; what is known of a contact point stays with it."""
    _replace_contacts(cursor, profiles, before, given)
    _replace_identifiers(cursor, profiles, before)
    gone = [found for id_, each in tokens.items() for found in before[id_].tokens.without(each, id_)]
    fresh = [found for id_, each in tokens.items() for found in each.without(before[id_].tokens, id_)]
    drop_postings(cursor, gone)
    store_postings(cursor, fresh)


def clear_findable(cursor: Cursor, customers: Sequence[CustomerId]) -> None:
    """Take customers out of search altogether."""
    ids = list(customers)
    cursor.execute(statement(__package__, "clear_postings"), {"ids": ids})
    cursor.execute("DELETE FROM identifier WHERE customer_id = ANY(%s)", (ids,))
    cursor.execute("DELETE FROM contact_point WHERE customer_id = ANY(%s)", (ids,))


def keep_contacts(
    cursor: Cursor, profiles: Profiles, before: Mapping[CustomerId, Written], taken_over: Iterable[CustomerId]
) -> None:
    """Remember what is known of contact points that leave their customer, of those that are taken over altogether."""
    gone = [
        (customer, key, known)
        for customer, profile in profiles.items()
        for key, known in _left(before[customer], profile)
    ]
    gone += [(customer, *each) for customer in taken_over for each in before[customer].contacts.items()]
    rows = [
        {
            "customer_id": customer,
            "channel": channel,
            "value": value,
            "status": known.status,
            "confirmed_at": known.confirmed_at,
        }
        for customer, (channel, value), known in gone
    ]
    if rows:
        cursor.execute(statement(__package__, "keep_contacts"), (orjson.dumps(rows).decode(),))


def _left(written: Written, profile: Profile) -> Iterator[tuple[ContactKey, KnownContact]]:
    """The contact points that a customer has no longer, where something is known of them."""
    if all(known[1:] == UNKNOWN[1:] for known in written.contacts.values()) and not written.kept:
        return
    still = {contact[:2] for contact in profile.contacts}
    for key, known in written.contacts.items():
        if key not in still and (known[1:] != UNKNOWN[1:] or key in written.kept):
            yield key, known


def _replace_contacts(
    cursor: Cursor, profiles: Profiles, before: Mapping[CustomerId, Written], given: Given
) -> None:
    gone: list[tuple[Any, ...]] = []
    fresh: list[tuple[Any, ...]] = []
    for customer, profile in profiles.items():
        known, kept, others = before[customer].contacts, before[customer].kept, given.get(customer, {})
        uses = {(contact.channel, contact.value): contact.use for contact in profile.contacts}
        gone += [(customer, *key) for key, contact in known.items() if uses.get(key) != contact.use]
        for contact in profile.contacts:
            key = (contact.channel, contact.value)
            earlier = known.get(key)
            if earlier is None or earlier.use != contact.use:
                status = earlier or kept.get(key) or others.get(key) or UNKNOWN
                fresh.append((customer, *contact, status.status, status.confirmed_at))
    if gone:
        cursor.execute(
            statement(__package__, "remove_contacts"), [list(part) for part in zip(*gone, strict=True)]
        )
    _add_contacts(cursor, fresh)


def _replace_identifiers(cursor: Cursor, profiles: Profiles, before: Mapping[CustomerId, Written]) -> None:
    gone: list[tuple[Any, ...]] = []
    fresh: list[tuple[Any, ...]] = []
    for customer, profile in profiles.items():
        known, wanted = before[customer].identifiers, set(profile.identifiers)
        gone += [(customer, digest) for digest, *_ in known - wanted]
        fresh += [(customer, *found) for found in wanted - known]
    if gone:
        cursor.execute(
            statement(__package__, "remove_identifiers"), [list(part) for part in zip(*gone, strict=True)]
        )
    _add_identifiers(cursor, fresh)


def _add_contacts(cursor: Cursor, rows: Sequence[tuple[Any, ...]]) -> None:
    write_rows(cursor, "contact_point", _CONTACT_COLUMNS, rows)


def _add_identifiers(cursor: Cursor, rows: Sequence[tuple[Any, ...]]) -> None:
    write_rows(cursor, "identifier", ("customer_id", "digest", "field", "scheme", "shown"), rows)


def _contacts(profiles: Profiles, given: Given) -> list[tuple[Any, ...]]:
    if not given:
        return [
            (customer, *contact, UNKNOWN.status, UNKNOWN.confirmed_at)
            for customer, profile in profiles.items()
            for contact in profile.contacts
        ]
    return [
        (customer, *contact, *given.get(customer, {}).get((contact.channel, contact.value), UNKNOWN)[1:])
        for customer, profile in profiles.items()
        for contact in profile.contacts
    ]


def _identifiers(profiles: Profiles) -> list[tuple[Any, ...]]:
    return [(customer, *found) for customer, profile in profiles.items() for found in profile.identifiers]
