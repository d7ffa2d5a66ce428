"""What the table of this room holds: the rules of the file, and nothing about any customer."""

from customerfile.base.registry import Hangs, OnErase, OnMerge, Privacy, TableDeclaration

TABLES = (
    TableDeclaration(
        table="definition_version",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="the rules under which data was kept; names no customer",
        exported=False,
        columns={
            "version": Privacy.PUBLIC,
            "file": Privacy.PUBLIC,
            "text": Privacy.PUBLIC,
            "document": Privacy.PUBLIC,
            "digest": Privacy.PUBLIC,
            "applied_at": Privacy.PUBLIC,
            "applied_by": Privacy.PERSONAL,
        },
    ),
)
