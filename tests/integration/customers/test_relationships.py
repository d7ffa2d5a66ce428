"""Relationships that people state, from both sides, and what becomes of them on merge and split."""

from datetime import date, timedelta

import pytest

from customerfile.access.permissions import Permission
from customerfile.access.sight import WHOLE
from customerfile.customers.errors import RelationshipNotPossible, UnknownRelationship
from customerfile.customers.judging.judging import withdraw_act
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.models import Customer, Link, Relationship
from customerfile.customers.relationships.kinds import Kind, State
from customerfile.customers.relationships.relating import decide_relationship, relate_customers
from customerfile.customers.relationships.relationships import relationships, relationships_of
from customerfile.sources.models import Record
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people():
    """Four strangers."""
    deliver("crm", [person(key, f"{key}nna", f"{key}sen") for key in "ABCD"])


def at(minutes):
    return MORNING + timedelta(minutes=minutes)


def customer(key):
    return Customer.objects.get(pk=Link.objects.get(record__key=key, valid_to=None).customer_id)


def relate(one, kind, other, *, minutes=1, **more):
    numbers = customer(one).number, customer(other).number
    return relate_customers(numbers[0], Kind(kind), numbers[1], by="ann", at=at(minutes), **more)


def seen(key, **more):
    return [
        (each.words, each.display_name) for each in relationships_of(customer(key).pk, **more, sight=WHOLE)
    ]


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        ("household", "Same household as", "Same household as"),
        ("spouse", "Spouse of", "Spouse of"),
        ("parent", "Parent of", "Child of"),
        ("employer", "Employer of", "Employed by"),
        ("contact", "Contact person of", "Has as contact person"),
        ("guarantor", "Guarantor of", "Guaranteed by"),
        ("referrer", "Referred", "Referred by"),
    ],
)
def test_it_reads_from_both_sides(kind, here, there):
    relate("B", kind, "A")

    assert (seen("B"), seen("A")) == ([(here, "Anna Asen")], [(there, "Bnna Bsen")])


def test_the_same_said_again_changes_its_dates():
    first = relate("A", "employer", "B", since=date(2020, 1, 1))
    again = relate("A", "employer", "B", since=date(2021, 1, 1), until=date(2024, 1, 1), minutes=2)

    (told,) = relationships_of(customer("A").pk, sight=WHOLE)
    assert (first, told.valid_from, told.valid_to) == (again, date(2021, 1, 1), date(2024, 1, 1))


def test_parents_may_be_both_ways_but_spouses_only_once():
    relate("A", "parent", "B")
    relate("B", "parent", "A")
    relate("A", "spouse", "B")
    relate("B", "spouse", "A")

    assert sorted(seen("A")) == [
        ("Child of", "Bnna Bsen"),
        ("Parent of", "Bnna Bsen"),
        ("Spouse of", "Bnna Bsen"),
    ]


def test_it_follows_a_merge_and_comes_back_on_a_split():
    relate("A", "parent", "B")
    before = seen("A"), seen("B")
    act = merge_customers([customer("A").number, customer("C").number], by="ann", at=at(2)).act
    assert seen("B") == [("Child of", "Anna Asen")]

    withdraw_act(act, may=frozenset(Permission), by="ann", at=at(3))
    merge_customers([customer("A").number, customer("B").number], by="ann", at=at(4))
    assert seen("A") == []  # nobody is their own parent

    split_customer(customer("A").number, [Record.objects.get(key="B").pk], by="ann", at=at(5))
    assert (seen("A"), seen("B")) == before


def test_after_a_merge_the_same_is_told_once_and_the_last_word_holds():
    relate("A", "spouse", "C")
    second = relate("B", "spouse", "C", minutes=2)
    merge_customers([customer("A").number, customer("B").number], by="ann", at=at(3))
    assert seen("C") == [("Spouse of", "Anna Asen")]

    decide_relationship(second, State.DISMISSED, by="ann", at=at(4))
    assert (seen("C"), len(seen("C", dismissed=True))) == ([], 1)


def test_a_proposal_is_not_listed_where_a_person_has_spoken():
    a, b, c = (Record.objects.get(key=key).pk for key in "ABC")
    said = {"kind": "household", "basis": "address_name", "proposed_by": "ann", "proposed_at": MORNING}
    Relationship.objects.create(left_id=a, right_id=c, state="proposed", **said)
    Relationship.objects.create(
        left_id=b, right_id=c, state="dismissed", decided_by="ann", decided_at=MORNING, **said
    )
    assert [told.one.display_name for told in relationships()] == ["Anna Asen"]

    merge_customers([customer("A").number, customer("B").number], by="ann", at=at(3))
    assert relationships() == ()


def test_the_list_goes_on_behind_an_id():
    ids = [relate("A", "parent", other) for other in "BCD"]
    first = relationships(state=State.CONFIRMED, limit=2)

    assert [told.id for told in first] == ids[:2]
    assert [told.id for told in relationships(state=State.CONFIRMED, after=ids[1])] == ids[2:]


def test_what_cannot_be_is_refused():
    with pytest.raises(RelationshipNotPossible, match="one and the same"):
        relate("A", "spouse", "A")
    with pytest.raises(RelationshipNotPossible, match="cannot end"):
        relate("A", "spouse", "B", since=date(2024, 1, 1), until=date(2023, 1, 1))
    with pytest.raises(UnknownRelationship):
        decide_relationship(99, State.CONFIRMED, by="ann", at=at(1))
    assert Relationship.objects.count() == 0
