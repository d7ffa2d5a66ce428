"""A Czech bank: accounts, disponents, loans, cards, standing orders as its files say; sums made in DuckDB beside."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from django.db import connection

from customerfile.access.sight import WHOLE
from customerfile.base.clock import now
from customerfile.customers.queries import customer_file
from customerfile.definition.operations import apply_definition
from customerfile.holdings.models import Agreement, AgreementRole
from customerfile.holdings.queries import Holding, Holdings, holdings_of
from customerfile.holdings.waiting import waiting_count

pytestmark = [pytest.mark.real_data, pytest.mark.slow, pytest.mark.django_db]

TODAY = date(1999, 1, 1)
MAPPINGS = {
    "client": """
as: customers
key: [client_id]
country: CZ
columns:
- {column: client_id, to: [key, customer_number]}
- {column: birth_number, to: [birth_date, gender], transform: czech_birth_number}
""",
    "disp": """
as: agreements
key: [client_id]
constants: {agreement.kind: current_account}
columns:
- {column: disp_id, to: holder.key}
- {column: client_id, to: customer.key}
- {column: account_id, to: agreement.key}
- {column: type, to: holder.role}
""",
    "account": """
as: agreements
key: []
constants: {agreement.kind: current_account}
columns:
- {column: account_id, to: agreement.key}
- {column: district_id, to: agreement.term.branch}
- {column: frequency, to: agreement.term.frequency}
- {column: date, to: agreement.opened_on, transform: compact_date}
""",
    "loan": """
as: agreements
key: []
currency: CZK
constants: {agreement.kind: loan, agreement.under_kind: current_account}
columns:
- {column: loan_id, to: agreement.key}
- {column: account_id, to: agreement.under}
- {column: date, to: agreement.opened_on, transform: compact_date}
- {column: amount, to: agreement.amount}
- {column: duration, to: agreement.term.months}
- {column: payments, to: agreement.term.payment}
- {column: status, to: agreement.status, values: {A: settled, B: defaulted, C: active, D: in_arrears}}
""",
    "card": """
as: agreements
key: []
constants: {agreement.kind: payment_card, agreement.under_kind: current_account}
columns:
- {column: card_id, to: agreement.key}
- {column: disp_id, to: agreement.under_role}
- {column: type, to: agreement.term.card_type}
- {column: issued, to: agreement.opened_on, transform: compact_date}
""",
    "order": """
as: agreements
key: []
currency: CZK
constants: {agreement.kind: standing_order, agreement.under_kind: current_account}
columns:
- {column: order_id, to: agreement.key}
- {column: account_id, to: agreement.under}
- {column: amount, to: agreement.amount}
- {column: bank_to, to: agreement.term.to_bank}
- {column: account_to, to: agreement.term.to_account}
- {column: k_symbol, to: agreement.term.purpose}
""",
    "trans_partial": """
as: agreements
key: []
currency: CZK
constants: {agreement.kind: current_account}
columns:
- {column: account_id, to: agreement.key}
- {column: date, to: agreement.balance_on, transform: compact_date}
- {column: balance, to: agreement.balance}
""",
}
ROWS = {"client": 5_369, "disp": 5_369, "account": 4_500, "loan": 682, "card": 892, "order": 6_471}


@pytest.fixture
def bank(bring, shared_data: Path, tmp_path: Path):
    """The bank, delivered in its own files; the rows that were taken of each."""
    apply_definition("packs: [bank]\n", file="own.yaml", by="tests", at=now())
    taken = {}
    for name, text in MAPPINGS.items():
        mapping = tmp_path / f"{name}.yaml"
        mapping.write_text(text)
        (path,) = (shared_data / "bank").glob(f"{name}.asc*")
        done = bring(path, source="bank", mapping=mapping).counts
        assert done.rejected == 0, name
        taken[name] = done.rows
    return taken


@pytest.fixture
def files(shared_data: Path):
    """The files themselves, as tables of text."""
    database = duckdb.connect()
    for name in MAPPINGS:
        (path,) = (shared_data / "bank").glob(f"{name}.asc*")
        database.execute(
            f"CREATE TABLE {name if name != 'order' else 'orders'} AS SELECT *, row_number() OVER () AS line"
            f" FROM read_csv('{path}', delim=';', header=true, all_varchar=true)"
        )
    return database


def test_ten_accounts_hold_what_the_files_say_and_nothing_is_orphaned(bank, files):
    assert {name: bank[name] for name in ROWS} == ROWS
    _check_nothing_is_orphaned()
    accounts = [account for (account,) in files.execute(_TEN).fetchall()]
    assert len(set(accounts)) == 10
    kept = {account: _as_kept(account) for account in accounts}
    assert kept == {account: _as_in_the_files(files, account) for account in accounts}
    for told in ("others", "balance", "loans", "running", "orders", "cards"):
        assert any(each[told] for each in kept.values()), told


def _check_nothing_is_orphaned():
    assert waiting_count(sight=WHOLE) == 0
    assert AgreementRole.objects.filter(role="owner").count() == 4_500
    assert AgreementRole.objects.filter(role="signatory").count() == 869
    assert Agreement.objects.count() == 4_500 + 682 + 892 + 6_471
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANS)
        assert cursor.fetchall() == [(0, 0, 0)]


_TEN = """
SELECT account_id FROM account
ORDER BY account_id IN (SELECT account_id FROM trans_partial) DESC,
         account_id IN (SELECT account_id FROM loan WHERE status IN ('C', 'D')) DESC,
         account_id IN (SELECT account_id FROM disp WHERE type = 'DISPONENT') DESC,
         account_id IN (SELECT account_id FROM disp JOIN card USING (disp_id)) DESC, account_id::int
