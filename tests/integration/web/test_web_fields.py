"""Values of a customer are corrected on its page: in place, by pointing; where two people met, both are shown."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from customerfile.access.sight import WHOLE
from customerfile.access.users import add_user
from customerfile.base.clock import now
from customerfile.customers.models import Correction, Customer
from customerfile.customers.queries import customer_file
from tests.factories.customer_files import deliver, person

HTMX = {"HX-Request": "true"}


@pytest.fixture
def number(db) -> str:
    deliver("shop", [person("1", "Rosa", "Lindner", born="1980-02-29", email="rosa@example.org")])
    deliver("crm", [person("7", "Rosalie", "Lindner", born="1980-02-29", email="rosa@example.org")])
    return Customer.objects.get().number


def _address(number: str, field: str) -> str:
    return reverse("field", kwargs={"number": number, "field": field})


def _said(number: str) -> dict[str, list[str]]:
    fields = customer_file(number, sight=WHOLE).fields
    return {field.key: [value.shown for value in field.values] for field in fields}


def _forms(page: str) -> list[dict[str, str]]:
    """What each form of the editor would send."""
    bodies = re.findall(r'<form class="field-line".*?</form>', page, re.S)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', body)) for body in bodies]


def test_the_page_says_where_values_are_from_and_what_else_is_on_record(signed_in: Client, number):
    page = signed_in.get(reverse("customer", kwargs={"number": number})).content.decode()
    chosen = _said(number)["given_name"][0]
    (other,) = {"Rosa", "Rosalie"} - {chosen}
    about = page.split('id="field-given_name"')[1].split('id="field-')[0]
    assert "1 other value on record" in about
    assert f'<span class="value">{other}</span>' in about
    assert _address(number, "given_name") in about


def test_a_value_is_corrected_in_place(signed_in: Client, number):
    address = _address(number, "email")
    form = _forms(signed_in.get(address, headers=HTMX).content.decode())[0]
    told = signed_in.post(address, form | {"do": "correct", "value": "rosa@example.net"}, headers=HTMX)
    assert told.status_code == 200
    text = told.content.decode()
    assert "corrected by olive, was rosa@example.org" in text
    assert "<html" not in text
    assert _said(number)["email"] == ["rosa@example.net"]


def test_without_script_the_way_leads_back_to_the_customer(signed_in: Client, number):
    address = _address(number, "family_name")
    page = signed_in.get(address).content.decode()
    assert "<html" in page
    answer = signed_in.post(address, _forms(page)[0] | {"do": "correct", "value": "Braun"})
    assert answer["Location"] == f"{reverse('customer', kwargs={'number': number})}#field-family_name"
    assert _said(number)["family_name"] == ["Braun"]


def test_another_value_on_record_is_chosen_and_given_back(signed_in: Client, number):
    address = _address(number, "given_name")
    before = _said(number)["given_name"]
    keep = _forms(signed_in.get(address).content.decode())[1]
    signed_in.post(address, keep | {"do": "keep"})
    assert _said(number)["given_name"] == sorted({"Rosa", "Rosalie"} - set(before))
    signed_in.post(address, {"do": "withdraw"})
    assert _said(number)["given_name"] == before


def test_what_is_wrong_is_emptied_and_told_on_the_page(signed_in: Client, number):
    address = _address(number, "birth_date")
    signed_in.post(address, _forms(signed_in.get(address).content.decode())[0] | {"do": "wrong"})
    assert "birth_date" not in _said(number)
    page = signed_in.get(reverse("customer", kwargs={"number": number})).content.decode()
    assert "Said to be wrong" in page
    assert "said by olive, was 29 February 1980" in page


def test_what_cannot_be_read_is_told_and_stays_in_the_box(signed_in: Client, number):
    address = _address(number, "email")
    form = _forms(signed_in.get(address).content.decode())[0]
    told = signed_in.post(address, form | {"do": "correct", "value": "rosa at example"}, headers=HTMX)
    assert told.status_code == 422
    text = told.content.decode()
    assert 'value="rosa at example"' in text
    assert 'role="alert"' in text
    assert signed_in.post(address, form | {"do": "correct", "value": " "}).status_code == 422
    assert Correction.objects.count() == 0


@pytest.mark.parametrize("field", ["family_name", "email"])
def test_where_two_people_met_both_values_are_shown_and_one_is_chosen(signed_in: Client, number, field):
    address, mine, theirs = _address(number, field), "mine@example.org", "theirs@example.org"
    form = _forms(signed_in.get(address).content.decode())[0]
    signed_in.post(address, form | {"do": "correct", "value": theirs})
    if field == "family_name":
        mine, theirs = "Mine", "Theirs"
        signed_in.post(address, {"do": "withdraw"})
        form = _forms(signed_in.get(address).content.decode())[0]
        signed_in.post(address, form | {"do": "correct", "value": theirs})
    told = signed_in.post(address, form | {"do": "correct", "value": mine}, headers=HTMX)
    text = told.content.decode()
    assert told.status_code == 409
    assert f"<dd>{mine} " in text
    assert theirs in text.split("You wrote")[0]
    body = text.split("field-conflict")[1].split("</form>")[0]
    again = dict(re.findall(r'name="(\w+)" value="([^"]*)"', body))
    assert signed_in.post(address, again).status_code == 302
    assert mine in _said(number)[field]


def test_who_may_not_write_is_offered_nothing_and_refused(client: Client, number, owner):
    client.force_login(add_user("marc", role="marketer", by="tests", at=now()))
    assert client.get(_address(number, "email")).status_code == 403
    page = client.get(reverse("customer", kwargs={"number": number})).content.decode()
    assert 'class="correct"' not in page


def test_a_field_that_there_is_not_is_not_there(signed_in: Client, number):
    assert signed_in.get(_address(number, "favourite_tea")).status_code == 404
    assert signed_in.get(_address(number, "organisation_name")).status_code == 404


def test_where_the_head_of_the_page_says_it_too_the_page_comes_anew(signed_in: Client, number):
    for field, value in (("family_name", "Braun"), ("birth_date", "1980-02-28")):
        address = _address(number, field)
        form = _forms(signed_in.get(address, headers=HTMX).content.decode())[0]
        told = signed_in.post(address, form | {"do": "correct", "value": value}, headers=HTMX)
        assert (told.status_code, told["HX-Refresh"]) == (200, "true")
