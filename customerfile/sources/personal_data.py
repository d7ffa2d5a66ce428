"""What the tables of this room hold."""

from customerfile.base.registry import Hangs, OnErase, OnMerge, Privacy, TableDeclaration

_PUBLIC, _PERSONAL = Privacy.PUBLIC, Privacy.PERSONAL


def _of_the_organisation(
    table: str, columns: str, *, personal: tuple[str, ...] = (), reason: str
) -> TableDeclaration:
    return TableDeclaration(
        table=table,
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason=reason,
        exported=False,
        columns=dict.fromkeys(columns.split(), _PUBLIC) | dict.fromkeys(personal, _PERSONAL),
    )


_RECORD = {
    "id": _PUBLIC,
    "source_id": _PUBLIC,
    "key": _PERSONAL,
    "kind": _PUBLIC,
    "raw": _PERSONAL,
    "canonical": _PERSONAL,
    "digest": _PERSONAL,
    "version": _PUBLIC,
    "delivery_id": _PUBLIC,
    "created_at": _PUBLIC,
    "changed_at": _PUBLIC,
    "as_of": _PUBLIC,
}
_VERSION = {
    "record_id": _PUBLIC,
    "version": _PUBLIC,
    "raw": _PERSONAL,
    "canonical": _PERSONAL,
    "prepared": _PERSONAL,
    "digest": _PERSONAL,
    "delivery_id": _PUBLIC,
    "as_of": _PUBLIC,
    "valid_from": _PUBLIC,
    "valid_to": _PUBLIC,
    "replaced_by_id": _PUBLIC,
}

TABLES = (
    _of_the_organisation(
        "source",
        "id key name origin priority country one_record_per_customer kind created_at",
        reason="a system, not a person",
    ),
    _of_the_organisation(
        "delivery",
        "id source_id file_digest file_bytes kind_as mapping detected state started_at finished_at rows created"
        " updated unchanged rejected customers_created records_joined customers_merged value_faults nobody_rows"
        " quarantined message",
        personal=("file_name", "by"),
        reason="counts of a whole file; who took it in is staff",
    ),
    _of_the_organisation(
        "delivery_chunk", "delivery_id number rows committed_at", reason="counts, no person"
    ),
    _of_the_organisation(
        "upload",
        "id file_bytes stored options detected columns rows source_key source_name source_kind priority country kind_as"
        " mapping mapping_from corrects_id delivery_id state attempts message created_at changed_at",
        personal=("file_name", "trial", "by"),
        reason="a file on its way in, not yet part of the customer file; gone some days after it was last touched",
    ),
    _of_the_organisation(
        "undo_request",
        "delivery_id at attempts message",
        personal=("by",),
        reason="what is being done to a whole file; who asked for it is staff",
    ),
    _of_the_organisation(
        "demonstration",
        "id state deliveries at attempts message",
        personal=("by",),
        reason="whether invented customers are in the file; who wanted them is staff",
    ),
    TableDeclaration(
        table="reject",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="a refused row is linked to nobody; erasure searches its text by key and value",
        exported=False,
        columns={
            "id": _PUBLIC,
            "delivery_id": _PUBLIC,
            "line": _PUBLIC,
            "scope": _PUBLIC,
            "key": _PERSONAL,
            "field": _PUBLIC,
            "text": _PERSONAL,
            "reason": _PERSONAL,
            "remedy": _PUBLIC,
        },
    ),
    TableDeclaration(
        table="record",
        hangs_on=Hangs.RECORD,
        owner="id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=_RECORD,
        replicate=("id", "source_id", "kind", "created_at", "changed_at"),
    ),
    TableDeclaration(
        table="comparison_input",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=False,
        columns={"record_id": _PUBLIC, "prepared": _PERSONAL},
    ),
    TableDeclaration(
        table="record_version",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=_VERSION,
    ),
)
