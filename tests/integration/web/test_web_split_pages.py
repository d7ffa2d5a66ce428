"""Splitting a customer by page: choosing the records, seeing what it comes to, confirming, taking it back."""

import re

import pytest
from django.test import Client

from customerfile.access.models import User
from customerfile.base.clock import now
from customerfile.customers.judging.judging import judge_pair
from customerfile.customers.judging.judging_rules import change_judging_rules
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.models import Customer, Judgement, JudgementAct, Link
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.sources.models import Record
from tests.factories.customer_files import MORNING, buy, deliver, person

ROSA = {"email": "rosa@example.org", "phone": "+493023125777"}


@pytest.fixture
def rosa(db) -> str:
    """The number of Rosa, who is mother and daughter."""
    deliver("shop", [person("1", "Rosa", "Lindner", born="1961-04-02", **ROSA)])
    deliver("crm", [person("A-7", "Rosa", "Lindner", occupation="Pilot", **ROSA)])
    deliver("web", [person("9", "Rosa", "Lindner", occupation="Nurse", **ROSA)])
    buy("web", "9", number=1, at=MORNING)
    (customer,) = Customer.objects.filter(state="active")
    return customer.number


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


def _preview(browser: Client, number: str, *keys: str) -> str:
    return browser.get(f"/customers/{number}/split", {"record": [_record(key) for key in keys]}).text


def _mark(page: str) -> str:
    return re.search(r'name="mark" value="([^"]+)"', page).group(1)


def _split(browser: Client, number: str, *keys: str, mark: str = ""):
    said = {
        "record": [_record(key) for key in keys],
        "note": "mother and daughter",
        "mark": mark or _mark(_preview(browser, number, *keys)),
    }
    return browser.post(f"/customers/{number}/split", said, follow=True)


def test_the_records_to_choose_from_say_what_is_odd_and_what_holds_them(signed_in: Client, rosa: str):
    assert f'href="/customers/{rosa}/split"' in signed_in.get(f"/customers/{rosa}").text

    page = signed_in.get(f"/customers/{rosa}/split").text
    assert page.count('type="checkbox"') == 3
    assert page.count("only here") == 2  # the two occupations; nobody else says a birth date
    assert "What holds these records together" in page
    assert "Tick the records" not in page


def test_a_customer_of_one_record_has_nothing_to_split(signed_in: Client, db):
    deliver("shop", [person("1", "Ada", "Bo")])
    number = _number("1")

    assert "/split" not in signed_in.get(f"/customers/{number}").text
    assert "One record cannot be split" in signed_in.get(f"/customers/{number}/split").text


def test_the_preview_says_what_it_comes_to_and_changes_nothing(signed_in: Client, rosa: str):
    page = _preview(signed_in, rosa, "9")

    assert page.count('class="agreement-differs"') == 1  # the occupation
    assert f"What stays, 2 records and no events, keeps the number {rosa}." in page
    assert "What leaves, 1 record and 1 event, gets a new number." in page
    assert (JudgementAct.objects.exists(), Customer.objects.count()) == (False, 1)


def test_split_shown_and_undone(signed_in: Client, rosa: str):
    done = _split(signed_in, rosa, "9")
    left = _number("9")

    assert done.redirect_chain == [(f"/customers/{rosa}", 302)]
    assert ("Split: the record left and stands under" in done.text, left != rosa) == (True, True)
    assert f'href="/customers/{left}"' in done.text
    assert set(Judgement.objects.values_list("verdict", flat=True)) == {"not_a_match"}
    act = JudgementAct.objects.get()
    assert (act.kind, act.by, act.note) == ("split", "olive", "mother and daughter")
    assert "mother and daughter" in signed_in.get(f"/customers/{left}").text

    back = signed_in.post(f"/customers/{rosa}/judgements/{act.pk}/withdraw", follow=True).text
    assert f"Its records stand under customer {rosa} now." in back
    assert {_number(key) for key in ("1", "A-7", "9")} == {rosa}


