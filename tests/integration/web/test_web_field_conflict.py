"""Two people at one field: the later one sees both values, who said which, and chooses; nothing is silently lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from customerfile.access.sight import WHOLE
from customerfile.base.clock import now
from customerfile.customers.models import Correction, Customer
from customerfile.customers.queries import customer_file
from customerfile.intake.correcting import Entered, correct
from customerfile.web import fields
from tests.factories.customer_files import deliver, person

HTMX = {"HX-Request": "true"}


@pytest.fixture
def number(db) -> str:
    deliver("shop", [person("1", "Rosa", "Lindner", email="rosa@example.org", occupation="Pilot")])
    return Customer.objects.get().number


def _address(number: str, field: str) -> str:
    return reverse("field", kwargs={"number": number, "field": field})


def _forms(page: str) -> list[dict[str, str]]:
    return [
        dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        for form in re.findall(r"<form.*?</form>", page, re.S)
    ]


def _meanwhile(number: str, **said: object) -> None:
    correct(number, Entered(said), sight=WHOLE, by="ben", at=now())


def _said(number: str, key: str) -> list[str]:
    found = [field for field in customer_file(number, sight=WHOLE).fields if field.key == key]
    return [value.shown for field in found for value in field.values]


def _seen(client: Client, address: str) -> str:
    return next(form["seen"] for form in _forms(client.get(address).content.decode()) if "seen" in form)


def _of_conflict(text: str) -> dict[str, str]:
    """What the button that has mine sends."""
    return _forms(text.split("field-conflict")[1])[0]


def test_both_values_are_shown_with_who_said_them(signed_in: Client, number):
    address = _address(number, "occupation")
    sent = {"do": "correct", "value": "Baker", "seen": _seen(signed_in, address)}
    _meanwhile(number, occupation="Nurse")
    told = signed_in.post(address, sent, headers=HTMX)
    theirs, mine = re.findall(r"<dd>(.*?)</dd>", told.content.decode().split("field-conflict")[1], re.S)[:3:2]
    assert told.status_code == 409
    assert theirs.startswith('Nurse <span class="origin">ben, <time')
    assert mine.startswith('Baker <span class="origin">olive, just now')
    assert _said(number, "occupation") == ["Nurse"]


def test_the_later_one_has_their_own_all_the_same(signed_in: Client, number):
    address = _address(number, "occupation")
    sent = {"do": "correct", "value": "Baker", "seen": _seen(signed_in, address)}
    _meanwhile(number, occupation="Nurse")
    again = _of_conflict(signed_in.post(address, sent).content.decode())
    assert signed_in.post(address, again).status_code == 302
    assert _said(number, "occupation") == ["Baker"]
    assert (
        Correction.objects.filter(ended_at__isnull=False).get().value == "Nurse"
    )  # it is kept, as what was said before


def test_a_delivery_that_came_meanwhile_is_named(signed_in: Client, number):
    address = _address(number, "occupation")
    sent = {"do": "correct", "value": "Baker", "seen": _seen(signed_in, address)}
    deliver("shop", [person("1", "Rosa", "Lindner", email="rosa@example.org", occupation="Nurse")])
    text = signed_in.post(address, sent, headers=HTMX).content.decode()
    assert 'Nurse <span class="origin">shop, ' in text


def test_of_several_values_mine_is_one_more_where_the_one_it_was_for_is_gone(signed_in: Client, number):
    address = _address(number, "email")
    form = next(form for form in _forms(signed_in.get(address).content.decode()) if form.get("mark"))
    _meanwhile(number, email=["theirs@example.org"])
    sent = form | {"do": "correct", "value": "mine@example.org"}
    again = _of_conflict(signed_in.post(address, sent).content.decode())
    signed_in.post(address, again)
    assert sorted(_said(number, "email")) == ["mine@example.org", "theirs@example.org"]


@pytest.mark.parametrize(
    ("what", "told"), [("wrong", "that it is wrong"), ("withdraw", "that the records speak again")]
)
def test_other_words_than_a_value_meet_too(signed_in: Client, number, what, told):
    _meanwhile(number, occupation="Cook")
    address = _address(number, "occupation")
    sent = {"do": what, "seen": _seen(signed_in, address)}
    _meanwhile(number, occupation="Nurse")
    answer = signed_in.post(address, sent, headers=HTMX)
    text = answer.content.decode()
    assert (answer.status_code, _said(number, "occupation")) == (409, ["Nurse"])
    assert f"<dd>{told} " in text
    assert signed_in.post(address, _of_conflict(text)).status_code == 302
    assert _said(number, "occupation") == ([] if what == "wrong" else ["Pilot"])


def test_a_choice_among_values_on_record_meets_too(signed_in: Client, number):
    deliver("crm", [person("7", "Rosa", "Lindner", email="rosa@example.org", occupation="Judge")])
    address, present = _address(number, "occupation"), _said(number, "occupation")[0]
    (other,) = {"Pilot", "Judge"} - {present}
    page = signed_in.get(address).content.decode()
    keep = _forms(page.split("Also on record")[1])[0] | {"do": "keep"}
    _meanwhile(number, occupation="Nurse")
    text = signed_in.post(address, keep, headers=HTMX).content.decode()
    assert f"<dd>{other} " in text
    signed_in.post(address, _of_conflict(text))
    assert _said(number, "occupation") == [other]


def test_who_comes_between_reading_and_writing_is_shown_as_well(signed_in: Client, number, monkeypatch):
    address = _address(number, "occupation")
    sent = {"do": "correct", "value": "Baker", "seen": _seen(signed_in, address)}
    write = fields.correct_one

    def meanwhile(*arguments, **named):
        _meanwhile(number, occupation="Nurse")
        return write(*arguments, **named)

    monkeypatch.setattr(fields, "correct_one", meanwhile)
    text = signed_in.post(address, sent, headers=HTMX).content.decode()
    assert 'Nurse <span class="origin">ben, ' in text
