"""Pages about a customer in French: labels, reasons of the match model, values, what a person is told."""

import re
from html import unescape

import pytest
from django.test import Client

from customerfile.customers.models import Customer, Link
from customerfile.sources.models import Record
from tests.factories.customer_files import MORNING, buy, deliver, person

PHONE = {"phone": "+493023125777"}


@pytest.fixture
def numbers(db) -> tuple[str, str]:
    """The numbers of Petra, who married, and of a purchase more: two customers until somebody says otherwise."""
    deliver("shop", [person("1", "Petra", "Lehmann", email="petra@example.org", **PHONE)])
    deliver("crm", [person("A-7", "Petra", "Witt", born="1991-01-09", **PHONE)])
    buy("shop", "1", number=1, at=MORNING)
    return _number("1"), _number("A-7")


def _number(key: str) -> str:
    return Customer.objects.get(pk=Link.objects.get(record__key=key, valid_to=None).customer_id).number


def _read(browser: Client, address: str) -> str:
    """The words of a page as a reader of French meets them."""
    page = browser.get(address, headers={"Accept-Language": "fr"}).text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_customer_page_is_french(signed_in: Client, numbers):
    page = _read(signed_in, f"/customers/{numbers[1]}")
    for text in ("Fiche de référence", "Date de naissance 9 janvier 1991", "naissance le 9 janvier 1991"):
        assert text in page
    assert "Achat" in _read(signed_in, f"/customers/{numbers[0]}")


def test_a_pair_is_explained_in_french(signed_in: Client, numbers):
    left, right = (Record.objects.get(key=key).pk for key in ("1", "A-7"))
    page = _read(signed_in, f"/pairs/{left}/{right}")
    for text in ("Même numéro de téléphone", "Noms de famille différents", "tant que personne n’a décidé"):
        assert text in page


def test_what_a_merge_comes_to_is_said_in_french(signed_in: Client, numbers):
    stays, leaves = numbers
    page = _read(signed_in, f"/customers/{stays}/merge/{leaves}")
    assert f"{stays} réunit 2 enregistrements et 1 événement." in page
    assert f"{leaves} y mène désormais" in page


def test_a_wrong_number_is_told_in_french(signed_in: Client, db):
    assert "123 n’est pas un numéro client" in _read(signed_in, "/customers/123")


def test_the_form_of_a_new_customer_is_french(signed_in: Client, db):
    page = _read(signed_in, "/customers/new")
    for text in ("Nouvelle personne", "Code postal", "Pays des numéros sans indicatif"):
        assert text in page
