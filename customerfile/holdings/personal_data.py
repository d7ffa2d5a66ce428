"""What the tables of this room hold. An agreement is of all its holders: it goes with the last of them."""

from customerfile.base.registry import Hangs, OnErase, OnMerge, TableDeclaration, classified

TABLES = (
    TableDeclaration(
        table="agreement",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified(
            "id source_id kind product status currency under_kind version delivery_id",
            "key number opened_on closed_on due_on amount balance balance_on under_key under_role terms",
        ),
        replicate=(
            *("id", "source_id", "kind", "product", "status", "currency", "opened_on", "closed_on", "due_on"),
            *("amount", "balance", "balance_on"),
        ),
    ),
    TableDeclaration(
        table="agreement_version",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified("agreement_id version delivery_id replaced_by_id", "content"),
    ),
    TableDeclaration(
        table="agreement_role",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified(
            "id source_id kind record_id role version delivery_id",
            "key agreement_key holder_key valid_from valid_to",
        ),
        replicate=("id", "source_id", "kind", "record_id", "role", "valid_from", "valid_to"),
    ),
    TableDeclaration(
        table="agreement_role_version",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified("role_id version record_id delivery_id replaced_by_id", "content"),
    ),
)
