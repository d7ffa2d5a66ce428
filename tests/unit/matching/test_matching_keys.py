"""Blocking keys: which pairs meet, and that common values alone do not bring people together."""

from typing import Any

import pytest
from matching_people import MODEL, home, identity, organisation, person

from customerfile.matching.in_memory import resolve
from customerfile.matching.keys import blocking_keys
from customerfile.matching.prepare import prepare


def keys(record: dict[str, Any]) -> set[int]:
    return set(blocking_keys(prepare(record), MODEL))


BORN = {"birth_date": "1978-12-11"}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"email": "ann@example.org"}, {"email": "Ann@example.org"}),
        ({"phone": "+17029191300"}, {"phone": "9191300"}),
        ({"national_id": identity("219099999")}, {"national_id": identity("219-09-9999")}),
        ({"iban": identity("DE1", "iban")}, {"iban": identity("DE1", "iban")}),
        ({"family_name": "Smith"} | BORN, {"family_name": "Smyth"} | BORN),
        (
            {"given_name": "Ann", "family_name": "Lee"} | BORN,
            {"given_name": "Lee", "family_name": "Ann"} | BORN,
        ),
        (
            {"family_name": "Lee", "address": home()},
            {"family_name": "Lee", "address": home(postcode="", city="")},
        ),
        (
            {"given_name": "Ann", "family_name": "Lee", "address": home()},
            {"given_name": "Ann", "family_name": "Shaw", "address": home(city="")},
        ),
        (
            {"given_name": "Ann", "family_name": "Lee", "address": {"postcode": "LS1 4AB"}},
            {"given_name": "Anne", "family_name": "Lea", "address": {"postcode": "ls14ab"}},
        ),
        (
            {"family_name": "Lee", "email": "info@example.org"},
            {"family_name": "Lea", "email": "info@example.org"},
        ),
        ({"national_id": identity("219099999")}, {"national_id": identity("219099899")}),
        (
            {"given_name": "Ann", "family_name": "Lee", "address": {"postcode": "LS1 4AB"}} | BORN,
            {"given_name": "Joan", "family_name": "Shaw", "address": {"postcode": "LS1 4AB"}} | BORN,
        ),
        (
            {"given_name": "Bill", "family_name": "Lee", "address": home()},
            {"given_name": "William", "family_name": "Lea", "address": home(postcode="", city="")},
        ),
    ],
)
def test_these_meet(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert keys(person(**left)) & keys(person(**right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"given_name": "John", "family_name": "Smith"}, {"given_name": "John", "family_name": "Smith"}),
        (BORN, BORN),
        ({"address": {"postcode": "LS1 4AB"}}, {"address": {"postcode": "LS1 4AB"}}),
        (
            {"family_name": "Lee", "email": "info@example.org"},
            {"family_name": "Katz", "email": "info@example.org"},
        ),
        ({"family_name": "Lee", "birth_date": "1978"}, {"family_name": "Lee", "birth_date": "1978"}),
        # One household is not one person.
        (
            {"given_name": "Ann", "family_name": "Lee", "address": home()},
            {"given_name": "Bea", "family_name": "Lee", "address": home()},
        ),
        # Names with a town or a year alone could not link; what could has a rule of its own.
        (
            {"given_name": "Ann", "family_name": "Lee", "address": {"city": "Leeds"}},
            {"given_name": "Lee", "family_name": "Ann", "address": {"city": "LEEDS"}},
        ),
        (
            {"given_name": "Ann", "family_name": "Lee", "birth_date": "1978-12-11"},
            {"given_name": "Ann", "family_name": "Lee", "birth_date": "1978-05-28"},
        ),
        (
            {"given_name": "Ann", "family_name": "Leedham", "birth_date": "1978-12-11"},
            {"given_name": "Ann", "family_name": "Leeds", "birth_date": "1968-12-11"},
        ),
    ],
)
def test_these_do_not_meet(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert not keys(person(**left)) & keys(person(**right))


def test_organisations_meet_by_name_place_and_domain() -> None:
    acme = organisation("Acme Export", address=home(), email="info@acme.example.org")
    assert keys(acme) & keys(organisation("Acme Exporters", address={"city": "Leeds"}))
    assert keys(acme) & keys(organisation("Borealis", email="anna@acme.example.org"))
    assert not keys(acme) & keys(organisation("Acme", address={"city": "York"}))
    assert keys(acme) & keys(organisation("A.E.", address=home(city="")))  # by its dwelling


def test_a_full_person_has_few_keys_all_of_64_bits() -> None:
    full = person(
        given_name="Ann",
        family_name="Lee",
        email="ann@example.org",
        phone="+34910000001",
        address=home(),
        **BORN,
    )
    found = blocking_keys(prepare(full), MODEL)
    assert len(found) <= 10
    assert list(found) == sorted(set(found))
    assert all(-(2**63) <= key < 2**63 for key in found)


def test_the_reference_engine_resolves_a_small_file() -> None:
    ann = {"given_name": "Ann", "family_name": "Lee", "email": "ann@example.org"}
    file = [
        person(**ann, **BORN),
        person(given_name="Bea", family_name="Katz"),
        person(**ann, phone="+34910000001"),
    ]
    assert resolve(file, MODEL).groups == [frozenset({0, 2}), frozenset({1})]
