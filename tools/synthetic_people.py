"""Made-up people with known truth: households, namesakes, Jr and Sr, twins, moves, nicknames, slips and gaps.

The same seed gives the same people. Needs Faker for name frequencies; nobody in it exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from faker.providers.person.en_US import Provider

from customerfile.values.nicknames import are_nicknames

type Canonical = dict[str, Any]

FIRST_DAY = date(1935, 1, 1)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_KINDS_OF_STREET = ("Street", "Road", "Avenue", "Lane", "Close", "Drive")


class Weighted:
    """Names drawn by their frequency."""

    def __init__(self, shares: dict[str, float]) -> None:
        self.names = list(shares)
        self.cumulative = list(accumulate(shares.values()))

    def draw(self, random: Random) -> str:
        return random.choices(self.names, cum_weights=self.cumulative)[0]


GIVEN = {"female": Weighted(Provider.first_names_female), "male": Weighted(Provider.first_names_male)}
FAMILY = Weighted(Provider.last_names)


@dataclass(slots=True)
class Person:
    """The truth about one person."""

    key: int
    gender: str
    given: str
    middle: str
    family: str
    suffix: str
    birth: date
    email: str
    phone: str
    address: Canonical
    national_id: str
    family_email: str
    family_phone: str
    addresses: list[Canonical] = field(default_factory=list)


def people(count: int, seed: int) -> list[Person]:
    """At least `count` persons, in households."""
    random = Random(seed)
    found: list[Person] = []
    places = count // 150 + 10
    while len(found) < count:
        found.extend(_household(random, len(found), places))
    return found


def records(persons: Sequence[Person], seed: int) -> Iterator[tuple[Canonical, int]]:
    """What several systems wrote of each person, with the person's key."""
    random = Random(seed + 1)
    for person in persons:
        for _ in range(random.choices((1, 2, 3, 5), (60, 25, 11, 4))[0]):
            yield _written(person, random), person.key


def _household(random: Random, first_key: int, places: int) -> list[Person]:
    family, address = FAMILY.draw(random), _address(random, places)
    shared = (f"{family.lower()}{random.randrange(10**6)}@example.org", _phone(random))
    size = random.choices((1, 2, 3, 4, 5), (35, 30, 15, 13, 7))[0]
    members: list[Person] = []
    for position in range(size):
        is_adult = position < 2
        gender = ("male", "female")[position] if is_adult and size > 1 else random.choice(("male", "female"))
        birth = FIRST_DAY + timedelta(
            days=random.randrange(18_000) if is_adult else 22_000 + random.randrange(8_000)
        )
        members.append(_person(random, first_key + position, family, gender=gender, birth=birth))
    _make_special(random, members)
    for person in members:
        person.address = address
        person.family_email, person.family_phone = shared
    return members


def _person(random: Random, key: int, family: str, *, gender: str, birth: date) -> Person:
    given = GIVEN[gender].draw(random)
    middle = GIVEN[gender].draw(random) if random.random() < 0.6 else ""
    mail = random.choice(
        (f"{given}.{family}", f"{given[0]}{family}", f"{given}{birth.year}", f"{given}{key}")
    )
    return Person(
        key, gender, given, middle, family, "", birth, f"{mail}{random.randrange(999)}@example.org".lower(),
        _phone(random), {}, str(random.randrange(10**8, 10**9)), "", "",
    )  # fmt: skip


def _make_special(random: Random, members: list[Person]) -> None:
    """A son named for his father; twins."""
    if len(members) > 2 and members[2].gender == "male" and random.random() < 0.08:
        members[2].given, members[2].middle = members[0].given, members[0].middle
        members[0].suffix, members[2].suffix = "Sr", "Jr"
    if len(members) > 3 and random.random() < 0.06:
        members[3].birth = members[2].birth


def _address(random: Random, places: int) -> Canonical:
    place = random.randrange(places)
    street = f"{FAMILY.names[random.randrange(400)]} {_KINDS_OF_STREET[random.randrange(6)]}"
    return {
        "street": street, "house_number": str(random.randrange(1, 120)), "city": f"Town{place // 8}ville",
        "postcode": f"{10_000 + place * 7}",
    }  # fmt: skip


def _phone(random: Random) -> str:
    return f"+1{random.randrange(201, 989)}{random.randrange(2_000_000, 10_000_000)}"


def _written(person: Person, random: Random) -> Canonical:
    chance = random.random
    record: Canonical = {"kind": "person", "given_name": _given(person, random)}
    record["family_name"] = _slip(person.family, random, 0.025)
    if person.gender == "female" and chance() < 0.03:
        record["family_name"] = FAMILY.draw(random)
    if person.middle and chance() < 0.4:
        record["middle_name"] = person.middle if chance() < 0.5 else person.middle[0]
    if person.suffix and chance() < 0.6:
        record["name_suffix"] = person.suffix
    if chance() < 0.02:
        record["given_name"], record["family_name"] = record["family_name"], record["given_name"]
    if chance() < 0.65:
        record["birth_date"] = _birth(person.birth, random)
    if chance() < 0.5:
        record["gender"] = person.gender if chance() < 0.98 else "male"
    _add_contacts(record, person, random)
    if chance() < 0.15:
        number = _slip_digits(person.national_id, random) if chance() < 0.04 else person.national_id
        record["national_id"] = [{"scheme": "us.ssn", "value": number}]
    return {key: value for key, value in record.items() if value}


def _add_contacts(record: Canonical, person: Person, random: Random) -> None:
    chance = random.random
    if chance() < 0.65:
        address = person.family_email if chance() < 0.25 else person.email
        record["email"] = [{"value": _slip(address, random, 0.01)}]
    if chance() < 0.65:
        number = person.family_phone if chance() < 0.45 else person.phone
        record["phone"] = [{"value": "+" + _slip_digits(number[1:], random) if chance() < 0.01 else number}]
    if chance() < 0.85:
        moved = chance() < 0.12
        address = _address(random, 10_000) if moved else dict(person.address)
        address["street"] = _slip(address["street"], random, 0.04)
        if chance() < 0.1:
            del address["postcode"]
        record["address"] = [address]


def _given(person: Person, random: Random) -> str:
    chance = random.random()
    if chance < 0.07:
        others = [
            name
            for name in GIVEN[person.gender].names
            if name != person.given and are_nicknames(name, person.given)
        ]
        return random.choice(others) if others else person.given
    if chance < 0.10:
        return person.given[0]
    if chance < 0.115:
        return ""
    return _slip(person.given, random, 0.025)


def _birth(birth: date, random: Random) -> str:
    chance = random.random()
    if chance < 0.01 and birth.day <= 12:
        return f"{birth.year}-{birth.day:02}-{birth.month:02}"
    if chance < 0.025:
        return (birth + timedelta(days=random.choice((-1, 1, 10, -10, 365)))).isoformat()
    return birth.isoformat()


def _slip(text: str, random: Random, rate: float) -> str:
    """One letter changed, lost, doubled or exchanged with the next."""
    if random.random() >= rate or len(text) < 3:
        return text
    at = random.randrange(len(text) - 1)
    kind = random.randrange(4)
    if kind == 0:
        return text[:at] + random.choice(_LETTERS) + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _slip_digits(text: str, random: Random) -> str:
    at = random.randrange(len(text))
    return text[:at] + str(random.randrange(10)) + text[at + 1 :]
