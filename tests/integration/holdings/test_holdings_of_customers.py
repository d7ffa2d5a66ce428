"""What a customer holds: roles, others, what belongs to it, sums; through sight; merging and splitting lose nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customerfile.access.sight import HOLDINGS, WHOLE, Sight
from customerfile.base.clock import now
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.models import Customer, Link
from customerfile.customers.queries import customer_file
from customerfile.holdings.models import Agreement, AgreementRole
from customerfile.holdings.queries import customers_in, holdings_of

TODAY = date(2023, 6, 1)


def number(key):
    return Customer.objects.get(pk=Link.objects.get(record__key=key, valid_to=None).customer_id).number


def records(key):
    return [record.record_id for record in customer_file(number(key), sight=WHOLE).records]


def held(key, *, sight=WHOLE):
    return holdings_of(records(key), sight=sight, today=TODAY)


def told(key, *, sight=WHOLE):
    """By kind and key: my roles, and the others'."""
    return {
        (each.kind, each.key): (
            [role.role for role in each.roles],
            [(fellow.display_name, fellow.role) for fellow in each.fellows],
        )
        for each in held(key, sight=sight).holdings
    }


def totals(key):
    return [(each.currency, each.value, each.exposure, each.guaranteed) for each in held(key).totals]


@pytest.fixture
def delivered(deliver):
    for name in ("clients", "accounts", "holders", "loans", "cards", "balances"):
        deliver(name)
    return deliver


def test_an_owner_holds_the_account_and_what_belongs_to_it(delivered):
    assert told("1") == {
        ("current_account", "10"): (["owner"], [("Emil Lindner", "signatory")]),
        ("loan", "1"): (["owner"], []),
        ("payment_card", "1"): (["owner"], []),
    }
    assert [each.under for each in held("1").holdings] == [
        None, ("current_account", "10"), ("current_account", "10"),
    ]  # fmt: skip


def test_a_signatory_holds_the_account_and_the_card_but_not_the_loan(delivered):
    assert told("2") == {
        ("current_account", "10"): (["signatory"], [("Rosa Lindner", "owner")]),
        ("payment_card", "1"): (["signatory"], []),
    }
    assert totals("2") == []


def test_sums_are_of_what_runs(delivered):
    """Rosa's account is overdrawn by 20.25 and her loan of 9,000 runs; Ada's loan is paid off."""
    assert totals("1") == [("CZK", 0, Decimal("9020.25"), 0)]
    assert totals("3") == [("CZK", 7, 0, 0)]


def test_a_guarantor_sees_what_is_guaranteed(delivered, bring, tmp_path):
    mapping = tmp_path / "guarantors.yaml"
    mapping.write_text(
        "as: agreements\nkey: [client]\nconstants: {agreement.kind: loan, holder.role: guarantor}\ncolumns:\n"
        "- {column: client, to: customer.key}\n- {column: loan, to: agreement.key}\n"
    )
    bring("client,loan\n3,1\n", source="bank", name="guarantors.csv", mapping=mapping)

    assert told("3")["loan", "1"] == (["guarantor"], [])
    assert totals("3") == [("CZK", 7, 0, 9000)]
    assert told("1")["loan", "1"] == (["owner"], [("Ada Novak", "guarantor")])


def test_who_has_not_arrived_is_named_by_key_and_an_agreement_that_has_not_by_its_key(deliver):
    deliver("clients", "client_id,first name,last name\n1,Rosa,Lindner\n")
    deliver("holders")

    (only,) = held("1").holdings
    assert (only.arrived, only.key, only.fellows[0].display_name) == (False, "10", "2")
    assert customers_in(held("1")) == set()


def test_holdings_are_a_matter_of_sight(delivered):
    names = frozenset({"given_name", "family_name"})

    assert told("1", sight=Sight(names)) == {}
    assert told("1", sight=Sight(frozenset({HOLDINGS})))["current_account", "10"][1] == [
        (f"Customer {number('2')}", "signatory")
    ]
    assert told("1", sight=Sight(branches=frozenset({"North"})))["current_account", "10"][1] == []


def test_reading_costs_the_same_whatever_is_held(delivered, django_assert_num_queries):
    found = records("1")

    with django_assert_num_queries(4):  # three of its own, and which definition runs
        holdings_of(found, sight=WHOLE, today=TODAY)


def _rows():
    agreements = list(Agreement.objects.order_by("id").values())
    return agreements, list(AgreementRole.objects.order_by("id").values())


def test_merging_joins_what_is_held_and_splitting_gives_back_exactly_what_was(delivered):
    rows, before = _rows(), {key: held(key) for key in "123"}

    merged = merge_customers([number("1"), number("2")], by="tester", at=now())
    assert [role.role for role in held("1").holdings[0].roles] == ["owner", "signatory"]
    assert held("1").holdings[0].fellows == ()
    assert held("1").totals == before["1"].totals
    assert _rows() == rows

    (leaving,) = [each for each in records("1") if each not in _first(before)]
    split_customer(merged.customers[0], [leaving], by="tester", at=now())

    assert _rows() == rows
    assert {key: _without_numbers(held(key)) for key in "123"} == {
        key: _without_numbers(each) for key, each in before.items()
    }


def _first(before):
    return AgreementRole.objects.filter(holder_key="1").values_list("record_id", flat=True)


def _without_numbers(found):
    """A customer that was split off has a number of its own."""
    return [
        (each.kind, each.key, each.roles, [(fellow.display_name, fellow.role) for fellow in each.fellows])
        for each in found.holdings
    ], found.totals


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from("123")), max_size=4))
def test_no_run_of_merges_rewrites_a_row(delivered, pairs):
    rows = _rows()

    for one, other in pairs:
        if number(one) != number(other):
            merge_customers([number(one), number(other)], by="tester", at=now())

    assert _rows() == rows
    assert len({each for key in "123" for each in told(key)}) == 5
