"""The search page: as you type, without script, and what it leaves behind."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customerfile.audit.models import ReadEntry
from customerfile.customers.errors import SearchTooSlow
from tests.factories.customer_files import deliver, person

HTMX = {"HX-Request": "true"}


@pytest.fixture
def people(db):
    deliver("shop", [person("1", "Maria", "Okonkwo", phone="+442079460018"), person("2", "Tom", "Berg")])


def test_typing_gets_the_results_alone(signed_in: Client, people):
    answer = signed_in.post("/", {"q": "okonkwo"}, headers=HTMX)
    assert answer.text.lstrip().startswith('<div id="results">')
    assert "Maria Okonkwo" in answer.text
    assert "Tom Berg" not in answer.text


def test_without_script_the_search_leads_to_a_page_whose_address_names_nobody(signed_in: Client, people):
    answer = signed_in.post("/", {"q": "okonkwo"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    page = signed_in.get("/")
    assert 'value="okonkwo"' in page.text
    assert "Maria Okonkwo" in page.text


def test_search_records_who_was_shown(signed_in: Client, people):
    signed_in.post("/", {"q": "0018"}, headers=HTMX)
    entry = ReadEntry.objects.get()
    assert (entry.by, entry.page, len(entry.customer_ids)) == ("olive", "search", 1)


def test_nobody_found_is_said_and_leaves_no_trace(signed_in: Client, people):
    assert "Nobody found" in signed_in.post("/", {"q": "zzzzzz"}, headers=HTMX).text
    assert ReadEntry.objects.count() == 0


def test_empty_box_shows_examples(signed_in: Client, people):
    signed_in.post("/", {"q": "okonkwo"})
    assert "a town or postcode beside a name" in signed_in.post("/", {"q": " "}, headers=HTMX).text


def test_search_that_takes_too_long_says_what_to_do(signed_in: Client, monkeypatch):
    def slow(query: str, **asked: object):
        raise SearchTooSlow("The search took too long and was stopped.", "Type more of the name.")

    monkeypatch.setattr("customerfile.web.search.find", slow)
    assert "Type more of the name." in signed_in.post("/", {"q": "a"}, headers=HTMX).text


def test_what_was_searched_for_goes_with_the_session(signed_in: Client, owner, people):
    signed_in.post("/", {"q": "okonkwo"})
    signed_in.post("/sign-out")
    signed_in.force_login(owner)
    assert "okonkwo" not in signed_in.get("/").text


def test_results_cost_the_same_for_one_and_three(signed_in: Client, people):
    def queries() -> tuple[int, int]:
        signed_in.post("/", {"q": "maria"}, headers=HTMX)
        with CaptureQueriesContext(connection) as captured:
            answer = signed_in.post("/", {"q": "maria"}, headers=HTMX)
        return answer.text.count("data-result"), len(captured)

    found, cost = queries()
    assert found == 1
    deliver("crm", [person("3", "Maria", "Delgado"), person("4", "Maria", "Sand")])
    assert queries() == (3, cost)
