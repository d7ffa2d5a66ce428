"""Writes docs/reference/definition.md from the shipped packs: `python tools/generate_reference.py`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from customerfile.definition.attributes import EVENT_ATTRIBUTES, FIELD_ATTRIBUTES
from customerfile.definition.loading import PACK_NAMES, load_packs, pack_label
from customerfile.definition.rules import FIELD_TYPES, PROPERTY_TYPES
from customerfile.definition.schema import EventType, FieldDefinition, FileDefinition

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "definition.md"

INTRODUCTION = """\
# The file definition

Generated from the shipped packs by `tools/generate_reference.py`; do not edit by hand. What a definition is
for and how to write your own is told in [The file definition explained](../explanation/file-definition.md).
"""

FIELD_ATTRIBUTE_TEXTS = {
    "label": "What people read. Required.",
    "type": "What a value is; its reader standardises and validates it. Required.",
    "group": "Where the field stands on the page. Without it: `trade`.",
    "privacy": "`public`, `personal` (as without it), `sealed` (encrypted under the person's own key) or "
    "`forbidden` (recognised in order to be refused).",
    "purposes": "The purposes that need the field. Required: what nobody needs is not kept.",
    "retention": "The retention class. Without it: `contact`.",
    "survivorship": "How the golden value is chosen: `source_priority`, `most_recent` (as without it), "
    "`most_frequent`, `most_complete`, `confirmed_first`, or `collect_all` where several values are kept.",
    "applies_to": "`[person]`, `[organisation]`, or both, as without it.",
    "multiple": "`true` where a customer can have several values.",
    "match": "What the field is for when records are compared. Without it: not compared.",
    "choices": "The possible values of a field of type `choice`.",
    "validator": "For type `text`: a regular expression that the whole value must match.",
    "validator_hint": "The validator in words, shown when it refuses a value.",
    "mask": "How the value is shown until it is revealed: `none`, `last4`, `year`, `all`. Needed if sealed.",
    "search": "How search finds it: `none`, `name`, `place`, `identifier`. Never for sealed fields.",
    "required": "`true` where a record without it is refused.",
    "entry": "Whether people who enter a customer by hand are asked for it: `required` (nobody is saved without it), "
    "`at_once`, `more` (folded away) or `never`. Without it: names, birth date, e-mail, phone and address at once, the "
    "others folded away.",
    "help": "A sentence shown beside the field.",
}
EVENT_ATTRIBUTE_TEXTS = {
    "label": "What people read. Required.",
    "category": "`purchase`, `interaction`, `behaviour`, `account` or `note`. Required.",
    "properties": "What the event carries: `{order_id: identifier, total: money}`, or, with more to say, "
    "`{order_id: {type: identifier, required: true}}`.",
    "without": "Properties of a pack's event type to leave out.",
    "privacy": "`public` or `personal` (as without it).",
    "retention": "The retention class. Without it: `contract`.",
}


def reference() -> str:
    """The whole page."""
    parts = [INTRODUCTION, *(_pack(name) for name in PACK_NAMES), _attributes()]
    return "\n".join(parts)


def _pack(name: str) -> str:
    base, with_pack = load_packs([]), load_packs([name])
    own = with_pack if name == "base" else _added(base, with_pack)
    parts = [f"## Pack `{name}`: {pack_label(name)}\n"]
    if own.purposes:
        rows = ((f"`{p.key}`", p.label, p.lawful_basis.replace("_", " ")) for p in own.purposes)
        parts.append("### Purposes\n\n" + _table(("Purpose", "Meaning", "Lawful basis"), rows))
    if own.retention_classes:
        rows = (
            (f"`{c.key}`", c.label, f"{c.months} months from {c.starts.replace('_', ' ')}")
            for c in own.retention_classes
        )
        parts.append("### Retention classes\n\n" + _table(("Class", "For", "Kept"), rows))
    parts.append("### Fields\n\n" + _table(_FIELD_HEADERS, map(_field_row, own.fields)))
    changes = list(_changed_fields(base, with_pack))
    if changes:
        headers = ("Field of the base pack", "Further purposes", "Kept as")
        parts.append("### What it asks of the base fields\n\n" + _table(headers, changes))
    parts.append("### Event types\n\n" + _table(_EVENT_HEADERS, map(_event_row, own.event_types)))
    return "\n".join(parts)


def _added(base: FileDefinition, with_pack: FileDefinition) -> FileDefinition:
    keys = {field.key for field in base.fields}
    return FileDefinition(
        packs=with_pack.packs,
        fields=tuple(field for field in with_pack.fields if field.key not in keys),
        event_types=tuple(event for event in with_pack.event_types if event not in base.event_types),
        purposes=tuple(purpose for purpose in with_pack.purposes if purpose not in base.purposes),
        retention_classes=tuple(c for c in with_pack.retention_classes if c not in base.retention_classes),
    )


def _changed_fields(base: FileDefinition, with_pack: FileDefinition) -> Iterator[tuple[str, ...]]:
    for before in base.fields:
        after = with_pack.field(before.key)
        if after != before:
            further = [purpose for purpose in after.purposes if purpose not in before.purposes]
            retention = after.retention if after.retention != before.retention else ""
            yield (f"`{after.key}`", ", ".join(further), retention)


_FIELD_HEADERS = ("Field", "Label", "Type", "For", "Class", "Purposes", "Kept as", "Golden value")


def _field_row(field: FieldDefinition) -> tuple[str, ...]:
    kind = f"{field.type}: {', '.join(field.choices)}" if field.choices else field.type
    return (
        f"`{field.key}`",
        f"{field.label}. {field.help}" if field.help else field.label,
        f"{kind} (several)" if field.multiple else kind,
        "both" if len(field.applies_to) > 1 else field.applies_to[0],
        field.privacy.value,
        ", ".join(field.purposes),
        field.retention,
        field.survivorship.value.replace("_", " "),
    )


_EVENT_HEADERS = ("Event type", "Label", "Category", "Kept as", "Properties (required in bold)")


def _event_row(event: EventType) -> tuple[str, ...]:
    properties = (
        f"**{declared.key}** ({declared.type})" if declared.required else f"{declared.key} ({declared.type})"
        for declared in event.properties
    )
    return (event.name, event.label, event.category, event.retention, ", ".join(properties))


def _attributes() -> str:
    field_rows = ((f"`{name}`", FIELD_ATTRIBUTE_TEXTS[name]) for name in FIELD_ATTRIBUTES)
    event_rows = ((f"`{name}`", EVENT_ATTRIBUTE_TEXTS[name]) for name in EVENT_ATTRIBUTES)
    property_types = ", ".join(f"`{name}`" for name in PROPERTY_TYPES if name not in FIELD_TYPES)
    return "\n".join(
        (
            "## Attributes of a field\n\n" + _table(("Attribute", "Meaning"), field_rows),
            "## Attributes of an event type\n\n" + _table(("Attribute", "Meaning"), event_rows),
            "## Types\n\n" + ", ".join(f"`{name}`" for name in FIELD_TYPES) + ".\n",
            f"A property of an event can also be {property_types}.\n",
        )
    )


def _table(headers: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headers, ("---",) * len(headers), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
