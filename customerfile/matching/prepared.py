"""What matching keeps of a record: folded, flat and small; stored beside it, fetched for every candidate."""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson


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
    given: str  # folded words, one space between
    middle: str
    family: str
    suffix: int  # 1 senior, 2 junior or II, 3 III ...; 0 unknown
    birth: int  # yyyymmdd, with 0 in place of an unknown part
    gender: str  # "f", "m" or ""
    emails: list[str]
    mailboxes: list[str]  # addresses that belong to a desk rather than to a person: info@, sales@
    phones: list[int]  # the last ten digits
    addresses: list[Address]
    strong: list[Identifier]
    weak: list[int]
    organisation: str  # its names, a line each: folded words in alphabetical order, one space between
    domains: list[str]  # of an organisation, without those of mail providers

    def to_json(self) -> bytes:
        """A compact JSON array."""
        return orjson.dumps(
            [*self[:10], [[*a] for a in self.addresses], [[*i] for i in self.strong], *self[12:]]
        )

    @classmethod
    def from_json(cls, stored: bytes | str) -> Prepared:
        """What `to_json` wrote."""
        return cls.from_list(orjson.loads(stored))

    @classmethod
    def from_list(cls, values: list[Any]) -> Prepared:
        """From the decoded array, as a JSON column gives it."""
        if values[10]:
            values[10] = [Address._make(address) for address in values[10]]
        if values[11]:
            values[11] = [Identifier._make(identifier) for identifier in values[11]]
        return cls._make(values)
