"""Writes what customers are found by: contact points, identifiers, postings; where they changed, the difference."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from customerfile.base.bulk import Cursor, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId
from customerfile.customers.profile import Profile
from customerfile.customers.search_index import Posting, drop_postings, store_postings
from customerfile.customers.written import UNKNOWN, Written

type Profiles = Mapping[CustomerId, Profile]

_CONTACT_COLUMNS = ("customer_id", "channel", "value", "use", "search", "status", "confirmed_at")


def add_findable(cursor: Cursor, profiles: Profiles, ids: Mapping[str, int]) -> None:
    """Make new customers findable."""
    _add_contacts(cursor, _contacts(profiles))
    _add_identifiers(cursor, _identifiers(profiles))
    store_postings(cursor, list(_postings(profiles, ids)))


def replace_findable(
    cursor: Cursor, profiles: Profiles, before: Mapping[CustomerId, Written], ids: Mapping[str, int]
) -> None:
    """Bring customers that were there before up to date; what is known of a contact point stays with it."""
    _replace_contacts(cursor, profiles, before)
    _replace_identifiers(cursor, profiles, before)
    found = {posting for customer in profiles for posting in before[customer].postings}
    wanted = set(_postings(profiles, ids))
    drop_postings(cursor, list(found - wanted))
    store_postings(cursor, list(wanted - found))


def clear_findable(cursor: Cursor, customers: Sequence[CustomerId]) -> None:
    """Take customers out of search altogether."""
    ids = list(customers)
    cursor.execute(statement(__package__, "clear_postings"), {"ids": ids})
    cursor.execute("DELETE FROM identifier WHERE customer_id = ANY(%s)", (ids,))
    cursor.execute("DELETE FROM contact_point WHERE customer_id = ANY(%s)", (ids,))


def _replace_contacts(cursor: Cursor, profiles: Profiles, before: Mapping[CustomerId, Written]) -> None:
    gone: list[tuple[Any, ...]] = []
    fresh: list[tuple[Any, ...]] = []
    for customer, profile in profiles.items():
        known = before[customer].contacts
        uses = {(contact.channel, contact.value): contact.use for contact in profile.contacts}
        gone += [(customer, *key) for key, contact in known.items() if uses.get(key) != contact.use]
        for contact in profile.contacts:
            earlier = known.get((contact.channel, contact.value))
            if earlier is None or earlier.use != contact.use:
                status = earlier or UNKNOWN
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


def _contacts(profiles: Profiles) -> list[tuple[Any, ...]]:
    return [
        (customer, *contact, UNKNOWN.status, UNKNOWN.confirmed_at)
        for customer, profile in profiles.items()
        for contact in profile.contacts
    ]


def _identifiers(profiles: Profiles) -> list[tuple[Any, ...]]:
    return [(customer, *found) for customer, profile in profiles.items() for found in profile.identifiers]


def _postings(profiles: Profiles, ids: Mapping[str, int]) -> Iterable[Posting]:
    for customer, profile in profiles.items():
        for word in profile.name_words:
            yield ids[word], False, customer
        for word in profile.place_words:
            yield ids[word], True, customer
