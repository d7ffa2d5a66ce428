"""What differs between two definitions, in words. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

from customerfile.definition.schema import FileDefinition, PropertyDefinition

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def describe_changes(before: FileDefinition, after: FileDefinition) -> tuple[str, ...]:
    """One sentence for each difference; empty where the two say the same."""
    return tuple(_changes(before, after))


def _changes(before: FileDefinition, after: FileDefinition) -> Iterator[str]:
    if before.packs != after.packs:
        yield f"Packs: {', '.join(after.packs)} instead of {', '.join(before.packs)}."
    yield from _differences("field", {f.key: f for f in before.fields}, {f.key: f for f in after.fields})
    yield from _differences(
        "event type", {e.name: e for e in before.event_types}, {e.name: e for e in after.event_types}
    )
    yield from _differences(
        "kind of agreement",
        {k.key: k for k in before.agreement_kinds},
        {k.key: k for k in after.agreement_kinds},
    )
    yield from _differences(
        "purpose", {p.key: p for p in before.purposes}, {p.key: p for p in after.purposes}
    )
    yield from _differences(
        "retention class",
        {c.key: c for c in before.retention_classes},
        {c.key: c for c in after.retention_classes},
    )


def _differences[T: DataclassInstance](
    noun: str, before: Mapping[str, T], after: Mapping[str, T]
) -> Iterator[str]:
    for key in before:
        if key not in after:
            yield f"The {noun} {key} is removed."
    for key, item in after.items():
        if key not in before:
            yield f"The {noun} {key} is new."
        else:
            yield from _altered(f"The {noun} {key}", before[key], item)


def _altered[T: DataclassInstance](subject: str, before: T, after: T) -> Iterator[str]:
    for attribute in fields(before):
        old, new = getattr(before, attribute.name), getattr(after, attribute.name)
        if old != new and attribute.name != "pack":
            yield f"{subject}: {attribute.name} is {_shown(new)} instead of {_shown(old)}."


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_shown(part) for part in value)}]"
    if isinstance(value, PropertyDefinition):
        return f"{value.key}: {value.type}{' (required)' if value.required else ''}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if value == "" else str(value)
