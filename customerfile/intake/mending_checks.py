"""What a mending rule may say, and how it is told. Pure."""

from difflib import get_close_matches

from customerfile.base.told import noted_text, told
from customerfile.definition.schema import EventType
from customerfile.definition.tracking_plan import TrackingPlan
from customerfile.intake.errors import QuarantineRefused
from customerfile.timeline.quarantine import MendingKind, MendingRule

_WORDS = {
    MendingKind.CALL_EVENT: noted_text('Call "{event}" "{new_name}"'),
    MendingKind.CALL_PROPERTY: noted_text('In "{event}", the property "{property}" is called "{new_name}"'),
    MendingKind.LEAVE_OUT: noted_text('Take "{event}" without the property "{property}"'),
}


def rule_words(rule: MendingRule) -> str:
    """What a rule says."""
    return told(_WORDS[rule.kind], event=rule.event, property=rule.property, new_name=rule.new_name)


def check_rule(rule: MendingRule, plan: TrackingPlan) -> None:
    """Raises QuarantineRefused for a rule that would not make anything fit, or change what fits."""
    if rule.kind is MendingKind.CALL_EVENT:
        _check_name(rule, plan)
        return
    found = plan.event_type(rule.event)
    if found is None:
        raise QuarantineRefused(
            told('The event "{event}" is not in the tracking plan.', event=rule.event),
            "Say first what the event is called here.",
        )
    if rule.kind is MendingKind.CALL_PROPERTY:
        _check_property(rule, found)
    elif rule.property in {each.key for each in found.properties if each.required}:
        raise QuarantineRefused(
            told(
                '"{event}" cannot do without the property "{property}".',
                event=rule.event,
                property=rule.property,
            ),
            "Say which of its properties is meant, or discard these events.",
        )


def _check_name(rule: MendingRule, plan: TrackingPlan) -> None:
    if rule.event in plan.names:
        raise QuarantineRefused(
            told('"{event}" is a name of the tracking plan: it is not called otherwise.', event=rule.event),
            "Mend its properties, or discard these events.",
        )
    if rule.new_name not in plan.names:
        raise QuarantineRefused(
            told('The event "{event}" is not in the tracking plan.', event=rule.new_name),
            _one_of(rule.new_name, sorted(plan.names)),
        )


def _check_property(rule: MendingRule, found: EventType) -> None:
    declared = [each.key for each in found.properties]
    if rule.new_name not in declared or rule.new_name == rule.property:
        raise QuarantineRefused(
            told(
                '"{event}" has no property "{property}" in the tracking plan.',
                event=rule.event,
                property=rule.new_name,
            )
            if rule.new_name != rule.property
            else told('The property "{property}" is called so already.', property=rule.property),
            _one_of(rule.new_name, declared),
        )


def _one_of(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    if near:
        return told('Did you mean "{field}"?', field=near[0])
    return told("Use one of: {events}.", events=", ".join(known))
