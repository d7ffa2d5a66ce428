"""Which differences between two definitions would lose stored data, in words. Pure: counting is passed in."""

from collections.abc import Callable, Iterator

from customerfile.definition.schema import (
    AgreementKind,
    EventType,
    FieldDefinition,
    FileDefinition,
    PrivacyClass,
    PropertyDefinition,
    RetentionClass,
)
from customerfile.definition.usage import agreement_key, event_key, purpose_key

type Held = Callable[[str], int]


def describe_losses(before: FileDefinition, after: FileDefinition, held: Held) -> tuple[str, ...]:
    """One sentence for each loss. `held` counts stored values; asked only where something could be lost."""
    return tuple(_losses(before, after, held))


def _losses(before: FileDefinition, after: FileDefinition, held: Held) -> Iterator[str]:
    fields = {field.key: field for field in after.fields}
    for field in before.fields:
        subject = f'"{field.label}" ({field.key})'
        yield from _weighed(subject, _field_losses(field, fields.get(field.key)), held, field.key)
    events = {event.name: event for event in after.event_types}
    for event in before.event_types:
        losses = _event_losses(event, events.get(event.name))
        yield from _weighed(f'"{event.name}"', losses, held, event_key(event.name))
    kinds = {kind.key: kind for kind in after.agreement_kinds}
    for kind in before.agreement_kinds:
        losses = _kind_losses(kind, kinds.get(kind.key))
        yield from _weighed(f'"{kind.label}" ({kind.key})', losses, held, agreement_key(kind.key))
    kept_purposes = {purpose.key for purpose in after.purposes}
    for purpose in before.purposes:
        if purpose.key not in kept_purposes:
            subject = f'The purpose "{purpose.label}" ({purpose.key})'
            yield from _weighed(subject, iter(["is removed"]), held, purpose_key(purpose.key))
    yield from _retention_losses(before, after, held)


def _weighed(subject: str, losses: Iterator[str], held: Held, key: str) -> Iterator[str]:
    """The losses that hit something stored."""
    found = list(losses)
    count = held(key) if found else 0
    if count:
        stored = "1 stored value" if count == 1 else f"{count} stored values"
        yield from (f"{subject} {loss} ({stored})." for loss in found)


def _field_losses(before: FieldDefinition, after: FieldDefinition | None) -> Iterator[str]:
    if after is None:
        yield "is removed"
        return
    if after.type != before.type:
        yield f"becomes {after.type} instead of {before.type}; what cannot be read as that would be lost"
    if before.multiple and not after.multiple:
        yield "keeps one value instead of several"
    if before.privacy is PrivacyClass.SEALED and after.privacy in (
        PrivacyClass.PERSONAL,
        PrivacyClass.PUBLIC,
    ):
        yield f"is no longer sealed but {after.privacy}; its protection would be lost"
    if after.privacy is PrivacyClass.FORBIDDEN and before.privacy is not PrivacyClass.FORBIDDEN:
        yield "becomes forbidden; its values may no longer be kept"
    dropped = [choice for choice in before.choices if choice not in after.choices]
    if dropped and after.type == "choice":
        yield f"no longer offers {', '.join(dropped)}"
    parties = [f"{party}s" for party in before.applies_to if party not in after.applies_to]
    if parties:
        yield f"no longer applies to {' or '.join(parties)}"


def _event_losses(before: EventType, after: EventType | None) -> Iterator[str]:
    if after is None:
        yield "is removed"
        return
    yield from _property_losses("property", before.properties, after.properties)


def _kind_losses(before: AgreementKind, after: AgreementKind | None) -> Iterator[str]:
    if after is None:
        yield "is removed"
        return
    yield from _property_losses("term", before.terms, after.terms)


def _property_losses(
    noun: str, before: tuple[PropertyDefinition, ...], after: tuple[PropertyDefinition, ...]
) -> Iterator[str]:
    types = {declared.key: declared.type for declared in after}
    for declared in before:
        if declared.key not in types:
            yield f"no longer has the {noun} {declared.key}"
        elif types[declared.key] != declared.type:
            yield f"has the {noun} {declared.key} as {types[declared.key]} instead of {declared.type}"


def _retention_losses(before: FileDefinition, after: FileDefinition, held: Held) -> Iterator[str]:
    """One sentence per shortened period, naming all that is kept for it."""
    shortened: dict[str, list[str]] = {}
    for key, label, old, new in (*_periods(before, after), *_agreement_periods(before, after)):
        if _may_end_earlier(old, new) and held(key):
            shortened.setdefault(f"{_period(new)} instead of {_period(old)}", []).append(label)
    for change, labels in shortened.items():
        yield f"Kept {change}, and then erased: {', '.join(labels)}."


def _periods(
    before: FileDefinition, after: FileDefinition
) -> Iterator[tuple[str, str, RetentionClass, RetentionClass]]:
    old = {kept.key: kept for kept in before.retention_classes}
    new = {kept.key: kept for kept in after.retention_classes}
    fields = {field.key: field for field in after.fields}
    for field in before.fields:
        if field.key in fields:
            yield field.key, field.label, old[field.retention], new[fields[field.key].retention]
    events = {event.name: event for event in after.event_types}
    for event in before.event_types:
        if event.name in events:
            yield event_key(event.name), event.name, old[event.retention], new[events[event.name].retention]


def _agreement_periods(
    before: FileDefinition, after: FileDefinition
) -> Iterator[tuple[str, str, RetentionClass, RetentionClass]]:
    old = {kept.key: kept for kept in before.retention_classes}
    new = {kept.key: kept for kept in after.retention_classes}
    kinds = {kind.key: kind for kind in after.agreement_kinds}
    for kind in before.agreement_kinds:
        if kind.key in kinds:
            yield agreement_key(kind.key), kind.label, old[kind.retention], new[kinds[kind.key].retention]


def _may_end_earlier(before: RetentionClass, after: RetentionClass) -> bool:
    return after.months < before.months or after.starts != before.starts


def _period(kept: RetentionClass) -> str:
    return f"{kept.months} months from {kept.starts.replace('_', ' ')}"
