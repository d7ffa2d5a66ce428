"""What a relationship is called from either side, and why it was proposed, in words. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """What the first customer is to the second. A household and spouses are equals: it reads the same both ways."""

    HOUSEHOLD = "household"
    SPOUSE = "spouse"
    PARENT = "parent"
    EMPLOYER = "employer"
    CONTACT = "contact"
    GUARANTOR = "guarantor"
    REFERRER = "referrer"


class State(StrEnum):
    """Whether it was proposed by the file, or what a person said of it."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


EQUALS = frozenset({Kind.HOUSEHOLD, Kind.SPOUSE})

_SAID = {  # of the first customer, and of the second
    Kind.HOUSEHOLD: ("Same household as", "Same household as"),
    Kind.SPOUSE: ("Spouse of", "Spouse of"),
    Kind.PARENT: ("Parent of", "Child of"),
    Kind.EMPLOYER: ("Employer of", "Employed by"),
    Kind.CONTACT: ("Contact person of", "Has as contact person"),
    Kind.GUARANTOR: ("Guarantor of", "Guaranteed by"),
    Kind.REFERRER: ("Referred", "Referred by"),
}
_BECAUSE = {
    "stated": "said by a person",
    "address_name": "same address and family name",
    "address_phone": "same address and phone number",
    "address_name_phone": "same address, family name and phone number",
}


def in_words(kind: Kind, *, is_first: bool) -> str:
    """What comes before the other customer's name: "Parent of"."""
    first, second = _SAID[kind]
    return first if is_first else second


def because(basis: str) -> str:
    """Where a relationship comes from."""
    return _BECAUSE[basis]
