"""What matching keeps of a record: folded, flat and small, stored beside it and fetched for every candidate."""

from __future__ import annotations

from typing import NamedTuple

import orjson

SHAPE = 1  # raised when a stored Prepared can no longer be read as it is


class Address(NamedTuple):
    """One address, folded. Empty text means unknown."""

    street: str  # without the house number, usual words shortened, no spaces
    number: str
    unit: str
    postcode: str
    city: str


class Identifier(NamedTuple):
    """One identifier. `near` holds the exact hash too, so that two values a slip apart always share one."""

    scheme: int
    exact: int
    near: list[int]
    known: bool  # the scheme is known to give each holder one number


class Prepared(NamedTuple):
    """The comparison inputs of one record. Lists are sorted, without repeats; "" and 0 mean unknown."""

    kind: str  # "person", "organisation" or ""
    given: str  # all given names, folded, no spaces
    given_parts: list[str]
    middle: list[str]
    family: str
    family_parts: list[str]
    suffix: int  # 1 senior, 2 junior or II, 3 III ...; 0 unknown
    birth: int  # yyyymmdd, with 0 in place of an unknown part
    gender: str
    emails: list[str]
    mailboxes: list[str]  # addresses that belong to a desk rather than to a person: info@, sales@
    phones: list[int]  # the last nine digits
    addresses: list[Address]
    strong: list[Identifier]
    weak: list[int]
    organisation: str  # name tokens in order, one space between
    domains: list[str]

    def to_json(self) -> bytes:
        """A compact JSON array."""
        return orjson.dumps(
            [*self[:12], [[*a] for a in self.addresses], [[*i] for i in self.strong], *self[14:]]
        )

    @classmethod
    def from_json(cls, stored: bytes | str) -> Prepared:
        """What `to_json` wrote."""
        return cls.from_list(orjson.loads(stored))

    @classmethod
    def from_list(cls, values: list) -> Prepared:  # type: ignore[type-arg]
        """From the decoded array, as a JSON column gives it."""
        values[12] = [Address(*address) for address in values[12]]
        values[13] = [Identifier(*identifier) for identifier in values[13]]
        return cls(*values)
