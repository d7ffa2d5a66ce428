"""Files of agreements, joined by their keys in any order; exactly once; refused in words; taken back."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from customerfile.access.sight import WHOLE, Sight
from customerfile.holdings.models import Agreement, AgreementRole, AgreementVersion
from customerfile.holdings.waiting import waiting_count, waiting_holders
from customerfile.intake.opening import ImportRequest
from customerfile.intake.undoing import undo_delivery
from customerfile.intake.uploads.trial import try_file
from customerfile.sources.models import Delivery, Reject
from tests.integration.holdings.conftest import FILES, MAPPINGS

NAMES = ("clients", "accounts", "holders", "loans", "cards", "balances")


def agreements():
    return {
        (each.kind, each.key): (each.opened_on, each.status, each.amount, each.balance, each.terms)
        for each in Agreement.objects.all()
    }


def roles():
    return sorted(
        AgreementRole.objects.values_list("key", "agreement_key", "role", "record__key", "holder_key")
    )


def state():
    return agreements(), roles()


def test_a_bank_arrives_in_several_files(deliver):
    done = {name: deliver(name).counts for name in NAMES}

    assert {name: (each.rows, each.created, each.rejected) for name, each in done.items()} == {
        "clients": (3, 3, 0), "accounts": (2, 2, 0), "holders": (3, 3, 0), "loans": (2, 2, 0), "cards": (1, 1, 0),
        "balances": (3, 0, 0),
    }  # fmt: skip
    assert agreements()["loan", "1"] == (date(2021, 2, 3), "active", Decimal(9000), None, {"months": 24})
    assert agreements()["current_account", "10"] == (
        date(2020, 1, 2), "", None, Decimal("-20.25"), {"frequency": "monthly"},
    )  # fmt: skip
    assert roles() == [
        ("100", "10", "owner", "1", "1"),
        ("101", "10", "signatory", "2", "2"),
        ("102", "11", "owner", "3", "3"),
    ]


@pytest.mark.parametrize("order", list(permutations(NAMES))[::97])
def test_the_order_of_the_files_does_not_matter(deliver, order):
    for name in order:
        deliver(name)

    assert len(agreements()) == 5
    assert agreements()["current_account", "11"] == (
        date(2021, 5, 6), "", None, Decimal(7), {"frequency": "weekly"},
    )  # fmt: skip
    assert [each[3] for each in roles()] == ["1", "2", "3"]


def test_the_same_files_again_change_nothing(deliver):
    for name in NAMES:
        deliver(name)
    before = state()

    again = {name: deliver(name).counts for name in NAMES}

    assert all(each.rows == each.unchanged for each in again.values())
    assert state() == before
    assert AgreementVersion.objects.filter(delivery__in=Delivery.objects.order_by("-id")[:6]).count() == 0


def test_a_holder_that_has_not_arrived_waits_and_joins(deliver):
    deliver("accounts")
    deliver("holders")

    assert waiting_count(sight=WHOLE) == 3
    assert [
        (each.holder_key, each.agreement_key, each.role) for each in waiting_holders(sight=WHOLE, limit=2)
    ] == [
        ("1", "10", "owner"),
        ("2", "10", "signatory"),
    ]

    deliver("clients", "client_id,first name,last name\n1,Rosa,Lindner\n")
    assert [each.holder_key for each in waiting_holders(sight=WHOLE, source_key="bank")] == ["2", "3"]
    assert waiting_count(sight=WHOLE, source_key="other") == 0
    part = Sight(branches=frozenset({"North"}))
    assert (waiting_holders(sight=part), waiting_count(sight=part)) == ((), 0)


def test_holders_wait_again_when_their_records_are_taken_back(deliver, test_home):
    clients = deliver("clients")
    deliver("accounts")
    deliver("holders")

    undo_delivery(clients.delivery_id, home=test_home, by="tester")
    assert waiting_count(sight=WHOLE) == 3

    deliver("clients", "client_id,first name,last name\n3,Ada,Novak\n")
    assert [each[3] for each in roles()] == [None, None, "3"]


def test_undo_puts_back_what_was(deliver, test_home):
    for name in NAMES:
        deliver(name)
    before = state()

    changed = deliver(
        "loans",
        "loan_id,account_id,date,amount,duration,status\n1,10,2021-02-03,9500,36,D\n9,11,2023-01-01,1,1,C\n",
    )
    moved = deliver("holders", "disp_id,client_id,account_id,type\n101,3,10,OWNER\n")
    assert (changed.counts.updated, changed.counts.created, moved.counts.updated) == (1, 1, 1)
    assert state() != before

    second = undo_delivery(moved.delivery_id, home=test_home, by="tester")
    first = undo_delivery(changed.delivery_id, home=test_home, by="tester")

    assert (first.removed, first.restored, first.left) == (1, 1, ())
    assert (second.removed, second.restored, second.left) == (0, 1, ())
    assert state() == before


def test_what_a_later_delivery_changed_is_left_and_named(deliver, test_home):
    accounts = deliver("accounts")
    deliver("balances")

    undone = undo_delivery(accounts.delivery_id, home=test_home, by="tester")

    assert undone.left == ("current_account 10", "current_account 11")
    assert len(agreements()) == 2


def test_an_older_balance_does_not_replace_a_newer_one(deliver):
    deliver("balances")

    late = deliver("balances", "trans_id,account_id,date,balance\n9,10,2022-12-31,5000\n")

    assert (late.counts.updated, late.counts.unchanged) == (0, 1)
    assert agreements()["current_account", "10"][3] == Decimal("-20.25")


def test_a_dry_run_tells_the_same_and_leaves_no_trace(deliver):
    planned = deliver("accounts", dry_run=True)

    assert (planned.delivery_id, planned.counts.created) == (None, 2)
    assert (Agreement.objects.count(), Delivery.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("name", "row", "reason", "remedy"),
    [
        ("loans", "7,10,2021-02-03,9000,24,Z", 'No state is called "Z".', "under values"),
        ("loans", "7,10,2021-02-33,9000,24,A", "no day 33", ""),
        ("loans", "7,10,2021-02-03,much,24,A", "", ""),
        ("loans", "7,10,2021-02-03,9000,two years,A", "", ""),
        ("loans", ",10,2021-02-03,9000,24,A", "does not name its agreement", "Map the column"),
        ("holders", "9,1,10,KING", 'No role is called "KING".', "under values"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_remedy(deliver, name, row, reason, remedy):
    head = {
        "loans": "loan_id,account_id,date,amount,duration,status",
        "holders": "disp_id,client_id,account_id,type",
    }

    done = deliver(name, f"{head[name]}\n{row}\n")

    refused = Reject.objects.get(delivery_id=done.delivery_id)
    assert (done.counts.rejected, done.counts.created) == (1, 0)
    assert reason in refused.reason
    assert remedy in refused.remedy
    assert refused.remedy


def test_lines_of_one_file_that_contradict_one_another_are_refused(deliver):
    done = deliver(
        "accounts", "account_id,opened,frequency\n10,2020-01-02,monthly\n10,2020-01-02,daily\n10,,monthly\n"
    )

    assert (done.counts.created, done.counts.unchanged, done.counts.rejected) == (1, 1, 1)
    assert "frequency" in Reject.objects.get().reason


def test_an_unknown_kind_and_an_unknown_term_are_refused(bring, bank, tmp_path):
    mapping = tmp_path / "any.yaml"
    mapping.write_text(
        "as: agreements\nkey: [who]\ncolumns:\n- {column: who, to: customer.key}\n- {column: id, to: agreement.key}\n"
        "- {column: kind, to: agreement.kind}\n- {column: plan, to: agreement.term.plan}\n"
    )

    done = bring("who,id,kind,plan\n1,5,yacht,\n1,6,loan,gold\n1,7,Current account,\n", mapping=mapping)

    assert (done.counts.created, done.counts.rejected) == (1, 2)
    assert [each.reason for each in Reject.objects.order_by("line")] == [
        'The kind of agreement "yacht" is not in the file definition.',
        'The kind "loan" has no term "plan".',
    ]


def test_a_trial_shows_how_the_first_rows_read(tmp_path, test_home, bank):
    path, mapping = tmp_path / "loans.csv", tmp_path / "loans.yaml"
    path.write_text(FILES["loans"])
    mapping.write_text(MAPPINGS["loans"])
    request = ImportRequest(path=path, source="bank", mapping=mapping, kind_as="agreements")

    told = try_file(request, rows=2, home=test_home, by="tester")

    assert told["samples"][0] == {
        "key": "1",
        "line": 2,
        "agreement": {
            "kind": "loan", "opened_on": "2021-02-03", "status": "active", "amount": "9000.00", "currency": "CZK",
            "under_kind": "current_account", "under_key": "10", "months": "24",
        },
    }  # fmt: skip
    assert Agreement.objects.count() == 0
