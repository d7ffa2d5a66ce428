"""Households proposed over the whole file: who is proposed, who is left out, and what a second look changes."""

import pytest

from customerfile.access.sight import WHOLE
from customerfile.customers.errors import HouseholdsNotPossible
from customerfile.customers.models import Customer, Link, Relationship
from customerfile.customers.relationships.households import propose_households
from customerfile.customers.relationships.kinds import State
from customerfile.customers.relationships.relating import decide_relationship
from customerfile.customers.relationships.relationships import relationships, relationships_of
from customerfile.intake.undoing import undo_delivery
from tests.factories.customer_files import MORNING, Row, deliver, person

pytestmark = pytest.mark.django_db

LINDEN = {"street": "Lindenstrasse", "house_number": "5", "postcode": "10969", "city": "Berlin"}
EICHEN = {"street": "Eichenweg", "house_number": "7", "postcode": "10969", "city": "Berlin"}


def at_home(key, given, family, address=LINDEN, **more):
    return person(key, given, family, address=[address], **more)


def propose(tmp_path, **more):
    return propose_households(by="ann", at=MORNING, folder=tmp_path, **more)


def proposed():
    return sorted((told.one.display_name, told.other.display_name, told.because) for told in relationships())


def customer(key):
    return Link.objects.get(record__key=key, valid_to=None).customer_id


def test_an_address_with_a_family_name_or_a_phone_makes_a_household(tmp_path):
    deliver(
        "shop",
        [
            at_home("1", "Anna", "Meier", phone="+493023125777"),
            at_home("2", "Ben", "Meier"),
            at_home("3", "Cleo", "Ross", phone="+493023125777"),
            at_home("4", "Dora", "Sand"),  # shares nothing but the address
            at_home("5", "Eve", "Meier", EICHEN),  # nothing but the name
            at_home("6", "Finn", "Meier", LINDEN | {"unit": "2. OG"}),  # another dwelling of the house
        ],
    )
    done = propose(tmp_path)

    assert (done.found, done.proposed, done.withdrawn, done.addresses_left_out) == (2, 2, 0, 0)
    assert proposed() == [
        ("Anna Meier", "Ben Meier", "same address and family name"),
        ("Anna Meier", "Cleo Ross", "same address and phone number"),
    ]
    assert Customer.objects.count() == 6


def test_name_and_phone_together_are_one_proposal(tmp_path):
    phone = {"phone": "+493023125777"}
    deliver("shop", [at_home("1", "Anna", "Meier", **phone), at_home("2", "Ben", "Meier", **phone)])
    propose(tmp_path)

    assert [told.because for told in relationships()] == ["same address, family name and phone number"]


def test_an_address_is_the_same_however_it_is_written(tmp_path):
    short = {"street": "Lindenstr", "house_number": "5", "postcode": "10969"}
    deliver("shop", [at_home("1", "Anna", "Meier"), at_home("2", "Ben", "Meier", short)])
    deliver("crm", [at_home("3", "Ben", "Okafor", {"street": "Lindenstrasse", "city": "Berlin"})])

    assert propose(tmp_path).found == 0  # "strasse" within a word is no word of its own
    short["street"] = "LINDENSTRASSE"
    deliver("shop", [at_home("2", "Ben", "Meier", short)], at=MORNING.replace(hour=10))
    assert propose(tmp_path).found == 1


def test_the_phone_of_an_organisation_tells_nothing(tmp_path):
    phone = [{"value": "+493023125777"}]
    firm = Row("9", {"kind": "organisation", "organisation_name": "Ross Ltd", "phone": phone}, {})
    both = [
        at_home(key, name, name + "sen", phone="+493023125777") for key, name in (("1", "Ann"), ("2", "Bo"))
    ]
    deliver("shop", [firm, *both])

    assert propose(tmp_path).found == 0


def test_an_address_of_many_is_no_household(tmp_path):
    deliver("shop", [at_home(name, name, f"{name}sen") for name in ("Cleo", "Dora", "Finn", "Gus")])
    deliver("crm", [at_home("A", "Ann", "Meier"), at_home("B", "Ben", "Meier")])
    done = propose(tmp_path, most=5)

    assert (done.found, done.addresses_left_out) == (0, 1)
    (crowd,) = done.fullest
    assert (crowd.address, crowd.customer_count) == ("Lindenstrasse 5, 10969 Berlin", 6)
    assert propose(tmp_path, most=6).found == 1
    with pytest.raises(HouseholdsNotPossible):
        propose(tmp_path, most=1)


def test_a_second_look_changes_nothing(tmp_path):
    deliver("shop", [at_home("1", "Anna", "Meier"), at_home("2", "Ben", "Meier")])
    propose(tmp_path)
    before = list(Relationship.objects.values())
    done = propose(tmp_path)

    assert (done.found, done.proposed, done.withdrawn) == (1, 0, 0)
    assert list(Relationship.objects.values()) == before


def test_a_dry_run_writes_nothing(tmp_path):
    deliver("shop", [at_home("1", "Anna", "Meier"), at_home("2", "Ben", "Meier")])

    assert propose(tmp_path, dry_run=True).proposed == 1
    assert Relationship.objects.count() == 0


def test_what_a_person_said_stays(tmp_path):
    deliver(
        "shop", [at_home("1", "Anna", "Meier"), at_home("2", "Ben", "Meier"), at_home("3", "Cleo", "Meier")]
    )
    propose(tmp_path)
    dismissed, confirmed, _ = relationships()
    decide_relationship(dismissed.id, State.DISMISSED, by="ann", at=MORNING)
    decide_relationship(confirmed.id, State.CONFIRMED, by="ann", at=MORNING)

    assert propose(tmp_path).proposed == 0
    moved = [("1", "Anna"), ("2", "Ben"), ("3", "Cleo")]
    deliver(
        "shop",
        [at_home(key, name, "Meier", EICHEN | {"house_number": key}) for key, name in moved],
        at=MORNING.replace(hour=10),
    )
    done = propose(tmp_path)
    assert (done.found, done.proposed, done.withdrawn) == (0, 0, 1)
    assert [told.id for told in relationships(state=State.CONFIRMED)] == [confirmed.id]


def test_undoing_a_delivery_takes_the_proposals_on_its_records_along(tmp_path, test_home):
    deliver("shop", [at_home("1", "Anna", "Meier")])
    undone = deliver("crm", [at_home("2", "Ben", "Meier")])
    propose(tmp_path)
    undo_delivery(undone, home=test_home, by="ann")

    assert Relationship.objects.count() == 0


def test_an_empty_file_has_no_households(tmp_path):
    assert propose(tmp_path).found == 0


def test_a_household_reads_the_same_from_both_sides(tmp_path):
    deliver("shop", [at_home("1", "Anna", "Meier"), at_home("2", "Ben", "Meier")])
    propose(tmp_path)

    (anna,), (ben,) = (
        relationships_of(customer("1"), sight=WHOLE),
        relationships_of(customer("2"), sight=WHOLE),
    )
    assert (anna.words, anna.display_name, ben.words, ben.display_name) == (
        "Same household as",
        "Ben Meier",
        "Same household as",
        "Anna Meier",
    )
