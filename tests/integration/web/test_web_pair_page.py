"""Two records side by side, and what a person says of them."""

import pytest
from django.test import Client

from customerfile.audit.models import ReadEntry
from customerfile.customers.models import Customer, Judgement, Link
from customerfile.sources.models import Record
from tests.factories.customer_files import deliver, person


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
