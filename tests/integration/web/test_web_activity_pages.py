"""Who did and saw what, as the pages tell it, and to whom."""

import pytest
from django.test import Client
from django.urls import reverse

from customerfile.access.users import add_user
from customerfile.audit.models import AuditEntry, ReadEntry
from customerfile.audit.operations import record_reads
from customerfile.base.clock import now
from customerfile.customers.judging.merging import merge_customers
from customerfile.customers.models import Customer

TWO = "id,first name,last name,email\n1,Anna,Meyer,anna@example.org\n2,Ben,Okafor,ben@example.org\n"


@pytest.fixture
def pair(bring) -> tuple[Customer, Customer]:
    """Two customers of one delivery."""
    bring(TWO)
    anna, ben = Customer.objects.order_by("id")
    return anna, ben


def _of(number: str) -> str:
    return reverse("customer-activity", args=(number,))


def test_the_page_of_activity_says_who_did_what_in_words(signed_in: Client, pair):
    signed_in.get(f"/customers/{pair[0].number}")
    page = signed_in.get("/activity").text
    assert "Imported a delivery" in page
    assert "Saw the customer&#x27;s file" in page
    assert f'href="/customers/{pair[0].number}"' in page
    assert "sources.delivery" not in page


def test_one_person_and_some_days_can_be_asked_for(signed_in: Client, pair):
    signed_in.get(f"/customers/{pair[0].number}")
    assert "Imported a delivery" in signed_in.get("/activity?user=tester").text
    assert "Imported a delivery" not in signed_in.get("/activity?user=olive").text
    assert "Nothing like that" in signed_in.get("/activity?until=2001-02-03").text
    assert "Saw" not in signed_in.get("/activity?what=did").text
    assert "Imported" not in signed_in.get("/activity?what=saw").text
    assert "That is not a day" in signed_in.get("/activity?since=soon").text


@pytest.mark.parametrize(
    "cursor", ["x", "1-2-3", "99999999999999999999-1-1", "20261122090000000000-1-9" * 9, "%00"]
)
def test_a_cursor_that_means_nothing_shows_the_first_page(signed_in: Client, pair, cursor: str):
    assert "Imported a delivery" in signed_in.get(f"/activity?before={cursor}").text


def test_older_pages_follow_without_a_gap(signed_in: Client, pair):
    for number in range(120):
        record_reads(by=f"reader {number}", at=now(), page="customer", customer_ids=[pair[0].id])
    address, met = _of(pair[0].number), []
    while address:
        answer = signed_in.get(address, headers={"HX-Request": "true"})
        met += [shown.activity.by for shown in answer.context["activities"]]
        older = answer.context["older"]
        address = f"{_of(pair[0].number)}?{older}" if older else ""
    assert [by for by in met if by.startswith("reader")] == [
        f"reader {number}" for number in reversed(range(120))
    ]


def test_a_customer_has_the_activity_of_its_earlier_numbers(signed_in: Client, pair):
    anna, ben = pair
    record_reads(by="nora", at=now(), page="customer", customer_ids=[ben.id])
    record_reads(by="mallory", at=now(), page="search", customer_ids=[anna.id + ben.id + 1])
    merge_customers([anna.number, ben.number], by="olive", at=now())
    page = signed_in.get(_of(anna.number)).text
    assert "Merged customers" in page
    assert "nora" in page
    assert "Imported a delivery" in page
    assert "mallory" not in page
    assert signed_in.get(_of("nonsense")).status_code == 404


def test_looking_is_written_down(signed_in: Client, pair):
    signed_in.get("/activity?user=nora")
    assert AuditEntry.objects.get(code="audit.ledger.read").detail["user"] == "nora"
    signed_in.get(_of(pair[0].number))
    assert ReadEntry.objects.get(page="customer-activity").customer_ids == [pair[0].id]


def test_who_may_read_the_ledger_and_no_customer_is_shown_no_name(db, pair):
    browser = Client()
    browser.force_login(add_user("ada", role="administrator", by="tests", at=now()))
    page = browser.get(_of(pair[0].number)).text
    assert pair[0].number in page
    assert "Meyer" not in page
    assert f'href="/customers/{pair[0].number}"' not in page


def test_only_who_may_read_the_ledger_is_shown_the_way_there(db, pair):
    browser = Client()
    browser.force_login(add_user("nora", role="steward", by="tests", at=now()))
    page = browser.get(f"/customers/{pair[0].number}").text
    assert "/activity" not in page
    assert browser.get("/activity").status_code == 403


def test_the_page_of_activity_costs_a_fixed_number_of_statements(
    signed_in: Client, pair, django_assert_num_queries
):
    signed_in.get("/activity")
    with django_assert_num_queries(7):
        signed_in.get("/activity")
    for number in range(30):
        record_reads(by="x", at=now(), page="customer", customer_ids=[pair[0].id, number + 1])
    with django_assert_num_queries(7):
        signed_in.get("/activity")


def test_the_page_shows_old_and_new_to_who_may_see_customers(signed_in: Client, bring):
    bring(TWO)
    bring(TWO.replace("Meyer", "Sato"))
    number = Customer.objects.earliest("id").number
    page = signed_in.get(_of(number)).text
    assert "<del>Meyer</del>" in page
    assert "<ins>Sato</ins>" in page
    assert "Sato</ins>" not in signed_in.get(_of(number) + "?what=saw").text
    ada = Client()
    ada.force_login(add_user("ada", role="administrator", by="tests", at=now()))
    page = ada.get(_of(number))
    assert page.status_code == 200
    assert "Sato" not in page.text
    assert "role: nothing → administrator" in signed_in.get("/activity").text
