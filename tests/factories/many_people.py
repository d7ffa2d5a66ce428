"""Invented people in numbers, four in ten of them met twice: enough of them to learn a match model from."""

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import Any

_STARTS = ("Ba", "Do", "Fe", "Ga", "Hu", "Ja", "Ka", "Lo", "Me", "Ni", "Po", "Ra", "Su", "Ti", "Vo", "Wi")
_MIDDLES = ("bel", "dor", "fin", "gar", "len", "mir", "nos", "ran", "sev", "tol", "vin", "zar")
_ENDS = ("a", "an", "er", "ek", "ino", "is", "on", "us")
_GIVEN = ("Anna", "Ben", "Clara", "David", "Emma", "Felix", "Greta", "Hugo", "Ida", "Jonas", "Karla", "Leo")

type Canonical = dict[str, Any]


def many_people(records: int, *, seed: int = 7) -> Iterator[tuple[int, Canonical]]:
    """So many records, each with the number of the person it is of."""
    by = Random(seed)
    made = 0
    for number in count():
        person = _person(by, number)
        sightings = [person, _met_again(by, person, number)] if by.random() < 0.4 else [person]
        for sighting in sightings[: records - made]:
            yield number, sighting
        made += len(sightings)
        if made >= records:
            return


def _person(by: Random, number: int) -> Canonical:
    given = by.choice(_GIVEN) if by.random() < 0.5 else by.choice(_STARTS) + by.choice(_ENDS)
    family = by.choice(_STARTS) + by.choice(_MIDDLES) + by.choice(_ENDS)
    town = by.randrange(60)
    born = f"{by.randrange(1940, 2005)}-{by.randrange(1, 13):02}-{by.randrange(1, 29):02}"
    street = f"{by.choice(_STARTS)}{by.choice(_MIDDLES)} Road"
    return {
        "kind": "person",
        "given_name": given,
        "family_name": family,
        "birth_date": born,
        "email": [{"value": f"{given}.{family}{number}@example.org".lower()}],
        "phone": [{"value": f"+4420{70000000 + number * 37:08}"}],
        "address": [
            {"street": street, "house_number": f"{by.randrange(1, 90)}", "postcode": f"LS{town} 4AB"},
        ],
    }


def _met_again(by: Random, person: Canonical, number: int) -> Canonical:
    """The same person, with other contact points now and then, and slips."""
    seen = dict(person)
    if by.random() < 0.3:
        seen["email"] = [{"value": f"mail{number}@example.net"}]
    if by.random() < 0.3:
        seen["phone"] = [{"value": f"+4420{30000000 + number * 41:08}"}]
    if by.random() < 0.1:
        name = seen["family_name"]
        seen["family_name"] = name[:2] + name[3:]
    if by.random() < 0.1:
        del seen["birth_date"]
    return seen


def as_csv(records: int) -> str:
    """The same people as the text of a CSV file."""
    lines = ["id,first name,last name,date of birth,e-mail,phone,street,postcode"]
    for place, (_, person) in enumerate(many_people(records)):
        (address,) = person["address"]
        cells = (
            f"{place}",
            person["given_name"],
            person["family_name"],
            person.get("birth_date", ""),
            person["email"][0]["value"],
            person["phone"][0]["value"],
            f"{address['house_number']} {address['street']}",
            address["postcode"],
        )
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"
