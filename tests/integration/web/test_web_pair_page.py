"""Two records side by side, and what a person says of them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customerfile.audit.models import ReadEntry
from customerfile.customers.judging.judging_rules import change_judging_rules
from customerfile.customers.models import Customer, Judgement, Link
from customerfile.sources.models import Record
from tests.factories.customer_files import MORNING, deliver, person


@pytest.fixture
def pair(db) -> str:
    """The page of two records that only a person can decide on."""
    deliver("shop", [person("1", "Petra", "Lehmann", phone="+493023125777", email="petra@example.org")])
    deliver("crm", [person("A-7", "Petra", "Witt", phone="+493023125777", born="1991-01-09")])
    left, right = Record.objects.order_by("pk").values_list("pk", flat=True)
    return f"/pairs/{left}/{right}"


def _customers() -> int:
    return Link.objects.filter(valid_to=None).values("customer").distinct().count()


def test_shows_what_agrees_what_differs_and_why(signed_in: Client, pair: str):
    page = signed_in.get(pair).text
    assert "Two customers until a person decides" in page
    assert page.count('class="agreement-differs"') == 1  # the family name
    assert page.count('class="agreement-same"') == 2  # given name and phone
    assert page.count('class="agreement-one_side"') == 2  # e-mail and birth date
    assert "Same phone number" in page
    assert ReadEntry.objects.latest("pk").customer_ids == sorted(
        Customer.objects.values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("verdict", "customers", "told"),
    [
        ("match", 1, "Noted: one customer."),
        ("not_a_match", 2, "They stay apart"),
        ("unsure", 2, "Somebody else will see the pair again."),
    ],
)
def test_takes_in_what_is_said(signed_in: Client, pair: str, verdict: str, customers: int, told: str):
    answer = signed_in.post(pair, {"verdict": verdict, "note": "called her"}, follow=True)
    assert told in answer.text
    assert _customers() == customers
    assert Judgement.objects.get().verdict == verdict


def test_an_answer_that_is_none_changes_nothing(signed_in: Client, pair: str):
    assert "Choose one of the three answers" in signed_in.post(pair, {"verdict": "maybe"}).text
    assert not Judgement.objects.exists()


def test_records_that_are_not_there(signed_in: Client, pair: str):
    left = pair.split("/")[2]
    assert signed_in.get(f"/pairs/{left}/999999").status_code == 404
    assert signed_in.get(f"/pairs/{left}/{left}").status_code == 404
    assert signed_in.post(f"/pairs/{left}/999999", {"verdict": "match"}).status_code == 404


def test_the_queue_leads_from_pair_to_pair(signed_in: Client, pair: str):
    deliver("desk", [person("9", "Petra", "Braun", phone="+493023125777")])
    queue = signed_in.get("/review").text
    assert queue.count('class="review-sides"') == 3
    assert len(ReadEntry.objects.latest("pk").customer_ids) == 3

    shown = signed_in.post("/review/next", follow=True)
    address = shown.redirect_chain[-1][0]
    after = signed_in.post(address, {"verdict": "not_a_match"}, follow=True)
    assert after.redirect_chain[-1][0] not in (address, "/review")
    assert "You said last: <strong>Two customers</strong>" in after.text

    back = signed_in.post("/review/last", follow=True)
    assert back.redirect_chain[-1][0] == address
    assert "Taken back." in back.text
    assert not Judgement.objects.filter(withdrawn_at=None).exists()


def test_an_empty_queue_says_so(signed_in: Client):
    assert "Nothing waits for your word" in signed_in.get("/review").text
    assert "Nothing waits for your word any more" in signed_in.post("/review/next", follow=True).text
    assert signed_in.post("/review/last").url == "/review"


def test_a_word_that_waits_for_a_second_person_changes_nothing_yet(signed_in: Client, pair: str):
    left, right = map(int, pair.split("/")[2:])
    customers = _customers()
    change_judging_rules(people_needed=2, by="tests", at=MORNING)
    told = signed_in.post(f"/review/{left}/{right}", {"verdict": "match"}, follow=True)
    assert "Nothing waits for your word any more" in told.text
    assert _customers() == customers


def test_the_queue_costs_the_same_for_one_pair_and_three(signed_in: Client, pair: str):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get("/review").status_code == 200
        return len(captured)

    statements()
    one = statements()
    deliver("desk", [person("9", "Petra", "Braun", phone="+493023125777")])
    assert signed_in.get("/review").text.count('class="review-sides"') == 3
    assert statements() == one
