"""Judging pairs, merging and splitting customers, and taking it back: what each comes to."""

from datetime import timedelta

import pytest

from customerfile.access.permissions import Permission
from customerfile.access.sight import WHOLE
from customerfile.audit.models import AuditEntry
from customerfile.customers.errors import (
    ContradictingJudgements,
    NothingToJudge,
    NothingToMerge,
    NothingToSplit,
    NothingToWithdraw,
    UnknownCustomer,
    UnknownRecord,
)
from customerfile.customers.judging.judging import judge_pair, withdraw_act
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.models import ContactPoint, Customer, Judgement, JudgingRules, Link, PairVerdict
from customerfile.customers.queries import customer_file, explain_link
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.intake.undoing import undo_delivery
from customerfile.sources.models import Delivery, Record
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db

ANNA = {"email": "anna@example.org", "born": "1980-05-17"}


def at(minutes):
    return MORNING + timedelta(minutes=minutes)


@pytest.fixture
def people():
    """Anna twice in one customer, her husband Ben, and Cleo, who once was called otherwise."""
    deliver(
        "crm",
        [
            person("A", "Anna", "Meier", **ANNA),
            person("B", "Ben", "Meier", born="1979-01-02"),
            person("C", "Cleo", "Ross", email="cleo@example.org"),
        ],
    )
    deliver("shop", [person("A2", "Anna", "Meier", **ANNA), person("C2", "Cleo", "Lang")], at=at(1))


def record(key):
    return Record.objects.get(key=key).pk


def number(key):
    return Customer.objects.get(pk=Link.objects.get(record__key=key, valid_to=None).customer_id).number


def judge(left, right, verdict, minutes=10, by="ann"):
    return judge_pair(record(left), record(right), verdict=Verdict(verdict), by=by, at=at(minutes))


def merge(*keys, minutes=10, by="ann"):
    return merge_customers([number(key) for key in keys], by=by, at=at(minutes))


def split(customer, *keys, minutes=20, by="ann"):
    return split_customer(number(customer), [record(key) for key in keys], by=by, at=at(minutes))


def test_what_a_person_says_beats_the_scores(people):
    assert number("A") == number("A2")

    done = judge("A", "A2", "not_a_match")
    assert (number("A") != number("A2"), len(done.customers), done.waits) == (True, 2, False)
    assert Link.objects.get(record__key="A2", valid_to=None).cause == "judged"

    judge("C", "C2", "match", 11)
    assert number("C") == number("C2")
    explained = explain_link(record("C2"))
    assert (explained.cause, explained.matched_with) == ("judged", "crm C")


def test_the_newest_word_of_a_person_replaces_the_one_before(people):
    judge("C", "C2", "match", 10)
    judge("C", "C2", "not_a_match", 11)

    assert number("C") != number("C2")
    assert Judgement.objects.filter(withdrawn_at=None).count() == 1
    assert [each.verdict for each in PairVerdict.objects.all()] == ["not_a_match"]


def test_whoever_is_unsure_changes_nothing(people):
    judge("A", "A2", "unsure")

    assert number("A") == number("A2")
    assert PairVerdict.objects.count() == 0


def test_a_judgement_holds_when_the_records_come_again_changed(people):
    judge("A", "A2", "not_a_match")
    deliver("shop", [person("A2", "Anna", "Meier", phone="+442079460018", **ANNA)], at=at(12))
    deliver("web", [person("A3", "Anna", "Meier", **ANNA)], at=at(13))

    assert number("A") != number("A2")
    assert number("A3") in {number("A"), number("A2")}


def test_a_withdrawn_act_leaves_what_was_before_it(people):
    first = judge("C", "C2", "match", 10)
    second = judge("C", "C2", "not_a_match", 11)

    withdraw_act(second.act, may=frozenset(Permission), by="ben", at=at(12))
    assert number("C") == number("C2")
    withdraw_act(first.act, may=frozenset(Permission), by="ben", at=at(13))
    assert number("C") != number("C2")

    with pytest.raises(NothingToWithdraw, match="withdrawn already, by ben"):
        withdraw_act(second.act, may=frozenset(Permission), by="ann", at=at(14))
    with pytest.raises(NothingToWithdraw, match="There is no judgement 99999"):
        withdraw_act(99999, may=frozenset(Permission), by="ann", at=at(14))


def test_a_merge_goes_to_the_oldest_number_and_every_number_still_leads_there(people):
    anna, ben, cleo = number("A"), number("B"), number("C")

    done = merge_customers([cleo, anna, ben], by="ann", at=at(10), note="one household book")

    assert done.customers == (anna,)
    assert {number(key) for key in ("A", "A2", "B", "C")} == {anna}
    assert customer_file(ben, sight=WHOLE).summary.number == anna
    assert customer_file(anna, sight=WHOLE).aliases == (ben, cleo)
    assert AuditEntry.objects.get(code="customers.customer.merged").detail["customers"] == [anna]


def test_a_merge_sets_aside_what_stood_against_it(people):
    merge("A", "B", minutes=10)
    split("A", "B", minutes=11)
    assert number("A") != number("B")

    merge("A", "B", minutes=12)
    assert number("A") == number("B")


def test_a_split_lasts_and_the_part_that_stays_keeps_the_number(people):
    anna = number("A")

    done = split("A", "A2")
    deliver("web", [person("A3", "Anna", "Meier", **ANNA)], at=at(30))

    assert done.customers == (anna, number("A2"))
    assert number("A2") != anna
    assert number("A3") in done.customers


