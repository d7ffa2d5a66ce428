"""What the tables of this room hold."""

from customerfile.base.registry import Hangs, OnErase, OnMerge, Privacy, TableDeclaration


def _ledger(table: str, *columns: str) -> TableDeclaration:
    return TableDeclaration(
        table=table,
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="proof of who did what; holds ids and counts, no customer value",
        exported=False,
        columns=dict.fromkeys(("id", *columns), Privacy.PUBLIC) | {"by": Privacy.PERSONAL},
    )


TABLES = (
    _ledger("audit_entry", "at", "by", "code", "subject", "detail"),
    _ledger("read_entry", "at", "by", "page", "customer_ids"),
)
