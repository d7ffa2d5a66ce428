"""What the tables of this room hold."""

from customerfile.base.registry import Hangs, OnErase, OnMerge, Privacy, TableDeclaration, classified


def _table(table: str, keep_reason: str, columns: dict[str, Privacy]) -> TableDeclaration:
    return TableDeclaration(
        table=table,
        hangs_on=Hangs.NOBODY,
        owner="",
        on_merge=OnMerge.UNTOUCHED,
        on_erase=OnErase.KEEP,
        keep_reason=keep_reason,
        exported=False,
        columns=columns,
    )


_NUMBERS = "holds numbers of customers and no value of theirs; removed after 30 days"

TABLES = (
    _table(
        "webhook_endpoint",
        "an address of another system, not about a customer",
        classified("id url types state why_off former_until created_at failing_since served_at", "created_by")
        | dict.fromkeys(("secret", "former_secret"), Privacy.SEALED),
    ),
    _table("webhook_outbox", _NUMBERS, classified("id transaction at type items")),
    _table(
        "webhook_message",
        _NUMBERS,
        classified("id endpoint_id key type body state attempts created_at next_at"),
    ),
    _table(
        "webhook_attempt",
        "the start of what another system answered; removed after 30 days",
        classified("id message_id at status milliseconds fault", "said"),
    ),
)
