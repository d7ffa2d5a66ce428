"""Who stands in which source, under which key, and how that source has written them down."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from customerfile.intake.demonstration.organisations import Organisation
from customerfile.intake.demonstration.people import Person
from customerfile.intake.demonstration.sightings import (
    Habits,
    Sighting,
    see_contact,
    see_organisation,
    see_person,
)

_SHOP = Habits(misspelt=0.03, shortened=0.1, stale=0.2, missing=0.08)
_CRM = Habits(misspelt=0.06, shortened=0.06, stale=0.4, missing=0.15)
_BERLIN = Habits(misspelt=0.08, shortened=0.03, stale=0.5, missing=0.15, swapped_date=0.04, capitals=0.1)
_BOOK = Habits(misspelt=0.02, shortened=0.2, stale=0.4, missing=0.25)
_SECOND_ACCOUNT_RATE = 0.06  # people who forgot their account and opened another
_TWICE_RATE = 0.3  # organisations that stand twice in the spreadsheet


@dataclass(frozen=True, slots=True)
class World:
    """Everybody there is, and the last day that the files know of."""

    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    until: date


def shop_view(rng: random.Random, world: World) -> list[Sighting]:
    """Two thirds of the people and some organisations, each with an account or two."""
    buyers = _share(rng, world.people, 0.66)
    accounts = [*buyers, *_share(rng, buyers, _SECOND_ACCOUNT_RATE)]
    people = [see_person(rng, person, habits=_SHOP, until=world.until) for person in accounts]
    companies = _share(rng, world.organisations, 0.4)
    return _numbered(rng, [*people, *_seen(rng, companies, world)], "7203{:05}")


def crm_view(rng: random.Random, world: World) -> list[Sighting]:
    """Every organisation, some of them twice, with its contacts; and private customers."""
    companies = [*world.organisations, *_share(rng, world.organisations, _TWICE_RATE)]
    contacts = [
        see_contact(rng, contact, organisation, until=world.until)
        for organisation in world.organisations
        for contact in organisation.contacts
    ]
    private = [
        see_person(rng, person, habits=_CRM, until=world.until) for person in _share(rng, world.people, 0.4)
    ]
    return _numbered(rng, [*_seen(rng, companies, world), *contacts, *private], "C-{:04}")


def berlin_view(rng: random.Random, world: World) -> list[Sighting]:
    """Most of the people in Germany."""
    local = [person for person in world.people if person.country == "DE"]
    seen = [see_person(rng, person, habits=_BERLIN, until=world.until) for person in _share(rng, local, 0.8)]
    return _numbered(rng, seen, "B{:04}")


def book_view(rng: random.Random, world: World) -> list[Sighting]:
    """A quarter of the people and a third of the organisations."""
    people = [
        see_person(rng, person, habits=_BOOK, until=world.until) for person in _share(rng, world.people, 0.25)
    ]
    companies = _share(rng, world.organisations, 0.33)
    return _numbered(rng, [*people, *_seen(rng, companies, world)], "contact-{:04}")


def _seen(rng: random.Random, companies: Iterable[Organisation], world: World) -> Iterator[Sighting]:
    return (see_organisation(rng, company, until=world.until) for company in companies)


def _share[T](rng: random.Random, items: Iterable[T], rate: float) -> list[T]:
    pool = list(items)
    return (
        [pool[at] for at in sorted(rng.sample(range(len(pool)), max(1, round(len(pool) * rate))))]
        if pool
        else []
    )


def _numbered(rng: random.Random, sightings: list[Sighting], pattern: str) -> list[Sighting]:
    """In no order that would give anybody away, each with the next key of the source."""
    rng.shuffle(sightings)
    return [replace(seen, key=pattern.format(number)) for number, seen in enumerate(sightings, start=1)]
