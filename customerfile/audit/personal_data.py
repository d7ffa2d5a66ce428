"""What the tables of this room hold."""

from customerfile.base.registry import Hangs, OnErase, OnMerge, TableDeclaration, classified


def _ledger(table: str, public: str, personal: str = "") -> TableDeclaration:
    return TableDeclaration(
        table=table,
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="proof of who did what; holds ids and counts, no customer value",
        exported=False,
        columns=classified(public, personal),
    )


TABLES = (
    _ledger("audit_entry", "id at code subject transaction row_hash", "by detail"),  # names of who works here
    _ledger("read_entry", "id at page customer_ids transaction row_hash", "by"),
    _ledger("purged_row", "ledger transaction row_id row_hash"),
    _ledger(
        "audit_seal",
        "number below sealed_at entry_count entry_root read_count read_root previous seal_hash",
    ),
)
