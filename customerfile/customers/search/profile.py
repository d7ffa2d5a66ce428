"""Everything that follows from a customer's records beside provenance: golden values, names shown, what finds it.

Pure.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import orjson

from customerfile.customers.golden.golden import Canonical
from customerfile.customers.search import findable
from customerfile.customers.search.findable import Contact, FoundBy
from customerfile.definition.schema import FileDefinition

_CONTACT_TYPES = ("email", "phone", "address")  # found as contact points
_BRANCH = "branch"  # the field that says which branch, team or office a customer belongs to


class Read(NamedTuple):
    """What a record says, and the words that it is found by."""

    canonical: Canonical
    names: set[str]
    places: set[str]

    @classmethod
    def of(cls, stored: bytes) -> "Read":
        """From the canonical record as it is stored."""
        return cls.of_record(orjson.loads(stored))

    @classmethod
    def of_record(cls, canonical: Canonical) -> "Read":
        """From a canonical or golden record."""
        return cls(canonical, findable.name_words(canonical), findable.place_words(canonical))


class Profile(NamedTuple):
    """One customer without a number. Words and branches are those of all its records, not of the golden record.

    Where it is a customer that records joined, the words are those that they brought.
    """

    kind: str
    golden: str  # JSON object
    display_name: str
    sort_name: str
    names: Collection[str]
    places: Collection[str]
    branches: tuple[str, ...]
    contacts: tuple[Contact, ...]
    identifiers: tuple[FoundBy, ...]


def profile_of(
    kind: str,
    values: Canonical,
    *,
    read: Sequence[Read],
    records: Iterable[Canonical],
    identifier_fields: Sequence[str],
) -> Profile:
    """The profile of a golden record, of the canonical records behind it, and of the words read of them."""
    if len(read) == 1:
        ((_, names, places),) = read
    else:
        names = set().union(*(each.names for each in read))
        places = set().union(*(each.places for each in read))
    branches = {record[_BRANCH] for record in records if _BRANCH in record}
    return Profile(
        kind,
        orjson.dumps(values).decode(),
        findable.display_name(kind, values),
        findable.sort_name(kind, values),
        names,
        places,
        tuple(sorted(branches)),
        tuple(findable.contacts(values)),
        tuple(findable.identifiers(values, identifier_fields)),
    )


def profile_of_record(read: Read, identifier_fields: Sequence[str]) -> Profile:
    """The profile of a customer with this record alone."""
    canonical = read.canonical
    values = {key: value for key, value in canonical.items() if key != "kind"}
    return profile_of(
        canonical["kind"], values, read=[read], records=[canonical], identifier_fields=identifier_fields
    )


def words_of(profiles: Iterable[Profile]) -> set[str]:
    """Every word that these are found by."""
    return set().union(*chain.from_iterable((profile.names, profile.places) for profile in profiles))


def identifier_fields(definition: FileDefinition) -> tuple[str, ...]:
    """The fields that hold numbers somebody may ask for."""
    return tuple(
        field.key
        for field in definition.fields
        if field.search == "identifier" and field.type not in _CONTACT_TYPES
    )
