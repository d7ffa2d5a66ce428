"""Transactions of a Czech bank as events: its own words for them wait in quarantine until rules say what they are."""

import duckdb
import pytest
from django.db.models import Count, Sum

from customerfile.base.clock import now
from customerfile.definition.operations import apply_definition
from customerfile.definition.queries import current_definition
from customerfile.intake.plan_checking import CheckRequest, check_log
from customerfile.intake.quarantine import release_events, take_back_rule
from customerfile.timeline.models import Event, QuarantinedEvent
from customerfile.timeline.quarantine import MendingKind, MendingRule
from customerfile.timeline.quarantine_queries import quarantine_groups

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]

MAPPING = """as: events
key: account_id
date_order: ymd
currency: CZK
columns:
- {column: trans_id, to: event.key}
- {column: operation, to: event.name}
- {column: date, to: event.at}
- {column: amount, to: [event.amount, event.property.amount]}
- {column: balance, to: event.property.balance}
"""
MEANT = {
    "VKLAD": "Cash Deposited",
    "VYBER": "Cash Withdrawn",
    "VYBER KARTOU": "Cash Withdrawn",
    "PREVOD Z UCTU": "Payment Booked",
    "PREVOD NA UCET": "Payment Booked",
}


@pytest.fixture
def log(shared_data, tmp_path, test_home):
    """The file of transactions, a mapping of it, and what DuckDB says of it, by the bank's own words."""
    apply_definition("packs: [bank]\n", file="own.yaml", by="tester", at=now())
    test_home.spool.mkdir(parents=True, exist_ok=True)
    path = shared_data / "bank" / "trans_partial.asc.zst"
    mapping = tmp_path / "transactions.yaml"
    mapping.write_text(MAPPING)
    found = duckdb.sql(
        f"""SELECT coalesce(operation, ''), count(*), sum(amount::DECIMAL(18, 2))
            FROM read_csv('{path}', delim = ';', all_varchar = true) GROUP BY 1"""
    ).fetchall()
    return path, mapping, {operation: (count, total) for operation, count, total in found}


def test_the_plan_is_held_against_the_log_without_taking_it_in(log, test_home):
    path, mapping, sums = log
    found = check_log(CheckRequest(path, mapping), definition=current_definition(), spool=test_home.spool)

    assert (found.rows, found.fits, found.unreadable) == (49_102, 0, sums[""][0])
    assert {each.name: each.count for each in found.names} == {
        name: count for name, (count, _) in sums.items() if name
    }
    assert {(each.field, each.count) for each in found.misfits} == {
        ("name", count) for name, (count, _) in sums.items() if name
    }


@pytest.mark.slow
def test_rules_release_every_transaction_and_the_sums_are_those_of_the_file(bring, log, tmp_path, test_home):
    path, mapping, sums = log
    accounts = tmp_path / "accounts.csv"
    duckdb.sql(
        f"""COPY (SELECT DISTINCT account_id AS id, 'Account ' || account_id AS company
                  FROM read_csv('{path}', delim = ';', all_varchar = true)) TO '{accounts}' (HEADER)"""
    )
    bring(accounts, source="bank")
    named = sum(count for name, (count, _) in sums.items() if name)

    done = bring(path, source="bank", mapping=mapping)
    assert (done.counts.rows, done.counts.quarantined, done.counts.rejected) == (49_102, named, 49_102)

    rules = {}
    while groups := quarantine_groups():
        name = groups[0].name
        rule = MendingRule(0, MendingKind.CALL_EVENT, name, new_name=MEANT[name])
        rules[name] = release_events(groups[0], rule, home=test_home, by="tester")
        assert (rules[name].released, rules[name].stays) == (sums[name][0], 0)
    assert _by_name() == _meant(sums)

    again = bring(path, source="bank", mapping=mapping)
    assert (again.counts.unchanged, again.counts.created, again.counts.quarantined) == (named, 0, 0)

    taken_back = take_back_rule(rules["VYBER KARTOU"].rule.id, home=test_home, by="tester")
    assert taken_back == sums["VYBER KARTOU"][0] == QuarantinedEvent.objects.filter(state="waiting").count()
    assert _by_name() == _meant({name: found for name, found in sums.items() if name != "VYBER KARTOU"})


def _by_name():
    found = Event.objects.values_list("name").annotate(count=Count("key"), total=Sum("amount"))
    return {name: (count, total) for name, count, total in found}


def _meant(sums):
    return {
        meant: tuple(sum(sums[name][part] for name in sums if MEANT.get(name) == meant) for part in range(2))
        for meant in set(MEANT.values())
    }
