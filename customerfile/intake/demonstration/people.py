"""The made-up people: who they truly are, where they live and lived, what they are called and were called."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from unidecode import unidecode

from customerfile.intake.demonstration.addresses import Address, draw_address
from customerfile.intake.demonstration.phones import draw_landline, draw_mobile
from customerfile.intake.demonstration.words import country_words, pick_common

_MAIL_DOMAINS = ("example.org", "example.com", "example.net")


@dataclass(frozen=True, slots=True)
class Person:
    entity: str
    household: str
    country: str
    sex: str  # "female" or "male"
    given_name: str
    middle_name: str
    family_name: str
    former_family_name: str  # before marriage, or ""
    suffix: str  # "Jr", "Sr" or ""
    born_on: date
    email: str
    other_email: str
    mobile: str
    landline: str
    address: Address
    former_address: Address | None


@dataclass(frozen=True, slots=True)
class Home:
    """What the people of one household share."""

    household: str
    country: str
    family_name: str
    landline: str
    address: Address
    former_address: Address | None


def draw_home(rng: random.Random, household: str, country: str) -> Home:
    """A household's home; one in seven has moved within the time of the files."""
    return Home(
        household=household,
        country=country,
        family_name=draw_family_name(rng, country),
        landline=draw_landline(rng, country) if rng.random() < 0.7 else "",
        address=draw_address(rng, country),
        former_address=draw_address(rng, country) if rng.random() < 0.15 else None,
    )


def draw_person(rng: random.Random, home: Home, *, sex: str, born_on: date) -> Person:
    """Somebody of the household, not yet numbered and without an e-mail address."""
    return Person(
        entity="",
        household=home.household,
        country=home.country,
        sex=sex,
        given_name=pick_common(rng, country_words(home.country, sex)),
        middle_name=pick_common(rng, country_words(home.country, sex)) if rng.random() < 0.3 else "",
        family_name=home.family_name,
        former_family_name="",
        suffix="",
        born_on=born_on,
        email="",
        other_email="",
        mobile=draw_mobile(rng, home.country) if rng.random() < 0.85 else "",
        landline=home.landline,
        address=home.address,
        former_address=home.former_address,
    )


def draw_family_name(rng: random.Random, country: str) -> str:
    """A surname; in Spain, the two that everybody carries."""
    names = country_words(country, "family")
    if country == "ES":
        return f"{pick_common(rng, names)} {pick_common(rng, names)}"
    return pick_common(rng, names)


def draw_birth_date(rng: random.Random, until: date, *, youngest: int = 18, oldest: int = 88) -> date:
    """A birth date of somebody between two ages at the closing date."""
    return until - timedelta(days=rng.randint(youngest * 366, oldest * 365))


def draw_email(rng: random.Random, person: Person, taken: set[str]) -> str:
    """A personal address nobody else has; it is added to `taken`."""
    given, family = _mail_part(person.given_name), _mail_part(person.family_name.split()[-1])
    start = rng.choice(
        (f"{given}.{family}", f"{given[0]}.{family}", f"{given}{person.born_on:%y}", f"{family}.{given}")
    )
    domain = rng.choice(_MAIL_DOMAINS)
    email, number = f"{start}@{domain}", 1
    while email in taken:
        number += 1
        email = f"{start}{number}@{domain}"
    taken.add(email)
    return email


def _mail_part(name: str) -> str:
    return "".join(letter for letter in unidecode(name).lower() if letter.isalnum())
