"""A household with an account, a loan, a card and a subscription, delivered as files that are joined by their keys."""

from pathlib import Path
from tempfile import TemporaryDirectory

_PEOPLE = (
    "client_id,first name,last name,email\n1,Rosa,Lindner,rosa@example.org\n2,Emil,Lindner,emil@example.org\n"
)
_ACCOUNTS = (
    "account_id,customer_id,opened,frequency,balance,balance date,status\n"
    "10,1,2020-01-02,monthly,-20.25,2026-10-31,active\n11,1,2015-05-06,weekly,0,2019-01-31,closed\n"
)
_HOLDERS = "customer_id,account_id,role\n2,10,signatory\n7,10,guarantor\n"
_LOANS = (
    "loan_id,customer_id,opened,maturity,amount,status,months\n1,1,2024-02-03,2028-02-03,9000,in arrears,48\n"
)


def fill() -> None:
    """Rosa owns, Emil may sign, and a guarantor has not arrived."""
    from customerfile.base.clock import now
    from customerfile.definition.operations import apply_definition
    from customerfile.embedded import home
    from customerfile.intake.importing import import_file
    from customerfile.intake.opening import ImportRequest

    apply_definition("packs: [bank]\n", file="own.yaml", by="tests", at=now())
    with TemporaryDirectory() as folder:
        for name, text, kind in (
            ("people", _PEOPLE, "customers"),
            ("accounts", _ACCOUNTS, "agreements"),
            ("holders", _HOLDERS, "agreements"),
            ("loans", _LOANS, "agreements"),
        ):
            path = Path(folder) / f"{name}.csv"
            path.write_text(text)
            request = ImportRequest(path=path, source="bank", kind_as=kind, country="DE", currency="EUR")
            import_file(request, home=home(), by="tests")
