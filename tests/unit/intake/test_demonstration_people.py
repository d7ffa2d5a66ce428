"""The demonstration's people: every hard case of matching is among them."""

from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from customerfile.intake.demonstration.organisations import draw_organisations
from customerfile.intake.demonstration.people import Person
from customerfile.intake.demonstration.population import draw_population
from customerfile.intake.demonstration.words import COUNTRIES, country_words

UNTIL = date(2026, 6, 30)


@pytest.fixture(scope="module")
def people() -> tuple[Person, ...]:
    return draw_population(1, 600, UNTIL)


def test_there_are_as_many_people_as_asked_for(people: tuple[Person, ...]) -> None:
    assert len({person.entity for person in people}) == len(people) == 600


def test_all_are_grown_up_at_the_closing_date(people: tuple[Person, ...]) -> None:
    ages = [(UNTIL - person.born_on).days / 365.25 for person in people]
    assert min(ages) > 17.5
    assert max(ages) < 100


def test_every_country_is_there(people: tuple[Person, ...]) -> None:
    assert {person.country for person in people} == set(COUNTRIES)


def test_households_share_surname_landline_and_address(people: tuple[Person, ...]) -> None:
    pairs = [
        (one, other)
        for one, other in same_household(people)
        if one.family_name == other.family_name and one.landline
    ]
    assert len(pairs) > 50
    assert all(one.landline == other.landline and one.address == other.address for one, other in pairs)


def test_namesakes_live_apart_and_were_born_at_other_times(people: tuple[Person, ...]) -> None:
    names = Counter((person.given_name, person.family_name) for person in people)
    namesakes = [person for person in people if names[person.given_name, person.family_name] > 1]
    apart = [
        (one, other)
        for one, other in combinations(namesakes, 2)
        if (one.given_name, one.family_name) == (other.given_name, other.family_name)
        and one.household != other.household
    ]
    assert len(apart) > 10


def test_juniors_carry_the_name_of_a_senior_at_home(people: tuple[Person, ...]) -> None:
    juniors = [person for person in people if person.suffix == "Jr"]
    seniors = {(p.household, p.given_name, p.family_name) for p in people if p.suffix == "Sr"}
    assert juniors
    assert all((p.household, p.given_name, p.family_name) in seniors for p in juniors)


def test_twins_share_a_birth_date_and_no_given_name(people: tuple[Person, ...]) -> None:
    twins = [(one, other) for one, other in same_household(people) if one.born_on == other.born_on]
    assert twins
    assert all(one.given_name != other.given_name for one, other in twins)


def test_only_seniors_and_juniors_share_a_given_name_at_home(people: tuple[Person, ...]) -> None:
    alike = [one for one, other in same_household(people) if one.given_name == other.given_name]
    assert all(person.suffix for person in alike)


def test_some_have_moved_and_some_have_married(people: tuple[Person, ...]) -> None:
    assert sum(person.former_address is not None for person in people) > 40
    assert sum(person.former_family_name != "" for person in people) > 20


def test_no_two_people_share_an_email_address(people: tuple[Person, ...]) -> None:
    emails = [email for person in people for email in (person.email, person.other_email) if email]
    assert len(set(emails)) == len(emails)
    assert {email.split("@")[1] for email in emails} == {"example.org", "example.com", "example.net"}


def test_organisations_have_contacts_and_one_form_in_several_spellings(people: tuple[Person, ...]) -> None:
    organisations = draw_organisations(1, people)
    assert len({organisation.name for organisation in organisations}) == len(organisations) == 40
    assert any(len(organisation.contacts) > 1 for organisation in organisations)
    assert any(len(organisation.legal_forms) > 1 for organisation in organisations)
    staff = [contact.person.entity for organisation in organisations for contact in organisation.contacts]
    assert len(set(staff)) == len(staff)


@pytest.mark.parametrize("country", COUNTRIES)
def test_name_lists_are_long_enough(country: str) -> None:
    assert len(country_words(country, "female")) >= 140
    assert len(country_words(country, "male")) >= 140
    assert len(country_words(country, "family")) >= 220


def same_household(people: tuple[Person, ...]) -> list[tuple[Person, Person]]:
    return [(one, other) for one, other in combinations(people, 2) if one.household == other.household]
