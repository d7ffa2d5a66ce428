"""Merging two customers by page: finding the other, seeing what it comes to, confirming, taking it back."""

import re

import pytest
from django.test import Client

from customerfile.access.models import User
from customerfile.audit.models import ReadEntry
from customerfile.base.clock import now
from customerfile.customers.judging.judging import judge_pair
from customerfile.customers.judging.judging_rules import change_judging_rules
from customerfile.customers.judging.merging import merge_customers
from customerfile.customers.models import Customer, JudgementAct, Link
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.sources.models import Record
from tests.factories.customer_files import MORNING, buy, deliver, person

PETRA = {"phone": "+493023125777"}


@pytest.fixture
def petra(db) -> tuple[str, str]:
    """The numbers of Petra, who married, and of a purchase more: two customers until somebody says otherwise."""
    deliver("shop", [person("1", "Petra", "Lehmann", email="petra@example.org", **PETRA)])
    deliver("crm", [person("A-7", "Petra", "Witt", born="1991-01-09", **PETRA)])
    buy("shop", "1", number=1, at=MORNING)
    return _number("1"), _number("A-7")


@pytest.fixture
def colleague(db) -> Client:
    """A second person at another browser."""
    browser = Client()
    browser.force_login(User.objects.create_user(username="cy", role="steward"))
    return browser


def _number(key: str) -> str:
    return Customer.objects.get(pk=Link.objects.get(record__key=key, valid_to=None).customer_id).number


def _record(key: str) -> int:
    return Record.objects.get(key=key).pk


def _mark(page: str) -> str:
    return re.search(r'name="mark" value="([^"]+)"', page).group(1)


def _merge(browser: Client, address: str, note: str = "told us", mark: str = ""):
    mark = mark or _mark(browser.get(address).text)
    return browser.post(address, {"note": note, "mark": mark}, follow=True)


def test_the_customer_page_leads_to_those_of_the_same_name(signed_in: Client, petra):
    deliver("web", [person("9", "Petra", "Lehmann", born="1950-02-02"), person("8", "Ann", "Poe")])
    here, namesake = petra[0], _number("9")

    assert f'href="/customers/{here}/merge"' in signed_in.get(f"/customers/{here}").text
    page = signed_in.get(f"/customers/{here}/merge").text
    assert f'href="/customers/{here}/merge/{namesake}"' in page
    assert (f'href="/customers/{here}/merge/{here}"' in page, "Ann Poe" in page) == (False, False)


def test_the_other_is_found_by_anything_that_finds_a_customer(signed_in: Client, petra):
    address = f"/customers/{petra[0]}/merge"

    shown = signed_in.post(address, {"q": "witt"}, follow=True)
    assert shown.redirect_chain == [(address, 302)]
    assert f"{address}/{petra[1]}" in shown.text
    part = signed_in.post(address, {"q": "petr wit"}, headers={"HX-Request": "true"})
    assert (f"{address}/{petra[1]}" in part.text, "<html" in part.text) == (True, False)
    assert "Who is the same as Petra Witt?" in signed_in.get(f"/customers/{petra[1]}/merge").text
    assert 'value="Petra Witt"' in signed_in.get(f"/customers/{petra[1]}/merge").text
    assert "Nobody else found" in signed_in.post(address, {"q": "lehmann"}, follow=True).text


def test_the_preview_says_what_it_comes_to_and_changes_nothing(signed_in: Client, petra):
    page = signed_in.get(f"/customers/{petra[1]}/merge/{petra[0]}").text

    assert page.count('class="agreement-differs"') == 1  # the family name
    assert (page.count("number stays"), page.count(f"leads to {petra[0]}")) == (1, 1)
    assert f"{petra[0]} stays, as the older number. {petra[1]} leads to it from now on" in page
    assert "all 2 records and 1 event stand under" in page
    assert "Two customers until a person decides" in page
    assert f"/pairs/{_record('1')}/{_record('A-7')}" in page
    assert ReadEntry.objects.latest("pk").customer_ids == sorted(
        Customer.objects.values_list("pk", flat=True)
    )
    assert not JudgementAct.objects.exists()


def test_merged_shown_and_undone(signed_in: Client, petra):
    done = _merge(signed_in, f"/customers/{petra[1]}/merge/{petra[0]}")

    assert done.redirect_chain == [(f"/customers/{petra[0]}", 302)]
    assert f"Merged: {petra[1]} leads here from now on." in done.text
    assert _number("A-7") == petra[0]
    act = JudgementAct.objects.get()
    assert (act.kind, act.by, act.note) == ("merge", "olive", "told us")

    undo = f"/customers/{petra[0]}/judgements/{act.pk}/withdraw"
    assert f'action="{undo}"' in done.text
    again = signed_in.get(f"/customers/{petra[0]}").text
    assert ("leads here from now on" in again, f'action="{undo}"' in again) == (False, True)

    back = signed_in.post(undo, follow=True).text
    assert f"Its records stand under the customers {petra[0]} and {petra[1]} now." in back
    assert (_number("1"), _number("A-7")) == petra
    assert "was withdrawn already, by olive" in signed_in.post(undo, follow=True).text


