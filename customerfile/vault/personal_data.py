"""What the tables of this room hold."""

from customerfile.base.registry import Hangs, OnErase, OnMerge, Privacy, TableDeclaration

TABLES = (
    TableDeclaration(
        table="sealed_value",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns={
            "record_id": Privacy.PUBLIC,
            "field": Privacy.PUBLIC,
            "position": Privacy.PUBLIC,
            "ciphertext": Privacy.SEALED,
        },
    ),
)
