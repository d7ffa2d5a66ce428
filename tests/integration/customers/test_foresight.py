"""What a merge or split would come to, told before: as it then happens; and nothing stays of the rehearsal."""

from datetime import timedelta

import pytest
from django.db import connection

from customerfile.access.permissions import Permission
from customerfile.access.sight import WHOLE
from customerfile.customers.errors import ChangedMeanwhile, NothingToMerge, NothingToSplit, UnknownCustomer
from customerfile.customers.judging.foresight import foresee_merge, foresee_split
from customerfile.customers.judging.judging import judge_pair, withdraw_act
from customerfile.customers.judging.judging_rules import change_judging_rules
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.judging.unchanged import if_unchanged
from customerfile.customers.models import Customer, Link
from customerfile.customers.queries import customer_file
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.review.evidence import evidence_between
from customerfile.sources.models import Record
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db

ANNA = {"email": "anna@example.org", "born": "1980-05-17"}
TABLES = ("customer", "link", "judgement_act", "judgement", "pair_verdict", "golden_history", "audit_entry")


def at(minutes):
    return MORNING + timedelta(minutes=minutes)


@pytest.fixture
def people():
    """Anna twice in one customer, her husband Ben, and Cleo, who shares a telephone with Anna."""
    deliver(
        "crm",
        [
            person("A", "Anna", "Meier", phone="+493023125777", **ANNA),
            person("B", "Ben", "Meier", phone="+493023125777", email="anna@example.org"),
            person("C", "Cleo", "Ross", phone="+493023125777"),
        ],
    )
    deliver("shop", [person("A2", "Anna", "Meier", **ANNA)], at=at(1))


def record(key):
    return Record.objects.get(key=key).pk


def number(key):
    return Customer.objects.get(pk=Link.objects.get(record__key=key, valid_to=None).customer_id).number


def judge(left, right, verdict, minutes, by="ann"):
    return judge_pair(record(left), record(right), verdict=Verdict(verdict), by=by, at=at(minutes))


def everything():
    with connection.cursor() as cursor:
        names = [name for name in TABLES if name in connection.introspection.table_names(cursor)]
        return {name: _rows(cursor, name) for name in names}


def _rows(cursor, table):
    cursor.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
    return cursor.fetchall()


def told(acts):
    return [[(each.left, each.right, each.verdict) for each in act.words] for act in acts]


def test_a_merge_is_foreseen_as_it_then_happens_and_leaves_nothing(people):
    numbers = [number("C"), number("A")]
    before = everything()

    seen = foresee_merge(numbers, by="ann", at=at(10))

    assert everything() == before
    assert [file.summary.number for file in seen.before] == numbers
    assert (seen.waits, seen.set_aside, seen.opposed_by) == (False, (), ())
    done = merge_customers(numbers, by="ann", at=at(10))
    assert seen.after == (customer_file(done.customers[0], sight=WHOLE),)


def test_a_split_is_foreseen_as_it_then_happens_and_leaves_nothing(people):
    merged = merge_customers([number("A"), number("C")], by="ann", at=at(5))
    before = everything()

    seen = foresee_split(merged.customers[0], [record("C")], by="ann", at=at(10))

    assert everything() == before
    assert told(seen.set_aside) == [[("crm/A", "crm/C", "match")]]
    split_customer(merged.customers[0], [record("C")], by="ann", at=at(10))
    assert seen.after == (customer_file(number("A"), sight=WHOLE), customer_file(number("C"), sight=WHOLE))
    assert seen.after[1].summary.number in seen.before[0].aliases  # it takes up its own number again


def test_what_was_said_to_the_contrary_is_named_before_it_is_overruled(people):
    judge("A", "C", "not_a_match", 5)
    judge("B", "C", "not_a_match", 6)  # of others

    seen = foresee_merge([number("A"), number("C")], by="ben", at=at(10))

    assert told(seen.set_aside) == [[("crm/A", "crm/C", "not_a_match")]]
    assert (seen.set_aside[0].by, len(seen.after)) == ("ann", 1)


def test_judgements_on_others_that_stand_against_it_are_named(people):
    deliver("web", [person("D", "Dora", "Ross", born="1971-02-03"), person("E", "Eve", "Diaz")], at=at(2))
    merge_customers([number("B"), number("D"), number("E")], by="ann", at=at(3))
    judge("B", "C", "not_a_match", 4)
    judge("C", "D", "match", 5)
    judge("C", "E", "not_a_match", 6)

    seen = foresee_split(number("B"), [record("D"), record("E")], by="ann", at=at(10))

    assert seen.after == ()
    assert told(seen.opposed_by) == [
        [("crm/C", "web/E", "not_a_match")],
        [("crm/C", "web/D", "match")],
        [("crm/B", "crm/C", "not_a_match")],
    ]


