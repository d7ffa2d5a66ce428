"""What the tables of this room hold."""

from customerfile.base.registry import Hangs, OnErase, OnMerge, Privacy, TableDeclaration, classified


def _derived(table: str, columns: dict[str, Privacy]) -> TableDeclaration:
    """Made from the records for every touched customer; nothing in it is told that the records do not tell."""
    return TableDeclaration(
        table=table,
        hangs_on=Hangs.CUSTOMER,
        owner="customer_id",
        on_merge=OnMerge.RECOMPUTED,
        on_erase=OnErase.DELETE,
        exported=False,
        columns=columns,
    )


def _judged(table: str, columns: dict[str, Privacy]) -> TableDeclaration:
    """Said of two records; it stays with them wherever their customers go."""
    return TableDeclaration(
        table=table,
        hangs_on=Hangs.RECORD,
        owner="left_id",
        also_owned_by=("right_id",),
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=False,
        columns=columns,
    )


_JUDGED = {
    "judgement": classified(
        "id act_id left_id right_id verdict at withdrawn_at withdrawn_in_id", "by withdrawn_by"
    ),
    "pair_verdict": classified("left_id right_id verdict"),
    "review_item": classified("left_id right_id kind value claimed_until", "claimed_by"),
}

TABLES = (
    TableDeclaration(
        table="customer",
        hangs_on=Hangs.CUSTOMER,
        owner="id",
        also_owned_by=("merged_into_id",),
        on_merge=OnMerge.RECOMPUTED,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified(
            "id number kind state merged_into_id golden_since record_count created_at changed_at",
            "display_name sort_name golden provenance name_tokens place_tokens branches",
        ),
        replicate=(
            "id",
            "number",
            "kind",
            "state",
            "merged_into_id",
            "record_count",
            "created_at",
            "changed_at",
        ),
    ),
    TableDeclaration(
        table="golden_history",
        hangs_on=Hangs.CUSTOMER,
        owner="customer_id",
        on_merge=OnMerge.KEPT,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified("id customer_id valid_from valid_to", "golden provenance"),
    ),
    TableDeclaration(
        table="link",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        also_owned_by=("customer_id", "matched_record_id"),
        on_merge=OnMerge.MOVES_LINK,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified(
            "id record_id customer_id weight matched_record_id model_hash cause valid_from valid_to"
        ),
        replicate=("record_id", "customer_id", "valid_from", "valid_to"),
    ),
    TableDeclaration(
        table="scored_pair",
        hangs_on=Hangs.RECORD,
        owner="left_id",
        also_owned_by=("right_id",),
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=False,
        columns=classified("left_id right_id weight veto model_hash", "levels"),
    ),
    *(_judged(table, columns) for table, columns in _JUDGED.items()),
    TableDeclaration(
        table="correction",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified("id record_id field at ended_at", "value set_aside was note by ended_by"),
    ),
    TableDeclaration(
        table="watch_hit",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        also_owned_by=("listed_id",),
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified(
            "id listed_id record_id weight model_hash state found_at decided_at", "levels decided_by"
        ),
    ),
    TableDeclaration(
        table="watch_key",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=False,
        columns=classified("record_id", "key"),
    ),
    TableDeclaration(
        table="relationship",
        hangs_on=Hangs.RECORD,
        owner="left_id",
        also_owned_by=("right_id",),
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified(
            "id left_id right_id kind state basis valid_from valid_to proposed_at decided_at",
            "note proposed_by decided_by",
        ),
    ),
    TableDeclaration(
        table="judgement_act",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="who decided when, staff only; erasure empties the note of an act without judgements left",
        exported=False,
        columns=classified("id kind at withdrawn_at", "by note withdrawn_by"),
    ),
    TableDeclaration(
        table="judging_rules",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="a setting of the file",
        exported=False,
        columns=classified("id people_needed most_records"),
    ),
    TableDeclaration(
        table="match_model_version",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="how records were matched; its name tables are common names, of nobody in particular",
        exported=False,
        columns=classified("version hash artefact origin applied_at", "applied_by"),
    ),
    TableDeclaration(
        table="preparation",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="by which rules the file was prepared for matching; of nobody",
        exported=False,
        columns=classified("version through begun_at finished_at"),
    ),
    TableDeclaration(
        table="common_value",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="shared by hundreds of records, so nobody's own; it goes when fewer share it",
        exported=False,
        columns=classified("rule since", "key value"),
    ),
    TableDeclaration(
        table="confirmation",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=True,
        columns=classified("id record_id change_id at", "by"),
    ),
    TableDeclaration(
        table="bulk_change",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="one value that many customers were given; what each of them was given goes with its records",
        exported=False,
        columns=classified(
            "id field way refusals at state attempts message finished_at undone_at",
            "values note by undone_by",
        ),
    ),
    TableDeclaration(
        table="bulk_change_item",
        hangs_on=Hangs.CUSTOMER,
        owner="customer_id",
        on_merge=OnMerge.KEPT,
        on_erase=OnErase.DELETE,
        exported=False,
        columns=classified(
            "id change_id customer_id outcome reason correction_id before_id undo", "undo_reason"
        ),
    ),
    TableDeclaration(
        table="saved_view",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="how staff look at the file; what a filter compares with stands in it under seal",
        exported=False,
        columns=classified("id shared saved_at", "owner name address"),
    ),
    TableDeclaration(
        table="kept_contact",
        hangs_on=Hangs.CUSTOMER,
        owner="customer_id",
        on_merge=OnMerge.KEPT,
        on_erase=OnErase.DELETE,
        exported=False,
        columns=classified("customer_id channel status confirmed_at", "value"),
    ),
    TableDeclaration(
        table="block_key",
        hangs_on=Hangs.RECORD,
        owner="record_id",
        on_merge=OnMerge.FOLLOWS_RECORD,
        on_erase=OnErase.DELETE,
        exported=False,
        columns=classified("record_id", "key"),
    ),
    _derived(
        "contact_point",
        classified("customer_id channel use status confirmed_at", "value search"),
    ),
    _derived("identifier", classified("customer_id field scheme", "digest shown")),
    _derived("posting", classified("token_id place", "customer_id")),
    TableDeclaration(
        table="name_token",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="a word by itself; erasure removes the words that nobody else has",
        exported=False,
        columns=classified("id", "token"),
    ),
    TableDeclaration(
        table="token_variant",
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason="spellings of a word; removed with it",
        exported=False,
        columns=classified("token_id", "variant"),
    ),
)
