"""Everything that follows from a customer's records beside provenance: golden values, names shown, what finds it.

Pure.
"""

from collections.abc import Iterable, Sequence
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
    words: frozenset[str]

    @classmethod
    def of(cls, stored: bytes) -> "Read":
        """From the canonical record as it is stored."""
        canonical = orjson.loads(stored)
        return cls(canonical, frozenset(findable.name_words(canonical) | findable.place_words(canonical)))


class Profile(NamedTuple):
    """One customer without a number. Words and branches are those of all its records, not of the golden record."""

    kind: str
    golden: str  # JSON object
    display_name: str
    sort_name: str
    name_words: tuple[str, ...]
    place_words: tuple[str, ...]
    branches: tuple[str, ...]
    contacts: tuple[Contact, ...]
    identifiers: tuple[FoundBy, ...]


def profile_of(
    kind: str, values: Canonical, records: Iterable[Canonical], identifier_fields: Sequence[str]
) -> Profile:
    """The profile of a golden record and the canonical records behind it."""
    names: set[str] = set()
    places: set[str] = set()
    branches: set[str] = set()
    for record in records:
        names |= findable.name_words(record)
        places |= findable.place_words(record)
        if _BRANCH in record:
            branches.add(record[_BRANCH])
    return Profile(
        kind,
        orjson.dumps(values).decode(),
        findable.display_name(kind, values),
        findable.sort_name(kind, values),
        tuple(names),
        tuple(places),
        tuple(sorted(branches)),
        tuple(findable.contacts(values)),
        tuple(findable.identifiers(values, identifier_fields)),
    )


def profile_of_record(canonical: Canonical, identifier_fields: Sequence[str]) -> Profile:
    """The profile of a customer with this record alone."""
    values = {key: value for key, value in canonical.items() if key != "kind"}
    return profile_of(canonical["kind"], values, [canonical], identifier_fields)


def words_of(profiles: Iterable[Profile]) -> set[str]:
    """Every word that these are found by."""
    return {word for profile in profiles for word in (*profile.name_words, *profile.place_words)}


def identifier_fields(definition: FileDefinition) -> tuple[str, ...]:
    """The fields that hold numbers somebody may ask for."""
    return tuple(
        field.key
        for field in definition.fields
        if field.search == "identifier" and field.type not in _CONTACT_TYPES
    )