def test_a_part_that_does_not_hold_by_itself_is_held(people):
    merge("A", "B", "C")

    done = split("A", "B", "C")

    assert number("B") == number("C") == done.customers[1]
    assert number("A") == number("A2") == done.customers[0]


@pytest.mark.parametrize(
    ("act", "error", "words"),
    [
        (lambda: merge("A", "A2"), NothingToMerge, "one customer already"),
        (lambda: merge_customers(["12", "13"], by="ann", at=at(9)), UnknownCustomer, "customer number"),
        (lambda: split("A", "B"), NothingToSplit, "The record crm/B is not one of customer"),
        (lambda: split("A", "A", "A2"), NothingToSplit, "all records"),
        (lambda: split("A"), NothingToSplit, "No record was chosen"),
        (lambda: judge("A", "A", "match"), NothingToJudge, "same record"),
        (
            lambda: judge_pair(record("A"), 999_999, verdict=Verdict.MATCH, by="ann", at=at(9)),
            UnknownRecord,
            "not in the file",
        ),
    ],
)
def test_what_cannot_be_done_is_told_and_leaves_nothing(people, act, error, words):
    with pytest.raises(error, match=words):
        act()
    assert Judgement.objects.count() == 0


def test_a_split_that_other_judgements_stand_against_says_which(people):
    """Cleo is said to be Dora and not Eve: then Dora and Eve cannot leave Ben as one."""
    deliver("web", [person("D", "Dora", "Ross", born="1971-02-03"), person("E", "Eve", "Diaz")], at=at(2))
    merge("B", "D", "E", minutes=3)
    judge("B", "C", "not_a_match", 4)
    judge("C", "D", "match", 5)
    judge("C", "E", "not_a_match", 6)
    before = number("D")

    with pytest.raises(ContradictingJudgements, match=r"stand against it: \d+, \d+") as refused:
        split("B", "D", "E")

    assert "withdraw" in refused.value.remedy
    assert number("D") == number("E") == before


def test_two_people_are_needed_where_the_file_says_so(people):
    JudgingRules.objects.update(people_needed=2)
    first = judge("C", "C2", "match", 10, by="ann")
    again = judge("C", "C2", "match", 11, by="ann")
    assert (first.waits, again.waits, number("C") == number("C2")) == (True, True, False)

    second = judge("C", "C2", "match", 12, by="ben")
    assert (second.waits, number("C") == number("C2")) == (False, True)

    judge("C", "C2", "not_a_match", 13, by="cy")
    assert number("C") != number("C2")


def test_two_people_merge_and_two_people_split(people):
    JudgingRules.objects.update(people_needed=2)
    anna, ben = number("A"), number("B")

    assert merge_customers([anna, ben], by="ann", at=at(10)).waits
    assert number("B") == ben
    assert not merge_customers([anna, ben], by="ben", at=at(11)).waits
    assert number("B") == anna

    assert split("A", "B", minutes=12, by="cy").waits
    assert number("B") == ben  # they are not agreed any more, and the scores alone do not join them


def test_what_is_known_of_contact_points_comes_along_and_comes_back(people):
    ContactPoint.objects.filter(value="cleo@example.org").update(status="confirmed", confirmed_at=at(5))
    ContactPoint.objects.filter(value="anna@example.org").update(status="bouncing")

    merge("A", "C", minutes=10)
    (together,) = ContactPoint.objects.filter(value="cleo@example.org")
    assert (together.status, together.confirmed_at) == ("confirmed", at(5))

    split("A", "C", minutes=20)
    assert {
        each.value: (each.status, each.confirmed_at) for each in ContactPoint.objects.filter(channel="email")
    } == {"cleo@example.org": ("confirmed", at(5)), "anna@example.org": ("bouncing", None)}


def test_judgements_go_with_the_records_of_a_delivery_that_is_undone(people, test_home):
    second = Delivery.objects.get(source__key="shop").pk
    judge("C", "C2", "match", 5)
    judge("A", "B", "not_a_match", 6)

    undone = undo_delivery(second, home=test_home, by="owner")

    assert (undone.removed, undone.judgements) == (2, 1)
    assert [each.verdict for each in Judgement.objects.all()] == ["not_a_match"]
    assert [each.verdict for each in PairVerdict.objects.all()] == ["not_a_match"]


def test_what_the_file_said_meanwhile_is_still_told(people):
    """Cleo's e-mail address stood with Anna between the merge and the split, and her number led to Anna."""
    anna, cleo = number("A"), number("C")
    merge("A", "C", minutes=10)
    split("A", "C", minutes=20)
    deliver("crm", [person("A", "Anna", "Meier", phone="+442079460018", **ANNA)], at=at(30))

    def emails(on):
        fields = {field.key: field for field in customer_file(anna, on=at(on), sight=WHOLE).fields}
        return {value.shown for value in fields["email"].values}

    assert emails(5) == emails(25) == emails(40) == {"anna@example.org"}
    assert emails(15) == {"anna@example.org", "cleo@example.org"}
    assert customer_file(cleo, on=at(5), sight=WHOLE).fields == customer_file(cleo, sight=WHOLE).fields
    with pytest.raises(UnknownCustomer, match="was not in the file on"):
        customer_file(cleo, on=at(15), sight=WHOLE)
