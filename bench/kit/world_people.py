"""Made-up people of many cultures with the truth about them: households, namesakes, and each person two or three times.

No real people. A name decides only where the rest of a record leaves room: gaps are as common as in shops' files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random

import phonenumbers

from bench.kit.world_letters import stripped
from bench.kit.world_words import Words, world_words
from bench.kit.world_writing import ENGLISH, Fields, Name, written_name

_ICELANDIC = {True: "sdóttir", False: "sson"}
_PATRONYMIC = {True: ("овна", "евна"), False: ("ович", "евич")}
_STREETS = (
    "Lindenhof", "Marina", "Kastanja", "Old Mill Road", "Harbour Road", "Stationsplein", "Corso Nuovo", "Bella Vista",
    "Park Lane", "Sonnenweg", "Via Nuova", "Skolegade", "Ulica Polna", "Main Street", "Green Lane", "Rosengarten",
)  # fmt: skip
_TOWNS = ("Norwick", "Altheim", "Velmora", "Sandby", "Costanova", "Brinhold", "Larimont", "Östervik")


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the truth a record is written from."""

    entity: str
    culture: str
    country: str
    name: Name
    birth: str
    email: str
    phone: str
    address: Fields


@dataclass(frozen=True, slots=True)
class Record:
    """One record as a source would deliver it; `names` as parts or in full."""

    entity: str
    country: str
    names: Fields
    birth: str
    email: str
    phone: str
    address: Fields


def people(culture: str, *, count: int, seed: int) -> list[Person]:
    """About `count` people of one culture, in households of one to four."""
    by = Random(f"{seed}|{culture}")
    words = world_words()[culture]
    found: list[Person] = []
    births: set[str] = set()
    while len(found) < count:
        home = _household(words, by, f"{culture}{len(found)}")
        if births.isdisjoint(
            person.birth for person in home
        ):  # with so few names, namesakes would be too common
            births |= {person.birth for person in home}
            found += home
    return found


def records(persons: list[Person], *, seed: int, written_alike: bool = False) -> list[Record]:
    """Two or three records of each. `written_alike`: every record has the name of the person's first."""
    by = Random(f"{seed}|records")
    found: list[Record] = []
    for person in persons:
        names: list[Fields] = []
        for _ in range(2 if by.random() < 0.7 else 3):
            names.append(written_name(person.culture, person.name, by))
            found.append(_record(person, names[0 if written_alike else -1], by))
    return found


def _household(words: Words, by: Random, entity: str) -> list[Person]:
    """One person, or more who share family name, home and sometimes phone: couples, children, twins."""
    first = _person(words, by, entity)
    home = [first]
    for number in range(by.choice((0, 0, 0, 1, 1, 2, 3))):
        other = _person(words, by, f"{entity}.{number}")
        while any(_looks_the_same(other.name, one.name) for one in home):
            other = _person(words, by, f"{entity}.{number}")
        other = replace(other, address=first.address, name=_related(words.culture, first.name, other.name))
        if by.random() < 0.3:
            other = replace(other, phone=first.phone)
        if by.random() < 0.05:
            other = replace(other, email=first.email)
        if number and by.random() < 0.03:
            other = replace(other, birth=home[-1].birth)  # twins
        home.append(other)
    return home


def _looks_the_same(one: Name, other: Name) -> bool:
    """Whether two of one household could not be told apart in some writing: Maria José and Maria Luisa.

    So it is too where one has the other's name as a second one: a record may leave the first out.
    """
    return not _given_words(one).isdisjoint(_given_words(other))


def _given_words(name: Name) -> set[str]:
    usual = (stripped(text.split("/")[0]) for text in (name.given, name.middle))
    return {word for text in usual for word in re.split("[ =-]", text) if word}


def _related(culture: str, first: Name, other: Name) -> Name:
    if culture in ("icelandic", "tamil", "ethiopian", "indonesian"):
        return other  # nobody takes over a family name
    return replace(other, family=first.family)


def _person(words: Words, by: Random, entity: str) -> Person:
    number = by.randrange(10**9)
    day = f"{by.randint(1930, 2006)}-{by.randint(1, 12):02}-{by.randint(1, 28):02}"
    address = {
        "street": by.choice(_STREETS), "house_number": str(by.randint(1, 950)),
        "postcode": str(by.randint(10000, 99999)), "city": by.choice(_TOWNS),
    }  # fmt: skip
    return Person(
        entity, words.culture, words.country, _name(words, by), day, f"m{number}@example.org",
        _phone(words.country, by), address,
    )  # fmt: skip


def _name(words: Words, by: Random) -> Name:
    is_female = by.random() < 0.5
    given = by.choice(words.female if is_female else words.male)
    return Name(
        given, _family(words, by, is_female=is_female), _middle(words, by, is_female=is_female), is_female
    )


def _family(words: Words, by: Random, *, is_female: bool) -> str:
    if words.culture == "icelandic":
        return by.choice(words.family) + _ICELANDIC[is_female]
    return "" if words.culture == "indonesian" else by.choice(words.family)


def _middle(words: Words, by: Random, *, is_female: bool) -> str:
    """A patronymic, a second family name, an English name, or a second given name that some have."""
    if words.culture in ("russian", "ukrainian", "bulgarian"):
        return _patronymic(by.choice(words.male), is_female=is_female)
    if words.culture == "iberian":
        return by.choice(words.family)
    if words.culture == "chinese":
        return by.choice(ENGLISH[is_female])
    if words.culture == "hindi":
        return by.choice(("Kumar", "", "")) if not is_female else by.choice(("Devi", "Kumari", "", ""))
    others = [word for word in (words.female if is_female else words.male) if word.isalpha()]
    return by.choice(others) if others and by.random() < 0.25 else ""


def _patronymic(father: str, *, is_female: bool) -> str:
    hard, soft = _PATRONYMIC[is_female]
    return father[:-1] + soft if father[-1] in "йьяо" else father + hard


def _phone(country: str, by: Random) -> str:
    example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    text = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    return text[:-5] + f"{by.randrange(100_000):05}"


def _record(person: Person, names: Fields, by: Random) -> Record:
    has_birth, has_email, has_phone, has_address = (by.random() < share for share in (0.75, 0.5, 0.5, 0.7))
    return Record(
        person.entity,
        person.country if by.random() < 0.7 else by.choice(("", "US", "GB")),
        names,
        person.birth if has_birth else "",
        person.email if has_email else "",
        person.phone if has_phone else "",
        person.address if has_address else {},
    )
