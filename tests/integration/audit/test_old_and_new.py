"""What was changed, old and new: in the ledger, and for customers in the history of their golden record."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from customerfile.access.permissions import Permission as P
from customerfile.access.second_factor import require_second_factor
from customerfile.access.sight import WHOLE, Sight
from customerfile.access.tokens import issue_token, revoke_token
from customerfile.access.users import (
    add_user,
    define_role,
    limit_to_branches,
    reset_role,
    set_active,
    set_role,
)
from customerfile.audit.activity import Asked, activity
from customerfile.audit.models import AuditEntry
from customerfile.audit.operations import record_reads
from customerfile.base.clock import now
from customerfile.customers.golden_changes import golden_changes
from customerfile.customers.judging.judging import judge_pair, withdraw_act
from customerfile.customers.judging.judging_rules import change_judging_rules
from customerfile.customers.judging.merging import merge_customers
from customerfile.customers.models import Customer
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.sources.models import Record
from customerfile.sources.operations import change_source

BEGAN, ENDED = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
ANNA = "id,first name,last name,email,branch\n1,Anna,Meyer,anna@example.org,Leeds\n"
LATER = "id,first name,last name,email,branch\n1,Anna,Okafor,anna@example.org,Leeds\n"
BEN = "id,first name,last name,email\n9,Ben,Ito,ben@example.org\n"
BY: dict[str, Any] = {"by": "olive"}


def _entry(code: str) -> tuple[Any, Any]:
    detail = AuditEntry.objects.filter(code=code).latest("id").detail
    return detail["old"], detail["new"]


def test_people_roles_and_rules(db):
    add_user("nora", role="steward", at=now(), **BY)
    assert _entry("access.user.created") == ({"role": None}, {"role": "steward"})
    set_role("nora", role="marketer", at=now(), **BY)
    assert _entry("access.user.role_changed") == ({"role": "steward"}, {"role": "marketer"})
    limit_to_branches("nora", branches=["Leeds"], at=now(), **BY)
    assert _entry("access.user.limited") == ({"branches": None}, {"branches": ["Leeds"]})
    set_active("nora", active=False, at=now(), **BY)
    assert _entry("access.user.disabled") == ({"may_come_in": True}, {"may_come_in": False})
    define_role("temp", label="Temp", permissions=[P.SEE_CUSTOMERS], at=now(), **BY)
    define_role("temp", label="Temp", permissions=[P.SEE_CUSTOMERS, P.SEE_RECORDS], at=now(), **BY)
    assert _entry("access.role.defined") == (
        {"permissions": ["customers.see"]},
        {"permissions": ["customers.see", "records.see"]},
    )
    reset_role("temp", at=now(), **BY)
    assert _entry("access.role.reset")[1] == {"label": None, "permissions": None}
    require_second_factor(required=True, at=now(), **BY)
    assert _entry("access.second_factor.rule_changed") == ({"required": False}, {"required": True})


def test_tokens(db):
    add_user("nora", role="steward", at=now(), **BY)
    made = issue_token(
        "till", username="nora", permissions=[P.SEE_CUSTOMERS], life=timedelta(days=1), at=now(), **BY
    )
    assert _entry("access.token.created")[1]["permissions"] == ["customers.see"]
    revoke_token(made.id, at=now(), **BY)
    assert _entry("access.token.revoked")[0]["user"] == "nora"
    assert _entry("access.token.revoked")[1]["user"] is None


def test_settings_sources_and_judgements(bring, db):
    change_judging_rules(most_records=80, at=now(), **BY)
    assert _entry("customers.judging_rules.changed") == ({"most_records": 50}, {"most_records": 80})
    bring(ANNA)
    bring(BEN, source="crm")
    change_source("shop", one_record_per_customer=True, at=now(), **BY)
    assert _entry("sources.source.changed")[1] == {"one_record_per_customer": True}
    one, other = Record.objects.order_by("id").values_list("id", flat=True)
    act = judge_pair(one, other, verdict=Verdict.NOT_A_MATCH, at=now(), **BY).act
    assert _entry("customers.pair.judged") == (
        {"verdict_in_force": None},
        {"verdict_in_force": "not_a_match"},
    )
    withdraw_act(act, may=frozenset(P), at=now(), **BY)
    assert _entry("customers.judgement.withdrawn") == (
        {"verdict_in_force": "not_a_match"},
        {"verdict_in_force": None},
    )


@pytest.fixture
def changed_anna(bring) -> Customer:
    """Anna Meyer of the Leeds branch, who became Anna Okafor."""
    bring(ANNA)
    bring(LATER)
    return Customer.objects.get()


def _changes(anna: Customer, sight: Sight = WHOLE, **more: Any) -> list[tuple[str, Any, Any]]:
    found = golden_changes([anna.id], sight=sight, after=BEGAN, until=ENDED, **more)
    return [(field.key, field.old, field.new) for change in found for field in change.fields]


def test_what_the_golden_record_said_before_and_after(changed_anna: Customer):
    assert _changes(changed_anna) == [("family_name", ("Meyer",), ("Okafor",))]
    (change,) = golden_changes([changed_anna.id], sight=WHOLE, after=BEGAN, until=ENDED)
    assert (change.by, change.number, change.fields[0].because) == (
        "tester",
        changed_anna.number,
        ("shop 1",),
    )
    assert _changes(changed_anna, by="tester") != []
    assert _changes(changed_anna, by="nora") == []
    assert golden_changes([changed_anna.id], sight=WHOLE, after=change.at, until=ENDED) == ()


def test_who_may_not_see_a_field_or_a_customer_does_not_see_its_history(changed_anna: Customer):
    assert _changes(changed_anna, Sight(frozenset({"email"}))) == []
    assert _changes(changed_anna, Sight(frozenset({"family_name"}))) != []
    assert _changes(changed_anna, Sight(branches=frozenset({"York"}))) == []
    assert _changes(changed_anna, Sight(branches=frozenset({"Leeds"}))) != []


def test_a_merge_says_who_merged_and_what_became_of_it(bring, db):
    bring(ANNA)
    bring(BEN, source="crm")
    anna, ben = Customer.objects.order_by("id")
    merge_customers([anna.number, ben.number], at=now(), **BY)
    (change, *_) = golden_changes([anna.id], sight=WHOLE, after=BEGAN, until=ENDED)
    assert (change.by, "email" in {field.key for field in change.fields}) == ("olive", True)


def test_no_value_of_a_customer_is_in_the_ledger(changed_anna: Customer):
    told = " ".join(str(entry.detail) for entry in AuditEntry.objects.all())
    assert [value for value in ("Meyer", "Okafor", "anna@", "Leeds") if value in told] == []


def test_pages_of_the_ledger_part_the_time_between_them(db):
    for _ in range(3):
        record_reads(by="nora", at=now(), page="customer", customer_ids=[1])
    first = activity(Asked(), limit=2)
    second = activity(Asked(), before=first.next, limit=2)
    assert first.since == second.until == first.activities[-1].at
