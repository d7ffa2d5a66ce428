"""The population, household by household: couples, families, Jr and Sr, twins, flat-shares, and namesakes."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, islice

from customerfile.intake.demonstration.people import (
    Home,
    Person,
    draw_birth_date,
    draw_email,
    draw_family_name,
    draw_home,
    draw_person,
)
from customerfile.intake.demonstration.words import COUNTRIES, COUNTRY_WEIGHTS, country_words, pick_common

type Members = list[Person]
type DrawMembers = Callable[[random.Random, Home, date], Members]

_NAMESAKE_RATE = 0.04


def draw_population(seed: int, people: int, until: date) -> tuple[Person, ...]:
    """That many people, the same ones for the same arguments."""
    rng = random.Random(f"{seed}/population")
    drawn = list(islice(_households(rng, until), people))
    named = [replace(person, entity=f"person-{number:05}") for number, person in enumerate(drawn, start=1)]
    _rename_namesakes(rng, named)
    return tuple(_with_emails(rng, named))


def _households(rng: random.Random, until: date) -> Iterator[Person]:
    for number in count():
        kind, country = _draw_kind(rng, number)
        home = draw_home(rng, f"household-{number + 1:05}", country)
        members = kind(rng, home, until)
        yield from members if kind is _senior_and_junior else _told_apart(rng, members)


def _draw_kind(rng: random.Random, number: int) -> tuple[DrawMembers, str]:
    """The kind of the household and its country; the first ones go once through every kind."""
    kind = _KINDS[number] if number < len(_KINDS) else rng.choices(_KINDS, _KIND_WEIGHTS)[0]
    if kind is _senior_and_junior:
        return kind, "US"
    return kind, rng.choices(COUNTRIES, COUNTRY_WEIGHTS)[0]


def _told_apart(rng: random.Random, members: Members) -> Iterator[Person]:
    """Nobody at home is called like somebody else there."""
    called: set[str] = set()
    for person in members:
        others = [name for name in country_words(person.country, person.sex) if name not in called]
        given_name = person.given_name if person.given_name in others else pick_common(rng, others)
        called.add(given_name)
        yield replace(person, given_name=given_name)


def _single(rng: random.Random, home: Home, until: date) -> Members:
    sex = rng.choice(("female", "male"))
    return [draw_person(rng, home, sex=sex, born_on=draw_birth_date(rng, until))]


def _couple(rng: random.Random, home: Home, until: date) -> Members:
    return _married(rng, home, draw_birth_date(rng, until, youngest=28))


def _family(rng: random.Random, home: Home, until: date) -> Members:
    parents = _married(rng, home, draw_birth_date(rng, until, youngest=52, oldest=64))
    children = [_grown_child(rng, home, until) for _ in range(rng.randint(1, 2))]
    return [*parents, *children]


def _married(rng: random.Random, home: Home, born_on: date) -> Members:
    husband = draw_person(rng, home, sex="male", born_on=born_on)
    wife = draw_person(rng, home, sex="female", born_on=born_on + timedelta(days=rng.randint(-1500, 2500)))
    if rng.random() < 0.4:
        wife = replace(wife, former_family_name=draw_family_name(rng, home.country))
    return [husband, wife]


def _grown_child(rng: random.Random, home: Home, until: date) -> Person:
    born_on = draw_birth_date(rng, until, youngest=18, oldest=27)
    return draw_person(rng, home, sex=rng.choice(("female", "male")), born_on=born_on)


def _senior_and_junior(rng: random.Random, home: Home, until: date) -> Members:
    senior = draw_person(rng, home, sex="male", born_on=draw_birth_date(rng, until, youngest=50, oldest=80))
    junior = replace(
        draw_person(rng, home, sex="male", born_on=senior.born_on + timedelta(days=rng.randint(8000, 11000))),
        given_name=senior.given_name,
        middle_name=senior.middle_name,
        suffix="Jr",
    )
    return [replace(senior, suffix="Sr"), junior]


def _twins(rng: random.Random, home: Home, until: date) -> Members:
    born_on = draw_birth_date(rng, until, oldest=40)
    first = draw_person(rng, home, sex="female", born_on=born_on)
    second = draw_person(rng, home, sex="male", born_on=born_on)
    return [first, second]


def _flat_share(rng: random.Random, home: Home, until: date) -> Members:
    members = [person for _ in range(rng.randint(2, 3)) for person in _single(rng, home, until)]
    return [replace(person, family_name=draw_family_name(rng, home.country)) for person in members]


_KINDS: tuple[DrawMembers, ...] = (_senior_and_junior, _twins, _couple, _family, _flat_share, _single)
_KIND_WEIGHTS = (3, 3, 24, 14, 4, 52)


def _rename_namesakes(rng: random.Random, people: Members) -> None:
    """Gives some people the name of somebody else of their country and sex, who lives elsewhere."""
    loners = [at for at, person in enumerate(people) if not person.suffix and not person.former_family_name]
    for at in rng.sample(loners, max(1, int(len(people) * _NAMESAKE_RATE))):
        person = people[at]
        others = [other for other in people if _could_share_name(person, other)]
        if others:
            other = rng.choice(others)
            people[at] = replace(person, given_name=other.given_name, family_name=other.family_name)


def _could_share_name(person: Person, other: Person) -> bool:
    alike = person.country == other.country and person.sex == other.sex
    return alike and person.household != other.household and abs((person.born_on - other.born_on).days) > 400


def _with_emails(rng: random.Random, people: Members) -> Iterator[Person]:
    taken: set[str] = set()
    for person in people:
        email = draw_email(rng, person, taken) if rng.random() < 0.9 else ""
        other = draw_email(rng, person, taken) if rng.random() < 0.25 else ""
        yield replace(person, email=email, other_email=other)