def test_where_two_people_decide_it_shows_what_the_second_one_brings_about(people):
    change_judging_rules(people_needed=2, by="tests", at=at(2))
    numbers = [number("A"), number("C")]

    seen = foresee_merge(numbers, by="ann", at=at(10))
    assert (seen.waits, [file.summary.number for file in seen.after]) == (True, [number("A")])

    merge_customers(numbers, by="ann", at=at(11))
    second = foresee_merge(numbers, by="ben", at=at(12))
    assert (second.waits, len(second.after)) == (False, 1)


def test_nobody_overrules_a_colleague_alone(people):
    change_judging_rules(people_needed=2, by="tests", at=at(2))
    judge("A", "C", "not_a_match", 5, by="cy")

    seen = foresee_merge([number("A"), number("C")], by="ann", at=at(10))

    assert (seen.waits, seen.after, seen.set_aside) == (True, (), ())
    assert told(seen.opposed_by) == [[("crm/A", "crm/C", "not_a_match")]]


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda: foresee_merge([number("A"), number("A2")], by="ann", at=at(9)), NothingToMerge),
        (lambda: foresee_merge([number("A"), "12"], by="ann", at=at(9)), UnknownCustomer),
        (lambda: foresee_split(number("A"), [record("A"), record("A2")], by="ann", at=at(9)), NothingToSplit),
        (lambda: foresee_split(number("A"), [record("C")], by="ann", at=at(9)), NothingToSplit),
    ],
)
def test_what_cannot_be_done_is_told(people, act, error):
    before = everything()
    with pytest.raises(error):
        act()
    assert everything() == before


def merge_as_seen(seen, by="ann", minutes=20):
    numbers = [file.summary.number for file in seen.before]
    return if_unchanged(
        lambda: merge_customers(numbers, by=by, at=at(minutes)),
        numbers=numbers,
        marked=seen.mark,
        at=at(minutes),
    )


def test_what_did_not_change_is_done(people):
    seen = foresee_merge([number("A"), number("C")], by="ann", at=at(10))

    assert merge_as_seen(seen).customers == (number("A"),)


@pytest.mark.parametrize(
    ("meanwhile", "words"),
    [
        (lambda: merge_customers([number("C"), number("B")], by="ben", at=at(15)), "ben merged customers"),
        (lambda: split_customer(number("A"), [record("A2")], by="ben", at=at(15)), "ben split a customer"),
        (lambda: judge("A", "C", "not_a_match", 15, by="ben"), "ben judged a pair of its records"),
        (lambda: deliver("shop", [person("A2", "Anna", "Maier", **ANNA)], at=at(15)), "a delivery brought"),
    ],
)
def test_what_changed_meanwhile_is_refused_and_told(people, meanwhile, words):
    seen = foresee_merge([number("A"), number("C")], by="ann", at=at(10))
    meanwhile()
    before = everything()

    with pytest.raises(ChangedMeanwhile, match=words):
        merge_as_seen(seen)
    assert everything() == before


def test_a_merge_that_was_taken_back_meanwhile_is_told(people):
    merged = merge_customers([number("A"), number("B")], by="ann", at=at(5))
    seen = foresee_merge([number("A"), number("C")], by="ann", at=at(10))
    withdraw_act(merged.act, may=frozenset(Permission), by="ben", at=at(15))

    with pytest.raises(ChangedMeanwhile, match="ben took a merge back"):
        merge_as_seen(seen)


def test_a_mark_that_means_nothing_is_refused(people):
    numbers = [number("A"), number("C")]

    for marked in ("", "yesterday 12", "2026-05-04T09:00:00+00:00"):
        with pytest.raises(ChangedMeanwhile):
            if_unchanged(lambda: pytest.fail("done"), numbers=numbers, marked=marked, at=at(10))


def test_the_strongest_pair_and_the_vetoes_between_two_customers(people):
    def between(one, other):
        ids = [customer_file(number(key), sight=WHOLE).summary.id for key in (one, other)]
        return evidence_between(ids[0], ids[1], model=current_model())

    spouses = between("B", "A")
    assert (str(spouses.strongest.one), spouses.pairs > 0, len(spouses.vetoes) > 0) == ("crm/A", True, True)
    assert between("B", "C") is None
