"""The made-up organisations: how their legal form gets written here and there, and who answers for them."""

import random
from dataclasses import dataclass

from unidecode import unidecode

from customerfile.intake.demonstration.addresses import Address, draw_address
from customerfile.intake.demonstration.people import Person
from customerfile.intake.demonstration.phones import draw_landline
from customerfile.intake.demonstration.words import COUNTRIES, COUNTRY_WEIGHTS, country_words, pick_common

_ROLES = ("Buyer", "Accounts", "Managing Director", "Office Manager", "Purchasing", "Owner")


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of the population in her role at an organisation, with her address at work."""

    person: Person
    role: str
    email: str


@dataclass(frozen=True, slots=True)
class Organisation:
    entity: str
    country: str
    name: str  # without the legal form
    legal_forms: tuple[str, ...]  # how the same form gets written, here and there
    email: str
    phone: str
    address: Address
    contacts: tuple[Contact, ...]


def draw_organisations(seed: int, people: tuple[Person, ...]) -> tuple[Organisation, ...]:
    """One organisation for about fifteen people; its contacts are people of the population."""
    rng = random.Random(f"{seed}/organisations")
    workers = {country: [p for p in people if p.country == country] for country in COUNTRIES}
    taken: set[str] = set()
    return tuple(
        _draw_organisation(rng, number, workers, taken) for number in range(1, max(4, len(people) // 15) + 1)
    )


def write_name(rng: random.Random, organisation: Organisation) -> str:
    """The name with its legal form in one of its spellings."""
    return f"{organisation.name} {rng.choice(organisation.legal_forms)}"


def _draw_organisation(
    rng: random.Random, number: int, workers: dict[str, list[Person]], taken: set[str]
) -> Organisation:
    country = rng.choices(COUNTRIES, COUNTRY_WEIGHTS)[0]
    name = _draw_name(rng, country, taken)
    mailbox = "".join(letter for letter in unidecode(name).lower() if letter.isalnum())
    pool = workers[country]
    staff = [pool.pop(rng.randrange(len(pool))) for _ in range(min(len(pool), rng.choice((1, 1, 2, 2, 3))))]
    return Organisation(
        entity=f"organisation-{number:04}",
        country=country,
        name=name,
        legal_forms=_same_form(rng, country),
        email=f"{mailbox}@example.org",
        phone=draw_landline(rng, country),
        address=draw_address(rng, country),
        contacts=tuple(_draw_contact(rng, person, mailbox) for person in staff),
    )


def _draw_name(rng: random.Random, country: str, taken: set[str]) -> str:
    """A trade with an owner's name or a town, one that no other organisation has."""
    while True:
        trade = rng.choice(country_words(country, "businesses"))
        owner = pick_common(rng, country_words(country, "family"))
        first = owner if rng.random() < 0.7 else rng.choice(country_words(country, "cities")).split("|")[0]
        name = f"{trade} {first}" if country in ("FR", "ES", "DE", "NL") else f"{first} {trade}"
        if name not in taken:
            taken.add(name)
            return name


def _same_form(rng: random.Random, country: str) -> tuple[str, ...]:
    forms = country_words(country, "legal forms")
    chosen = rng.choice(forms)
    return tuple(form for form in forms if _bare(form) == _bare(chosen))


def _bare(form: str) -> str:
    letters = "".join(letter for letter in form.lower() if letter.isalpha())
    return {"limited": "ltd", "corporation": "corp"}.get(letters, letters)


def _draw_contact(rng: random.Random, person: Person, mailbox: str) -> Contact:
    given = "".join(letter for letter in unidecode(person.given_name).lower() if letter.isalnum())
    return Contact(person=person, role=rng.choice(_ROLES), email=f"{given}@{mailbox}.example.com")
