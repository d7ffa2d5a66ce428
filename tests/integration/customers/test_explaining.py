"""Explanations of pairs and customers, from what is stored."""

import pytest

from customerfile.access.sight import WHOLE
from customerfile.customers.errors import UnknownRecord
from customerfile.customers.judging.judging import judge_pair
from customerfile.customers.queries import customer_file
from customerfile.customers.record_names import records_named
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.review.explanation import explain_customer, explain_pair
from customerfile.matching.model import default_model
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db

MODEL = default_model()
PHONE, EMAIL, BORN = "+493023125777", "petra@example.org", "1991-01-09"


@pytest.fixture
def chain() -> None:
    """The shop's Petra and the book's are one through the CRM's alone; Paul shares the phone."""
    deliver("shop", [person("1", "Petra", "Lehmann", phone=PHONE, email=EMAIL)])
    deliver("book", [person("9", "Petra", "Witt", born=BORN, phone="+49221471010")])
    deliver("crm", [person("5", "Petra", "Witt", born=BORN, phone="+49221471010", email=EMAIL)])
    deliver("web", [person("7", "Paul", "Lehmann", phone=PHONE)])


def _sentence(one: str, other: str) -> str:
    left, right = records_named([one, other])
    return explain_pair(left, right, model=MODEL).sentence


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ("book/9", "crm/5", "One customer: they link by themselves."),
        ("web/7", "book/9", "Two customers: too little speaks for one"),
    ],
)
def test_what_came_of_a_pair(chain: None, one: str, other: str, sentence: str) -> None:
    assert _sentence(one, other).partition(" (")[0] == sentence
    assert _sentence(other, one) == _sentence(one, other)


def test_a_persons_word_comes_first(chain: None) -> None:
    left, right = records_named(["book/9", "crm/5"])
    judge_pair(left, right, verdict=Verdict.NOT_A_MATCH, by="ann", at=MORNING)
    assert _sentence("book/9", "crm/5") == "Two customers: a person said that they are not the same."
    judge_pair(left, right, verdict=Verdict.MATCH, by="ann", at=MORNING)
    assert _sentence("book/9", "crm/5") == "One customer: a person said that they are the same."


def test_records_that_others_join(chain: None) -> None:
    left, right = records_named(["shop/1", "crm/5"])
    judge_pair(left, right, verdict=Verdict.MATCH, by="ann", at=MORNING)
    assert _sentence("shop/1", "book/9") == "One customer, though not by themselves: crm/5 joins them."
    file = customer_file(_number("shop/1"), sight=WHOLE)
    weakest, strongest = explain_customer(file, model=MODEL)
    assert (weakest.one, weakest.other, weakest.alone) == ("book/9", "crm/5", True)
    assert weakest.reasons[0] == "same birth date"
    assert (strongest.weight, strongest.alone) == (None, True)


def test_a_record_that_is_not_there(chain: None) -> None:
    (one,) = records_named(["shop/1"])
    with pytest.raises(UnknownRecord):
        explain_pair(one, one, model=MODEL)


def _number(name: str) -> str:
    one, other = records_named([name, "web/7"])
    return explain_pair(one, other, model=MODEL).one.customer
