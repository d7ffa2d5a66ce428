"""The review queue: what gets in, in which order, what leaves it, and who is shown it."""

from datetime import timedelta

import pytest

from customerfile.access.permissions import Permission
from customerfile.customers.errors import RulesNotPossible
from customerfile.customers.judging.judging import judge_pair, withdraw_act
from customerfile.customers.judging.judging_rules import Rules, change_judging_rules, judging_rules
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.judging.sitting import in_one_sitting
from customerfile.customers.models import Customer, Link, ReviewItem, ScoredPair
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.review.review import agreement_report, claim_pairs, review_pairs
from customerfile.matching.model import default_model
from customerfile.sources.models import Record
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db

LINK, REVIEW = default_model().thresholds.link, default_model().thresholds.review


def at(minutes):
    return MORNING + timedelta(minutes=minutes)


@pytest.fixture
def people():
    """Five strangers."""
    names = [("A", "Anna"), ("B", "Ben"), ("C", "Cleo"), ("D", "Dora"), ("E", "Eve")]
    deliver("crm", [person(key, given, f"{given}sen") for key, given in names])


def record(key):
    return Record.objects.get(key=key).pk


def scored(left, right, weight, *, veto=0, minutes=1):
    """Let two records have scored so, and settle them anew."""
    pair = sorted((record(left), record(right)))
    ScoredPair.objects.create(
        left_id=pair[0],
        right_id=pair[1],
        weight=weight,
        veto=veto,
        levels=bytes([255] * len(default_model().comparisons)),
        model_hash=default_model().hash,
    )
    settle(*pair, minutes=minutes)


def settle(*records, minutes=1):
    in_one_sitting(lambda sitting: (sitting.take_up(records), sitting.settle()), at=at(minutes))


def queue(by="ann", minutes=60, **more):
    return [each.left.name[-1] + each.right.name[-1] for each in review_pairs(by=by, at=at(minutes), **more)]


def judge(left, right, verdict, *, by="ann", minutes=30):
    return judge_pair(record(left), record(right), verdict=Verdict(verdict), by=by, at=at(minutes))


def test_pairs_between_the_thresholds_and_vetoed_ones_wait_the_closest_first(people):
    scored("A", "B", REVIEW + 1)
    scored("C", "D", LINK - 1)
    scored("A", "E", LINK + 5, veto=5)
    scored("B", "E", LINK - 1, veto=5)  # below the threshold the veto makes no difference

    first, second, third = review_pairs(by="ann", at=at(60))
    assert queue() == ["CD", "AB", "AE"]
    assert [each.kind for each in (first, second, third)] == ["between", "between", "vetoed"]
    assert (first.weight, first.veto, third.veto) == (LINK - 1, "", default_model().vetoes[4].words)
    assert (first.left.display_name, first.left.customer) == ("Cleo Cleosen", _number("C"))


def test_more_records_behind_a_pair_bring_it_forward(people):
    scored("A", "B", LINK - 2)
    scored("C", "D", LINK - 2)
    merge_customers([_number("A"), _number("E")], by="ann", at=at(5))

    assert queue() == ["AB", "CD"]


def test_what_moved_lately_comes_first(people):
    scored("A", "B", LINK - 2, minutes=1)
    scored("C", "D", LINK - 2, minutes=60 * 24 * 40)

    assert queue(minutes=60 * 24 * 41) == ["CD", "AB"]


def test_a_judged_pair_leaves_and_comes_back_when_that_is_withdrawn(people):
    scored("A", "B", LINK - 1)
    done = judge("A", "B", "not_a_match")
    assert queue() == []

    withdraw_act(done.act, may=frozenset(Permission), by="ann", at=at(40))
    assert queue() == ["AB"]


def test_whoever_is_unsure_sees_it_again_at_the_end(people):
    scored("A", "B", LINK - 1)
    scored("C", "D", REVIEW)
    judge("A", "B", "unsure")
    settle(record("A"))

    assert queue() == ["CD", "AB"]


