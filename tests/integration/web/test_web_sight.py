"""Limits on what somebody sees: set on the page of people, and told on the pages that leave something out."""

import pytest
from django.test import Client

from customerfile.access.permissions import Permission
from customerfile.access.queries import users
from customerfile.access.users import add_user, define_role
from customerfile.base.clock import now
from customerfile.customers.models import Customer
from tests.factories.customer_files import deliver, person

pytestmark = pytest.mark.django_db


def _limits() -> dict[str, tuple[str, ...] | None]:
    return {each.username: each.branches for each in users()}


def test_branches_are_set_and_lifted_on_the_page(signed_in: Client):
    add_user("nora", role="read-only", by="tests", at=now())
    told = signed_in.post("/people/nora/branches", {"branches": " Leeds, York ,"}, follow=True).text
    assert "nora sees the customers of Leeds, York alone from the next click on." in told
    assert "Sees the customers of Leeds, York alone" in told
    assert _limits()["nora"] == ("Leeds", "York")
    assert (
        "nora sees all customers"
        in signed_in.post("/people/nora/branches", {"branches": ""}, follow=True).text
    )
    assert _limits()["nora"] is None


def test_an_owner_sees_everything(signed_in: Client):
    told = signed_in.post("/people/olive/branches", {"branches": "Leeds"}, follow=True).text
    assert "An owner sees everything, always." in told
    assert _limits()["olive"] is None


def test_a_page_says_that_it_shows_a_part(db):
    define_role(
        "till", label="Till", permissions={Permission.SEE_CUSTOMERS}, fields=["phone"], by="x", at=now()
    )
    deliver("crm", [person("1017", "Ada", "Quistgaard", email="ada@example.org", phone="+442079460101")])
    browser = Client()
    browser.force_login(add_user("nora", role="till", by="tests", at=now()))
    page = browser.get(f"/customers/{Customer.objects.get().number}").text
    assert "Your role sees some of the fields." in page
    assert "Your role does not see what customers did and bought." in page
    assert "Quistgaard" not in page
    assert "ada@example.org" not in page
    assert '<h1 id="customer-name">+44' in page
    assert "records behind" in page.lower()
    assert "As delivered" not in page
