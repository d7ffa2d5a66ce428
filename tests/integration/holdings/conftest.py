"""A bank of a few people, brought in small files that are joined by their keys."""

from pathlib import Path

import pytest

from customerfile.base.clock import now
from customerfile.definition.operations import apply_definition

CLIENTS = (
    "client_id,first name,last name,email\n"
    "1,Rosa,Lindner,rosa@example.org\n2,Emil,Lindner,emil@example.org\n3,Ada,Novak,ada@example.org\n"
)
ACCOUNTS = "account_id,opened,frequency\n10,2020-01-02,monthly\n11,2021-05-06,weekly\n"
HOLDERS = "disp_id,client_id,account_id,type\n100,1,10,OWNER\n101,2,10,DISPONENT\n102,3,11,OWNER\n"
LOANS = (
    "loan_id,account_id,date,amount,duration,status\n1,10,2021-02-03,9000,24,C\n2,11,2022-03-04,5000,12,A\n"
)
CARDS = "card_id,disp_id,type,issued\n1,101,gold,2022-07-08\n"
BALANCES = (
    "trans_id,account_id,date,balance\n1,10,2023-01-05,100.50\n2,10,2023-02-05,-20.25\n3,11,2023-01-07,7\n"
)

MAPPINGS = {
    "accounts": """
as: agreements
key: []
constants: {agreement.kind: current_account}
columns:
- {column: account_id, to: agreement.key}
- {column: opened, to: agreement.opened_on}
- {column: frequency, to: agreement.term.frequency}
""",
    "holders": """
as: agreements
key: [client_id]
constants: {agreement.kind: current_account}
columns:
- {column: disp_id, to: holder.key}
- {column: client_id, to: customer.key}
- {column: account_id, to: agreement.key}
- {column: type, to: holder.role}
""",
    "loans": """
as: agreements
key: []
currency: CZK
constants: {agreement.kind: loan, agreement.under_kind: current_account}
columns:
- {column: loan_id, to: agreement.key}
- {column: account_id, to: agreement.under}
- {column: date, to: agreement.opened_on}
- {column: amount, to: agreement.amount}
- {column: duration, to: agreement.term.months}
- {column: status, to: agreement.status, values: {A: settled, B: defaulted, C: active, D: in_arrears}}
""",
    "cards": """
as: agreements
key: []
constants: {agreement.kind: payment_card, agreement.under_kind: current_account}
columns:
- {column: card_id, to: agreement.key}
- {column: disp_id, to: agreement.under_role}
- {column: type, to: agreement.term.card_type}
- {column: issued, to: agreement.opened_on}
""",
    "balances": """
as: agreements
key: []
currency: CZK
constants: {agreement.kind: current_account}
columns:
- {column: account_id, to: agreement.key}
- {column: date, to: agreement.balance_on}
- {column: balance, to: agreement.balance}
""",
}
FILES = {"accounts": ACCOUNTS, "holders": HOLDERS, "loans": LOANS, "cards": CARDS, "balances": BALANCES}


@pytest.fixture
def bank(db):
    """The pack of a bank runs."""
    apply_definition("packs: [bank]\n", file="own.yaml", by="tester", at=now())


@pytest.fixture
def deliver(bring, bank, tmp_path: Path):
    """Bring one of the bank's files, or another text of the same columns."""

    def deliver(name: str, content: str = "", **more):
        if name == "clients":
            return bring(content or CLIENTS, source="bank", name="clients.csv", **more)
        mapping = tmp_path / f"{name}.yaml"
        mapping.write_text(MAPPINGS[name], encoding="utf-8")
        return bring(content or FILES[name], source="bank", name=f"{name}.csv", mapping=mapping, **more)

    return deliver