def test_what_a_colleague_said_is_shown_before_it_is_overruled(signed_in: Client, petra):
    judge_pair(_record("1"), _record("A-7"), verdict=Verdict.NOT_A_MATCH, by="cy", at=now(), note="sisters")
    address = f"/customers/{petra[0]}/merge/{petra[1]}"

    page = signed_in.get(address).text
    assert ("you would overrule" in page, "sisters" in page, "by cy" in page) == (True, True, True)
    _merge(signed_in, address)
    assert _number("A-7") == petra[0]


def test_two_at_once_the_second_is_told_what_the_first_did(signed_in: Client, colleague: Client, petra):
    deliver("web", [person("W", "Petra", "Witt", email="witt@example.org")])
    address = f"/customers/{petra[0]}/merge/{petra[1]}"
    seen = _mark(signed_in.get(address).text)
    _merge(colleague, f"/customers/{petra[1]}/merge/{_number('W')}")

    refused = _merge(signed_in, address, note="same phone", mark=seen)

    assert refused.status_code == 409
    assert "changed since you looked: cy merged customers." in refused.text
    assert "leads to" not in refused.text.split("changed since you looked")[1].split("</p>")[0]
    assert 'value="same phone"' in refused.text
    assert _number("A-7") == petra[1]
    assert _merge(signed_in, address, mark=_mark(refused.text)).status_code == 200
    assert _number("W") == petra[0]


def test_two_at_once_on_the_same_two(signed_in: Client, colleague: Client, petra):
    address = f"/customers/{petra[0]}/merge/{petra[1]}"
    seen = _mark(signed_in.get(address).text)
    _merge(colleague, address)

    told = _merge(signed_in, address, mark=seen)
    assert told.redirect_chain == [(f"/customers/{petra[0]}", 302)]
    assert f"changed since you looked: cy merged customers; {petra[1]} leads to {petra[0]} now" in told.text
    assert JudgementAct.objects.count() == 1


def test_where_two_people_decide(signed_in: Client, colleague: Client, petra):
    change_judging_rules(people_needed=2, by="tests", at=MORNING)
    address = f"/customers/{petra[0]}/merge/{petra[1]}"

    page = signed_in.get(address).text
    assert ("two people decide in this file" in page, "Say that they are one" in page) == (True, True)
    done = _merge(signed_in, address).text
    assert "become one customer once a second person says the same" in done
    assert _number("A-7") == petra[1]

    other = colleague.get(f"/customers/{petra[1]}").text
    assert "waits for a second person" in other
    same = re.search(r'href="([^"]+)">Say the same', other).group(1)
    assert same == f"/customers/{petra[1]}/merge/{petra[0]}"
    assert "two people decide" not in colleague.get(same).text
    _merge(colleague, same)
    assert _number("A-7") == petra[0]


def test_nobody_overrules_a_colleague_where_two_people_decide(signed_in: Client, petra):
    judge_pair(_record("1"), _record("A-7"), verdict=Verdict.NOT_A_MATCH, by="cy", at=now())
    change_judging_rules(people_needed=2, by="tests", at=MORNING)

    page = signed_in.get(f"/customers/{petra[0]}/merge/{petra[1]}").text
    assert ("this stands against it" in page, 'name="mark"' in page) == (True, False)


def test_what_cannot_be_merged(signed_in: Client, petra):
    one = f"/customers/{petra[0]}"

    assert "lead to one customer already" in signed_in.get(f"{one}/merge/{petra[0]}", follow=True).text
    assert signed_in.get(f"{one}/merge/00000000").status_code == 404
    assert signed_in.post(f"{one}/merge/00000000", {"mark": "x"}).status_code == 404
    long = {"note": "x" * 501, "mark": _mark(signed_in.get(f"{one}/merge/{petra[1]}").text)}
    assert "at most 500 characters" in signed_in.post(f"{one}/merge/{petra[1]}", long).text
    assert signed_in.post(f"{one}/merge/{petra[1]}", {"mark": "forged"}).status_code == 409
    assert not JudgementAct.objects.exists()


def test_judgements_stand_on_a_page_of_their_own_taken_back_ones_too(signed_in: Client, petra):
    page = f"/customers/{petra[0]}/judgements"
    assert "Nobody has said anything yet" in signed_in.get(page).text

    merged = merge_customers(petra, by="cy", at=now(), note="asked on the phone")
    text = signed_in.get(page).text
    assert ("asked on the phone" in text, "by cy" in text, "one customer</li>" in text) == (True, True, True)
    signed_in.post(f"/customers/{petra[0]}/judgements/{merged.act}/withdraw")
    text = signed_in.get(page).text
    assert ("Taken back by olive" in text, "Take back<span" in text) == (True, False)
