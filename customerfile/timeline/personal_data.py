"""What the tables of this room hold."""

from customerfile.base.registry import Hangs, OnErase, OnMerge, TableDeclaration, classified

_REPLICATED = (
    *("id", "occurred_at", "record_id", "source_id", "name", "category"),
    *("amount", "currency", "quantity"),
)

TABLES = (
    TableDeclaration(
        table="event",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified(
            "id occurred_at record_id source_id name category currency delivery_id",
            "key amount quantity properties",
        ),
        replicate=_REPLICATED,
    ),
    TableDeclaration(
        table="event_key",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="lets a source deliver an event once; erasure removes the keys of the erased events",
        exported=False,
        columns=classified("source_id event_id occurred_at digest rows version delivery_id", "key"),
    ),
    TableDeclaration(
        table="event_version",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified("event_id version record_id digest rows delivery_id replaced_by_id", "content"),
    ),
    TableDeclaration(
        table="quarantined_event",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="an event that is on no timeline yet; erasure removes those of the keys that are erased",
        exported=False,
        columns=classified(
            "id source_id delivery_id line name occurred_at digest field remedy state since released_in_id"
            " replaced_by_id mended_by",
            "key customer_key said reason",
        ),
    ),
    TableDeclaration(
        table="mending_rule",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="what a source's events and properties are called; who said so is staff",
        exported=False,
        columns=classified(
            "id source_id kind event property new_name made_at withdrawn_at", "made_by withdrawn_by"
        ),
    ),
    TableDeclaration(
        table="note",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified(
            "id record_id at version edited_at removed_at", "text by earlier mentioned done_by"
        ),
    ),
)
