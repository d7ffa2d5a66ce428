"""A definition written as the file a user would write: its packs, and only what differs from them."""

from typing import Any

import yaml

from customerfile.definition.attributes import FIELD_ATTRIBUTES
from customerfile.definition.loading import load_packs
from customerfile.definition.overlay import new_agreement_kind, new_event_type, new_field
from customerfile.definition.schema import (
    AgreementKind,
    EventType,
    FieldDefinition,
    FileDefinition,
    PropertyDefinition,
)

type _Section = dict[str, Any]


def dump_definition(definition: FileDefinition) -> str:
    """YAML that `parse_definition` reads back to the same definition."""
    packs = load_packs(definition.packs)
    document: _Section = {"packs": list(definition.packs)}
    sections = {
        "remove": _removed(definition, packs),
        "purposes": _changed_purposes(definition, packs),
        "retention_classes": _changed_classes(definition, packs),
        "fields": _changed_fields(definition, packs),
        "event_types": _changed_events(definition, packs),
        "agreement_kinds": _changed_kinds(definition, packs),
    }
    document.update({name: section for name, section in sections.items() if section})
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)


def _removed(definition: FileDefinition, packs: FileDefinition) -> _Section:
    gone = {
        "fields": {f.key for f in packs.fields} - {f.key for f in definition.fields},
        "event_types": {e.name for e in packs.event_types} - {e.name for e in definition.event_types},
        "agreement_kinds": {k.key for k in packs.agreement_kinds}
        - {k.key for k in definition.agreement_kinds},
        "purposes": {p.key for p in packs.purposes} - {p.key for p in definition.purposes},
        "retention_classes": {c.key for c in packs.retention_classes}
        - {c.key for c in definition.retention_classes},
    }
    return {section: sorted(keys) for section, keys in gone.items() if keys}


def _changed_purposes(definition: FileDefinition, packs: FileDefinition) -> _Section:
    changed = set(definition.purposes) - set(packs.purposes)
    return {
        p.key: {"label": p.label, "lawful_basis": p.lawful_basis} for p in definition.purposes if p in changed
    }


def _changed_classes(definition: FileDefinition, packs: FileDefinition) -> _Section:
    changed = set(definition.retention_classes) - set(packs.retention_classes)
    return {
        c.key: {"label": c.label, "months": c.months, "starts": c.starts}
        for c in definition.retention_classes
        if c in changed
    }


def _changed_fields(definition: FileDefinition, packs: FileDefinition) -> _Section:
    below = {field.key: field for field in packs.fields}
    gone = {purpose.key for purpose in packs.purposes} - {purpose.key for purpose in definition.purposes}
    section = {}
    for field in definition.fields:
        base = below.get(field.key) or new_field(field.key, field.pack, field.multiple)
        changed = _field_difference(field, base)
        if "purposes" in changed and field.purposes == tuple(p for p in base.purposes if p not in gone):
            del changed["purposes"]  # a removed purpose leaves its fields by itself
        if changed:
            section[field.key] = changed
    return section


def _field_difference(field: FieldDefinition, base: FieldDefinition) -> _Section:
    values = {name: getattr(field, name) for name in FIELD_ATTRIBUTES}
    return {name: _plain(value) for name, value in values.items() if value != getattr(base, name)}


def _changed_events(definition: FileDefinition, packs: FileDefinition) -> _Section:
    below = {event.name: event for event in packs.event_types}
    section = {}
    for event in definition.event_types:
        changed = _event_difference(event, below.get(event.name) or new_event_type(event.name, event.pack))
        if changed:
            section[event.name] = changed
    return section


def _changed_kinds(definition: FileDefinition, packs: FileDefinition) -> _Section:
    below = {kind.key: kind for kind in packs.agreement_kinds}
    section = {}
    for kind in definition.agreement_kinds:
        changed = _kind_difference(kind, below.get(kind.key) or new_agreement_kind(kind.key, kind.pack))
        if changed:
            section[kind.key] = changed
    return section


def _event_difference(event: EventType, base: EventType) -> _Section:
    changed = _attributes(event, base, ("label", "category", "privacy", "retention"))
    return changed | _properties("properties", event.properties, base.properties)


def _kind_difference(kind: AgreementKind, base: AgreementKind) -> _Section:
    changed = _attributes(kind, base, ("label", "counts_as", "privacy", "retention"))
    return changed | _properties("terms", kind.terms, base.terms)


def _attributes(one: object, base: object, names: tuple[str, ...]) -> _Section:
    return {name: _plain(getattr(one, name)) for name in names if getattr(one, name) != getattr(base, name)}


def _properties(
    name: str, declared: tuple[PropertyDefinition, ...], below: tuple[PropertyDefinition, ...]
) -> _Section:
    changed: _Section = {}
    added = [each for each in declared if each not in below]
    if added:
        changed[name] = {each.key: _property(each) for each in added}
    kept = {each.key for each in declared}
    without = [each.key for each in below if each.key not in kept]
    if without:
        changed["without"] = without
    return changed


def _property(declared: PropertyDefinition) -> str | _Section:
    return {"type": declared.type, "required": True} if declared.required else declared.type


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, str) else value
