"""Customers entered by hand: what is foreseen is what comes, a person's word stands, and nothing is saved twice."""

from uuid import uuid4

import pytest

from customerfile.access.sight import WHOLE, Sight
from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now
from customerfile.customers.errors import UnknownCustomer
from customerfile.customers.judging.judging_rules import change_judging_rules
from customerfile.customers.models import Customer, Judgement
from customerfile.customers.queries import customer_file
from customerfile.embedded import home
from customerfile.intake.by_hand import EnteredRecord
from customerfile.intake.entering.alike import Fate, foresee
from customerfile.intake.entering.saving import Decision, Form, Word, save_entered
from customerfile.intake.errors import AlikeUndecided, EnteredBefore, NotOfCustomer
from customerfile.sources.models import Delivery, Record
from tests.factories.customer_files import deliver, person

ROSA = {"kind": "person", "given_name": "Rosa", "family_name": "Lindner"}
WHOLLY = ROSA | {"email": "rosa@example.org", "birth_date": "1980-02-29"}
IN_DOUBT = ROSA | {"family_name": "Witt", "phone": "+49 30 23125777"}


@pytest.fixture
def rosa(db) -> str:
    """Her number."""
    told = {"born": "1980-02-29", "email": "rosa@example.org", "phone": "+493023125777"}
    deliver("shop", [person("1", "Rosa", "Lindner", **told)])
    return Customer.objects.get().number


def _foresee(fields, *, sight=WHOLE):
    return foresee(EnteredRecord(fields), sight=sight, home=home(), by="olive")


def _save(fields, decision=None, *, key="", sight=WHOLE):
    form = Form(key or str(uuid4()), EnteredRecord(fields))
    return save_entered(form, decision or Decision(), sight=sight, home=home(), by="olive")


def test_who_is_like_nobody_is_saved_at_once(rosa):
    saved = _save(ROSA | {"given_name": "Nils", "family_name": "Aaberg"})
    assert (saved.joined, saved.waits, Customer.objects.count()) == (False, False, 2)
    assert Delivery.objects.get(file_name="by hand").created == 1
    assert AuditEntry.objects.get(code="intake.customer.added").detail["customers"] == [saved.customer]


def test_what_is_foreseen_leaves_nothing_behind(rosa):
    before = Record.objects.count(), Delivery.objects.count(), AuditEntry.objects.count()
    found = _foresee(WHOLLY)
    (alike,) = found.alike
    assert (alike.file.summary.number, alike.fate, found.hidden) == (rosa, Fate.JOINS, False)
    assert "same birth date" in " ".join(alike.for_it)
    assert (Record.objects.count(), Delivery.objects.count(), AuditEntry.objects.count()) == before


def test_sealed_values_leave_no_key_behind_when_they_are_compared(rosa):
    keys = sorted(path for path in home().keys.rglob("*"))
    assert _foresee(WHOLLY | {"iban": "DE89 3704 0044 0532 0130 00"}).alike
    assert sorted(path for path in home().keys.rglob("*")) == keys


def test_nothing_is_saved_past_a_customer_alike_before_a_word_is_said(rosa):
    with pytest.raises(AlikeUndecided):
        _save(WHOLLY)
    with pytest.raises(AlikeUndecided):
        _save(WHOLLY, Decision(Word.OTHER, mark="of somebody else"))
    assert Record.objects.count() == 1


def test_who_joins_joins(rosa):
    found = _foresee(WHOLLY)
    saved = _save(WHOLLY, Decision(Word.SAME, rosa, found.mark))
    assert (saved.customer, saved.joined, Customer.objects.count()) == (rosa, True, 1)
    assert Judgement.objects.count() == 0


def test_who_joins_by_itself_is_kept_apart_by_a_word(rosa):
    found = _foresee(WHOLLY)
    saved = _save(WHOLLY, Decision(Word.OTHER, mark=found.mark))
    assert (saved.customer != rosa, saved.joined, saved.waits) == (True, False, False)
    assert [each.verdict for each in Judgement.objects.all()] == ["not_a_match"]
    assert len(customer_file(rosa, sight=WHOLE).records) == 1


def test_who_would_be_reviewed_joins_by_a_word(rosa):
    found = _foresee(IN_DOUBT)
    assert [each.fate for each in found.alike] == [Fate.REVIEW]
    saved = _save(IN_DOUBT, Decision(Word.SAME, rosa, found.mark))
    assert (saved.customer, saved.joined) == (rosa, True)
    assert [each.verdict for each in Judgement.objects.all()] == ["match"]


def test_where_two_people_decide_a_word_waits(rosa):
    change_judging_rules(people_needed=2, by="olive", at=now())
    found = _foresee(IN_DOUBT)
    saved = _save(IN_DOUBT, Decision(Word.SAME, rosa, found.mark))
    assert (saved.customer != rosa, saved.waits) == (True, True)


def test_a_form_that_is_sent_twice_is_saved_once(rosa):
    key, nils = str(uuid4()), ROSA | {"given_name": "Nils", "family_name": "Aaberg"}
    saved = _save(nils, key=key)
    with pytest.raises(EnteredBefore) as again:
        _save(nils, key=key)
    assert (again.value.customer, again.value.is_same) == (saved.customer, True)
    with pytest.raises(EnteredBefore) as other:
        _save(nils | {"given_name": "Nora"}, key=key)
    assert other.value.is_same is False
    assert (Record.objects.count(), Delivery.objects.count()) == (2, 2)


def test_a_name_alone_is_no_likeness_but_a_namesake_is_told_and_can_be_added_to(rosa):
    found = _foresee(ROSA)
    assert (found.alike, [each.number for each in found.namesakes], found.mark) == ((), [rosa], "")
    assert _save(ROSA, Decision(Word.SAME, rosa)).customer == rosa
    assert _save(ROSA | {"family_name": "Lindner-Braun"}).customer != rosa


def test_what_is_one_customer_already_is_not_added_to_another(rosa):
    deliver("crm", [person("7", "Roswitha", "Lindner", email="rosa@example.org")])
    other = Customer.objects.exclude(number=rosa).get().number
    found = _foresee(WHOLLY)
    assert {each.file.summary.number for each in found.alike} == {rosa, other}
    with pytest.raises(NotOfCustomer, match="is taken for customer"):
        _save(WHOLLY, Decision(Word.SAME, other, found.mark))


def test_of_customers_that_are_not_seen_it_is_only_said_that_there_are_some(rosa):
    elsewhere = Sight(branches=frozenset({"Leeds"}))
    found = _foresee(WHOLLY, sight=elsewhere)
    assert (found.alike, found.hidden) == ((), True)
    with pytest.raises(UnknownCustomer):
        _save(WHOLLY, Decision(Word.SAME, rosa, found.mark), sight=elsewhere)
