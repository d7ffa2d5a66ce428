"""What a user's file takes away from its packs. A removed purpose leaves every field it served."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from customerfile.definition.attributes import did_you_mean
from customerfile.definition.document import FaultList, Listing, Mapping, Node, Scalar
from customerfile.definition.rules import INDISPENSABLE
from customerfile.definition.schema import FileDefinition

SECTIONS = ("fields", "event_types", "agreement_kinds", "purposes", "retention_classes")


@dataclass(frozen=True, slots=True)
class Removals:
    """The keys to take away, each with its line, by section."""

    keys: dict[str, dict[str, int]]

    def of(self, section: str) -> dict[str, int]:
        return self.keys.get(section, {})


def read_removals(document: Mapping, below: FileDefinition, faults: FaultList) -> Removals:
    """Reads `remove:`; a key that is not there to be removed becomes a fault."""
    entry = document.entries.get("remove")
    if entry is None:
        return Removals({})
    if not isinstance(entry.node, Mapping):
        faults.add(
            entry.line, '"remove" names what to remove by section.', "Write `fields: [education]` below it."
        )
        return Removals({})
    keys: dict[str, dict[str, int]] = {}
    for section, listed in entry.node.entries.items():
        if section not in SECTIONS:
            faults.add(listed.line, f'Nothing is called "{section}".', did_you_mean(section, SECTIONS))
        else:
            keys[section] = _read_keys(listed.node, _known(below, section), faults)
    return Removals(keys)


def take_away(below: FileDefinition, removals: Removals) -> FileDefinition:
    """The definition without what is removed."""
    gone = removals.of("purposes")
    fields = (
        replace(field, purposes=tuple(key for key in field.purposes if key not in gone))
        for field in below.fields
        if field.key not in removals.of("fields")
    )
    return replace(
        below,
        fields=tuple(fields),
        event_types=tuple(e for e in below.event_types if e.name not in removals.of("event_types")),
        agreement_kinds=tuple(
            k for k in below.agreement_kinds if k.key not in removals.of("agreement_kinds")
        ),
        purposes=tuple(p for p in below.purposes if p.key not in gone),
        retention_classes=tuple(
            c for c in below.retention_classes if c.key not in removals.of("retention_classes")
        ),
    )


def _known(below: FileDefinition, section: str) -> tuple[str, ...]:
    match section:
        case "fields":
            return tuple(field.key for field in below.fields)
        case "event_types":
            return tuple(event.name for event in below.event_types)
        case "agreement_kinds":
            return tuple(kind.key for kind in below.agreement_kinds)
        case "purposes":
            return tuple(purpose.key for purpose in below.purposes)
        case _:
            return tuple(retention.key for retention in below.retention_classes)


def _read_keys(node: Node, known: Collection[str], faults: FaultList) -> dict[str, int]:
    if not isinstance(node, Listing):
        faults.add(
            node.line, "A list of keys is expected here.", "Write, for example, [education, income_band]."
        )
        return {}
    keys: dict[str, int] = {}
    for item in node.items:
        key = item.text if isinstance(item, Scalar) else ""
        if key in INDISPENSABLE:
            faults.add(
                item.line, f'"{key}" cannot be removed: no customer can be shown without a name.', "Keep it."
            )
        elif key not in known:
            faults.add(item.line, f'There is no "{key}" to remove.', did_you_mean(key, known))
        else:
            keys[key] = item.line
    return keys
