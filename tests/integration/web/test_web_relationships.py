"""The relationships on a customer's page, and what a person says of them there."""

import pytest
from django.test import Client

from customerfile.audit.models import ReadEntry
from customerfile.customers.models import Customer, Relationship
from customerfile.sources.models import Record
from tests.factories.customer_files import MORNING, deliver, person

STRANGER = 999_999


@pytest.fixture
def household(db) -> int:
    """Anna and Ben, proposed as one household."""
    deliver("shop", [person("1", "Anna", "Meier"), person("2", "Ben", "Meier"), person("3", "Cleo", "Ross")])
    left, right = Record.objects.filter(key__in=("1", "2")).order_by("pk").values_list("pk", flat=True)
    return Relationship.objects.create(
        left_id=left,
        right_id=right,
        kind="household",
        state="proposed",
        basis="address_name",
        proposed_by="ann",
        proposed_at=MORNING,
    ).pk


def _address(name: str) -> str:
    return f"/customers/{Customer.objects.get(display_name=name).number}"


def test_stands_on_both_pages_and_on_no_other(signed_in: Client, household: int):
    here, there = signed_in.get(_address("Anna Meier")).text, signed_in.get(_address("Ben Meier")).text

    assert ("Same household as" in here, "Ben Meier</a>" in here, "Anna Meier</a>" in there) == (True,) * 3
    assert "Household and relationships" not in signed_in.get(_address("Cleo Ross")).text
    pair = Customer.objects.filter(display_name__contains="Meier").order_by("pk").values_list("pk", flat=True)
    assert ReadEntry.objects.order_by("pk").first().customer_ids == list(pair)


def test_is_confirmed_and_dismissed(signed_in: Client, household: int):
    form = f"{_address('Anna Meier')}/relationships/{household}"

    page = signed_in.post(form, {"state": "confirmed"}, follow=True).text
    assert ("Noted: it holds." in page, ">Confirm<" in page, "olive" in page) == (True, False, True)
    page = signed_in.post(form, {"state": "dismissed"}, follow=True).text
    assert ("not proposed again" in page, "Same household as" in page) == (True, False)
    assert Relationship.objects.get().state == "dismissed"


def test_what_means_nothing_changes_nothing(signed_in: Client, household: int):
    form = f"{_address('Anna Meier')}/relationships/{household}"

    assert "Say whether it holds" in signed_in.post(form, {"state": "proposed"}, follow=True).text
    assert (
        signed_in.post(form.replace(str(household), str(STRANGER)), {"state": "confirmed"}).status_code == 404
    )
    assert signed_in.get(form).status_code == 405
    assert Relationship.objects.get().state == "proposed"


def test_needs_somebody_signed_in(client: Client, household: int):
    answer = client.post(f"{_address('Anna Meier')}/relationships/{household}", {"state": "confirmed"})

    assert (answer.status_code, Relationship.objects.get().state) == (302, "proposed")
