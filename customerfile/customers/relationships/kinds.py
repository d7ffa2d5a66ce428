"""What a relationship is called from either side, and why it was proposed, in words. Pure."""

from enum import StrEnum

from customerfile.base.told import noted_text, told


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
    Kind.HOUSEHOLD: (noted_text("Same household as"), noted_text("Same household as")),
    Kind.SPOUSE: (noted_text("Spouse of"), noted_text("Spouse of")),
    Kind.PARENT: (noted_text("Parent of"), noted_text("Child of")),
    Kind.EMPLOYER: (noted_text("Employer of"), noted_text("Employed by")),
    Kind.CONTACT: (noted_text("Contact person of"), noted_text("Has as contact person")),
    Kind.GUARANTOR: (noted_text("Guarantor of"), noted_text("Guaranteed by")),
    Kind.REFERRER: (noted_text("Referred"), noted_text("Referred by")),
}
_BECAUSE = {
    "stated": noted_text("said by a person"),
    "address_name": noted_text("same address and family name"),
    "address_phone": noted_text("same address and phone number"),
    "address_name_phone": noted_text("same address, family name and phone number"),
}


def in_words(kind: Kind, *, is_first: bool) -> str:
    """What comes before the other customer's name, in the language of who reads: "Parent of"."""
    first, second = _SAID[kind]
    return told(first if is_first else second)


def because(basis: str) -> str:
    """Where a relationship comes from."""
    return told(_BECAUSE[basis])
