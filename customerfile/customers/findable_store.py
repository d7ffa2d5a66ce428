"""Writes what customers are found by: contact points, identifiers, postings; where they changed, the difference."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from customerfile.base.bulk import Cursor, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId
from customerfile.customers.profile import Profile
from customerfile.customers.search_index import Posting, drop_postings, store_postings

type Profiles = Mapping[CustomerId, Profile]

_CONTACT_COLUMNS = ("customer_id", "channel", "value", "use", "search", "status", "confirmed_at")
_UNVERIFIED = ("unverified", None)


def add_findable(cursor: Cursor, profiles: Profiles, ids: Mapping[str, int]) -> None:
    """Make new customers findable."""
    _add_contacts(cursor, _contacts(profiles))
    _add_identifiers(cursor, _identifiers(profiles))
    store_postings(cursor, list(_postings(profiles, ids)))


def replace_findable(cursor: Cursor, profiles: Profiles, ids: Mapping[str, int]) -> None:
    """Bring customers that were there before up to date; what is known of a contact point stays with it."""
    _replace_contacts(cursor, profiles)
    _replace_identifiers(cursor, profiles)
    cursor.execute(statement(__package__, "postings_of"), {"ids": list(profiles)})
    before = set(cursor.fetchall())
    after = set(_postings(profiles, ids))
    drop_postings(cursor, list(before - after))
    store_postings(cursor, list(after - before))


def clear_findable(cursor: Cursor, customers: Sequence[CustomerId]) -> None:
    """Take customers out of search altogether."""
    ids = list(customers)
    cursor.execute(statement(__package__, "postings_of"), {"ids": ids})
    drop_postings(cursor, cursor.fetchall())
    cursor.execute("DELETE FROM identifier WHERE customer_id = ANY(%s)", (ids,))
    cursor.execute("DELETE FROM contact_point WHERE customer_id = ANY(%s)", (ids,))


def _replace_contacts(cursor: Cursor, profiles: Profiles) -> None:
    cursor.execute(statement(__package__, "contacts_of"), (list(profiles),))
    before = {row[:3]: row[3:] for row in cursor.fetchall()}  # use, status, confirmed_at
    after = {row[:3]: row for row in _contacts(profiles)}
    gone = [key for key, known in before.items() if key not in after or after[key][3] != known[0]]
    fresh = [key for key in after if key not in before or after[key][3] != before[key][0]]
    if gone:
        cursor.execute(
            statement(__package__, "remove_contacts"), [list(part) for part in zip(*gone, strict=True)]
        )
    _add_contacts(cursor, [(*after[key][:5], *before.get(key, ("", *_UNVERIFIED))[1:]) for key in fresh])


def _replace_identifiers(cursor: Cursor, profiles: Profiles) -> None:
    cursor.execute(statement(__package__, "identifiers_of"), (list(profiles),))
    before = set(cursor.fetchall())
    after = set(_identifiers(profiles))
    gone = [row[:2] for row in before - after]
    if gone:
        cursor.execute(
            statement(__package__, "remove_identifiers"), [list(part) for part in zip(*gone, strict=True)]
        )
    _add_identifiers(cursor, list(after - before))


def _add_contacts(cursor: Cursor, rows: Sequence[tuple[Any, ...]]) -> None:
    write_rows(cursor, "contact_point", _CONTACT_COLUMNS, rows)


def _add_identifiers(cursor: Cursor, rows: Sequence[tuple[Any, ...]]) -> None:
    write_rows(cursor, "identifier", ("customer_id", "digest", "field", "scheme", "shown"), rows)


def _contacts(profiles: Profiles) -> list[tuple[Any, ...]]:
    return [
        (customer, contact.channel, contact.value, contact.use, contact.search, *_UNVERIFIED)
        for customer, profile in profiles.items()
        for contact in profile.contacts
    ]


def _identifiers(profiles: Profiles) -> list[tuple[Any, ...]]:
    return [
        (customer, found.digest, found.field, found.scheme, found.shown)
        for customer, profile in profiles.items()
        for found in profile.identifiers
    ]


def _postings(profiles: Profiles, ids: Mapping[str, int]) -> Iterable[Posting]:
    for customer, profile in profiles.items():
        for word in profile.name_words:
            yield ids[word], False, customer
        for word in profile.place_words:
            yield ids[word], True, customer
