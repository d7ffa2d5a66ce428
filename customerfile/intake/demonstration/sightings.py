"""What one source has written down about somebody: the truth seen through that source's habits."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from customerfile.intake.demonstration.addresses import Address
from customerfile.intake.demonstration.noise import misspell, shorten, swap_day_and_month
from customerfile.intake.demonstration.organisations import Contact, Organisation, write_name
from customerfile.intake.demonstration.people import Person


@dataclass(frozen=True, slots=True)
class Habits:
    """How often, from 0 to 1, a source gets something wrong or leaves it out."""

    misspelt: float = 0.05
    shortened: float = 0.08
    stale: float = 0.3  # knows the old address and surname of those who moved or married
    missing: float = 0.12
    swapped_date: float = 0.02
    capitals: float = 0.03
    other_email: float = 0.3


@dataclass(frozen=True, slots=True)
class Sighting:
    """One row of one source, numbered later. Empty text and None mean that the source does not know."""

    entity: str
    country: str
    updated_on: date
    key: str = ""
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    suffix: str = ""
    sex: str = ""
    born_on: date | None = None
    email: str = ""
    mobile: str = ""
    landline: str = ""
    company: str = ""
    role: str = ""
    address: Address | None = None


def see_person(rng: random.Random, person: Person, *, habits: Habits, until: date) -> Sighting:
    """The person as this source has noted her; what is stale was noted before what is not."""
    stale = rng.random() < habits.stale
    sighting = Sighting(
        entity=person.entity,
        country=person.country,
        updated_on=until - timedelta(days=rng.randint(700, 1400) if stale else rng.randint(0, 690)),
        given_name=_given_name(rng, person, habits),
        middle_name=person.middle_name if rng.random() < 0.4 else "",
        family_name=_family_name(rng, person, habits, stale=stale),
        suffix=person.suffix,
        sex=person.sex,
        born_on=_birth_date(rng, person, habits),
        email=_email(rng, person, habits),
        mobile=person.mobile if rng.random() >= habits.missing else "",
        landline=person.landline if rng.random() >= habits.missing else "",
        address=_address(rng, person, habits, stale=stale),
    )
    return _in_capitals(sighting) if rng.random() < habits.capitals else sighting


def see_contact(rng: random.Random, contact: Contact, organisation: Organisation, *, until: date) -> Sighting:
    """The person in her role: the organisation's address, her e-mail at work, but her own mobile."""
    habits = Habits(missing=0.3, stale=0.1)
    private = see_person(rng, contact.person, habits=habits, until=until)
    return replace(
        private,
        email=contact.email,
        landline=organisation.phone,
        company=write_name(rng, organisation),
        role=contact.role,
        address=organisation.address,
    )


def see_organisation(rng: random.Random, organisation: Organisation, *, until: date) -> Sighting:
    """The organisation itself, with no person named."""
    return Sighting(
        entity=organisation.entity,
        country=organisation.country,
        updated_on=until - timedelta(days=rng.randint(0, 900)),
        email=organisation.email if rng.random() < 0.8 else "",
        landline=organisation.phone if rng.random() < 0.9 else "",
        company=write_name(rng, organisation),
        address=organisation.address,
    )


def _given_name(rng: random.Random, person: Person, habits: Habits) -> str:
    if rng.random() < habits.shortened:
        return shorten(rng, person.given_name)
    return misspell(rng, person.given_name) if rng.random() < habits.misspelt else person.given_name


def _family_name(rng: random.Random, person: Person, habits: Habits, *, stale: bool) -> str:
    if stale and person.former_family_name:
        return person.former_family_name
    return misspell(rng, person.family_name) if rng.random() < habits.misspelt else person.family_name


def _birth_date(rng: random.Random, person: Person, habits: Habits) -> date | None:
    if rng.random() < habits.missing:
        return None
    return swap_day_and_month(person.born_on) if rng.random() < habits.swapped_date else person.born_on


def _email(rng: random.Random, person: Person, habits: Habits) -> str:
    if rng.random() < habits.missing:
        return ""
    return person.other_email if person.other_email and rng.random() < habits.other_email else person.email


def _address(rng: random.Random, person: Person, habits: Habits, *, stale: bool) -> Address | None:
    if rng.random() < habits.missing / 2:
        return None
    address = person.former_address if stale and person.former_address else person.address
    return (
        replace(address, street=misspell(rng, address.street)) if rng.random() < habits.misspelt else address
    )


def _in_capitals(sighting: Sighting) -> Sighting:
    return replace(sighting, given_name=sighting.given_name.upper(), family_name=sighting.family_name.upper())
