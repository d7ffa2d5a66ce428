"""Writes mending rules: made, and taken back. A rule is never changed."""

from datetime import datetime

from django.db import transaction

from customerfile.base.ids import SourceId
from customerfile.timeline.models import MendingRuleRow, QuarantinedEvent
from customerfile.timeline.quarantine import MendingRule
from customerfile.timeline.quarantine_queries import QuarantineGroup


@transaction.atomic
def add_rule(source_id: SourceId, rule: MendingRule, *, by: str, at: datetime) -> MendingRule:
    """Keep a rule with its source; gives it with its number."""
    row = MendingRuleRow.objects.create(
        source_id=source_id,
        kind=rule.kind.value,
        event=rule.event,
        property=rule.property,
        new_name=rule.new_name,
        made_at=at,
        made_by=by,
    )
    return MendingRule(row.pk, rule.kind, rule.event, rule.property, rule.new_name)


@transaction.atomic
def end_rule(rule: int, *, by: str, at: datetime) -> None:
    """The rule applies to nothing any more."""
    MendingRuleRow.objects.filter(pk=rule, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by)


def has_rule(source_id: SourceId, event: str, property_: str) -> bool:
    """Whether a rule says what this is."""
    found = MendingRuleRow.objects.filter(source_id=source_id, event=event, property=property_)
    return found.filter(withdrawn_at=None).exists()


@transaction.atomic
def set_group_state(group: QuarantineGroup, state: str) -> int:
    """Discard a group, or let it wait again where nothing else waits under a key; gives how many."""
    members = QuarantinedEvent.objects.filter(
        source_id=group.source_id, state=group.state, name=group.name, field=group.field, reason=group.reason
    )
    if state == "waiting":
        waiting = QuarantinedEvent.objects.filter(source_id=group.source_id, state="waiting")
        members = members.exclude(key__in=waiting.values("key"))
    return members.update(state=state)