def test_a_merge_that_is_split_gives_the_number_back(signed_in: Client, rosa: str):
    deliver("desk", [person("7", "Tom", "Hart")])
    tom = _number("7")
    merge_customers([rosa, tom], by="cy", at=now(), note="by mistake")

    page = _preview(signed_in, rosa, "7")
    assert f"takes up its number {tom} again" in page
    assert ("you would overrule" in page, "by mistake" in page) == (True, True)
    _split(signed_in, rosa, "7")
    assert _number("7") == tom


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("next=1", "Tick the records that belong to somebody else."),
        ("record=999999", "not with this customer any more"),
        ("record=abc", "No record was chosen."),
        ("record=99999999999999999999", "No record was chosen."),
    ],
)
def test_a_choice_that_is_none_is_told(signed_in: Client, rosa: str, asked: str, told: str):
    page = signed_in.get(f"/customers/{rosa}/split?{asked}").text

    assert (told in page, page.count('type="checkbox"')) == (True, 3)


def test_all_records_cannot_leave(signed_in: Client, rosa: str):
    assert "These are all records of customer" in _preview(signed_in, rosa, "1", "A-7", "9")


def test_a_choice_can_be_changed(signed_in: Client, rosa: str):
    page = signed_in.get(f"/customers/{rosa}/split?choose=1&record={_record('9')}").text

    assert (page.count('type="checkbox"'), page.count(" checked")) == (3, 1)


def test_two_at_once_the_second_is_told_what_the_first_did(signed_in: Client, colleague: Client, rosa: str):
    seen = _mark(_preview(signed_in, rosa, "9"))
    _split(colleague, rosa, "A-7")

    refused = _split(signed_in, rosa, "9", mark=seen)

    assert (refused.status_code, "cy split a customer" in refused.text) == (409, True)
    assert 'value="mother and daughter"' in refused.text
    assert _number("9") in (rosa, _number("A-7"))
    assert JudgementAct.objects.count() == 1


def test_two_at_once_on_the_same_record(signed_in: Client, colleague: Client, rosa: str):
    seen = _mark(_preview(signed_in, rosa, "9"))
    _split(colleague, rosa, "9")

    refused = _split(signed_in, rosa, "9", mark=seen)

    assert ("Nothing was done" in refused.text, refused.text.count('type="checkbox"')) == (True, 2)
    assert JudgementAct.objects.count() == 1


def test_where_two_people_decide(signed_in: Client, colleague: Client, rosa: str):
    change_judging_rules(people_needed=2, by="tests", at=MORNING)

    page = _preview(signed_in, rosa, "9")
    assert ("two people decide in this file" in page, "Say that they are two" in page) == (True, True)
    assert "the record will leave once a second person says the same" in _split(signed_in, rosa, "9").text
    assert _number("9") == rosa

    same = re.search(r'href="([^"]+)">Say the same', colleague.get(f"/customers/{rosa}").text).group(1)
    page = colleague.get(same).text
    assert f'name="record" value="{_record("9")}"' in page
    assert "two people decide" not in page
    _split(colleague, rosa, "9")
    assert _number("9") != rosa


def test_judgements_on_others_that_stand_against_it_are_shown_and_taken_back(signed_in: Client, db):
    deliver("shop", [person("B", "Ben", "Meier"), person("C", "Cleo", "Ross")])
    deliver("web", [person("D", "Dora", "Ross", born="1971-02-03"), person("E", "Eve", "Diaz")])
    ben = merge_customers([_number("B"), _number("D"), _number("E")], by="cy", at=now()).customers[0]
    judge_pair(_record("C"), _record("D"), verdict=Verdict.MATCH, by="cy", at=now())
    judge_pair(_record("C"), _record("B"), verdict=Verdict.NOT_A_MATCH, by="cy", at=now())
    judge_pair(_record("C"), _record("E"), verdict=Verdict.NOT_A_MATCH, by="cy", at=now())

    page = _preview(signed_in, ben, "D", "E")

    assert ("this stands against it" in page, 'name="mark"' in page) == (True, False)
    assert page.count('type="submit">Take back') >= 2


def test_a_number_that_leads_elsewhere_splits_who_it_leads_to(signed_in: Client, rosa: str):
    deliver("desk", [person("7", "Tom", "Hart")])
    tom = _number("7")
    merge_customers([rosa, tom], by="cy", at=now())

    assert signed_in.get(f"/customers/{tom}/split").text.count('type="checkbox"') == 4
    assert _split(signed_in, tom, "9").redirect_chain == [(f"/customers/{rosa}", 302)]
    assert split_customer(rosa, [_record("7")], by="cy", at=now()).customers == (rosa, tom)