def test_what_stands_under_one_customer_needs_no_word(people):
    scored("A", "B", LINK - 1)
    merge_customers([_number("A"), _number("B")], by="ann", at=at(30))

    assert ReviewItem.objects.count() == 0


def test_after_a_split_nobody_is_asked_about_the_same_two_groups_again(people):
    merge_customers([_number(key) for key in "ABCD"], by="ann", at=at(10))
    scored("B", "D", LINK - 1, minutes=11)
    split_customer(_number("A"), [record("C"), record("D")], by="ann", at=at(20))

    assert queue() == []


def test_the_queue_pages(people):
    for number, pair in enumerate(["AB", "CD", "AC", "BD"]):
        scored(*pair, REVIEW + number)
    first = review_pairs(by="ann", at=at(60), limit=2)
    second = queue(after=first[-1].cursor, limit=2)

    assert [each.left.name[-1] + each.right.name[-1] for each in first] + second == queue()
    assert queue(after="nonsense") == queue()


def test_a_taken_pair_is_shown_to_nobody_else_until_it_is_given_back(people):
    scored("A", "B", LINK - 1)
    scored("C", "D", REVIEW)

    (mine,) = claim_pairs(by="ann", at=at(20))
    (yours,) = claim_pairs(by="ben", at=at(21))
    assert (mine.left.name, yours.left.name) == ("crm/A", "crm/C")
    assert mine.claimed_until == at(35)
    assert (queue(by="ann", minutes=22), queue(by="ben", minutes=22), queue(by="cy", minutes=22)) == (
        ["AB"],
        ["CD"],
        [],
    )
    assert queue(by="cy", minutes=36) == ["AB", "CD"]


def test_with_two_people_a_pair_waits_for_the_second(people):
    change_judging_rules(people_needed=2, by="owner", at=at(1))
    scored("A", "B", LINK - 1, minutes=2)
    claim_pairs(by="ann", at=at(20))
    judge("A", "B", "match")

    assert (queue(by="ann", minutes=31), queue(by="ben", minutes=31)) == ([], ["AB"])
    judge("A", "B", "match", by="ben")
    assert _number("A") == _number("B")


def test_changing_how_many_people_are_needed_holds_for_what_was_said(people):
    judge("A", "B", "match")
    change_judging_rules(people_needed=2, by="owner", at=at(40))
    assert _number("A") != _number("B")

    change_judging_rules(people_needed=1, by="owner", at=at(50))
    assert _number("A") == _number("B")
    assert judging_rules() == Rules(1, 50)
    with pytest.raises(RulesNotPossible):
        change_judging_rules(people_needed=3, by="owner", at=at(60))
    with pytest.raises(RulesNotPossible):
        change_judging_rules(most_records=3, by="owner", at=at(60))


def test_a_very_large_customer_is_shown_by_its_weakest_pair(db):
    same = {"email": "anna@example.org", "born": "1980-05-17"}
    deliver("crm", [person(f"k{number}", "Anna", "Meier", **same) for number in range(12)])
    assert ReviewItem.objects.count() == 0

    change_judging_rules(most_records=11, by="owner", at=at(5))
    (shown,) = review_pairs(by="ann", at=at(10))
    assert (shown.kind, shown.left.customer, shown.left.record_count) == ("size", shown.right.customer, 12)

    change_judging_rules(most_records=12, by="owner", at=at(15))
    assert review_pairs(by="ann", at=at(20)) == ()


def test_agreement_counts_the_last_word_of_each(people):
    judge("A", "B", "match", by="ann", minutes=1)
    judge("A", "B", "not_a_match", by="ann", minutes=2)
    judge("A", "B", "not_a_match", by="ben", minutes=3)
    judge("C", "D", "match", by="ann", minutes=4)
    judge("C", "D", "not_a_match", by="ben", minutes=5)

    report = agreement_report()
    assert (report.overall.pair_count, report.overall.agreed_rate) == (2, 0.5)
    assert [each.people for each in report.couples] == [("ann", "ben")]


def _number(key):
    return Customer.objects.get(pk=Link.objects.get(record__key=key, valid_to=None).customer_id).number