LIMIT 10
"""
_ORPHANS = """
SELECT (SELECT count(*) FROM agreement_role AS held WHERE NOT EXISTS (
            SELECT FROM agreement WHERE (source_id, kind, key) = (held.source_id, held.kind, held.agreement_key))),
       (SELECT count(*) FROM agreement AS part WHERE under_key <> '' AND NOT EXISTS (
            SELECT FROM agreement WHERE (source_id, kind, key) = (part.source_id, part.under_kind, part.under_key))),
       (SELECT count(*) FROM agreement AS part WHERE under_role <> '' AND NOT EXISTS (
            SELECT FROM agreement_role AS held
            WHERE (held.source_id, held.kind, held.key) = (part.source_id, part.under_kind, part.under_role)))
"""


def _as_kept(account: str) -> dict[str, object]:
    """What the customer pages of an account's holders say of it."""
    roles = AgreementRole.objects.filter(kind="current_account", agreement_key=account)
    owner = roles.get(role="owner")
    held = _holdings(owner.record_id)
    (here,) = [each for each in held.holdings if (each.kind, each.key) == ("current_account", account)]
    parts = [each for each in held.holdings if each.under == ("current_account", account)]
    return {
        "owner": owner.holder_key,
        "others": sorted(fellow.role for fellow in here.fellows),
        "balance": here.balance,
        "opened": here.opened_on,
        "loans": _sum(parts, "loan"),
        "running": sum((total.exposure for total in held.totals), Decimal(0)),
        "orders": _sum(parts, "standing_order"),
        "cards": sorted(each.key for each in parts if each.kind == "payment_card"),
        "seen by others": [
            {each.key for each in _holdings(other.record_id).holdings} >= {account}
            for other in roles.exclude(role="owner")
        ],
    }


def _holdings(record: int) -> Holdings:
    from customerfile.customers.models import Customer, Link

    customer = Customer.objects.get(pk=Link.objects.get(record_id=record, valid_to=None).customer_id)
    records = [each.record_id for each in customer_file(customer.number, sight=WHOLE).records]
    return holdings_of(records, sight=WHOLE, today=TODAY)


def _sum(parts: list[Holding], kind: str) -> Decimal:
    return sum((each.amount or Decimal(0) for each in parts if each.kind == kind), Decimal(0))


def _as_in_the_files(files: duckdb.DuckDBPyConnection, account: str) -> dict[str, object]:
    def one(query: str) -> object:
        return files.execute(query.replace("$account", f"'{account}'")).fetchall()[0][0]

    others = one("SELECT count(*) FROM disp WHERE account_id = $account AND type = 'DISPONENT'")
    return {
        "owner": one("SELECT client_id FROM disp WHERE account_id = $account AND type = 'OWNER'"),
        "others": ["signatory"] * others,
        "balance": one(
            "SELECT arg_max(balance::decimal(20,4), (date, line)) FROM trans_partial WHERE account_id = $account"
        ),
        "opened": one(
            "SELECT strptime('19' || date, '%Y%m%d')::date FROM account WHERE account_id = $account"
        ),
        "loans": one("SELECT coalesce(sum(amount::decimal(20,4)), 0) FROM loan WHERE account_id = $account"),
        "running": one(
            "SELECT coalesce(sum(amount::decimal(20,4)), 0) FROM loan"
            " WHERE account_id = $account AND status IN ('C', 'D')"
        )
        + max(Decimal(0), -(one(_BALANCE) or Decimal(0))),
        "orders": one(
            "SELECT coalesce(sum(amount::decimal(20,4)), 0) FROM orders WHERE account_id = $account"
        ),
        "cards": sorted(
            card
            for (card,) in files.execute(
                f"SELECT card_id FROM card JOIN disp USING (disp_id) WHERE account_id = '{account}'"
            ).fetchall()
        ),
        "seen by others": [True] * others,
    }


_BALANCE = (
    "SELECT arg_max(balance::decimal(20,4), (date, line)) FROM trans_partial WHERE account_id = $account"
)
