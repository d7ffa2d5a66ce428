"""Reads of the quarantine: what waits, in groups; the rules of a source."""

from collections.abc import Sequence

from customerfile.timeline.models import MendingRuleRow, QuarantinedEvent
from customerfile.timeline.quarantine import MendingKind, MendingRule


def mending_rules(source_id: int) -> tuple[MendingRule, ...]:
    """The rules of a source that apply, the oldest first."""
    found = MendingRuleRow.objects.filter(source_id=source_id, withdrawn_at=None).order_by("pk")
    return tuple(
        MendingRule(row.pk, MendingKind(row.kind), row.event, row.property, row.new_name) for row in found
    )


def waiting_of(source_id: int, keys: Sequence[str]) -> frozenset[str]:
    """Which of these keys of a source wait."""
    if not keys:
        return frozenset()
    found = QuarantinedEvent.objects.filter(source_id=source_id, key__in=keys, state="waiting")
    return frozenset(found.values_list("key", flat=True))
