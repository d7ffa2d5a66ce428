"""Lays the declarations of one file over a definition: pack over pack, then the user's file over them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from customerfile.definition import attributes
from customerfile.definition.attributes import Declaration, Reader, read_declaration
from customerfile.definition.document import FaultList
from customerfile.definition.document import Mapping as DocumentMapping
from customerfile.definition.schema import (
    AgreementKind,
    EventType,
    FieldDefinition,
    FileDefinition,
    PrivacyClass,
    PropertyDefinition,
    Purpose,
    RetentionClass,
    Survivorship,
)

OWN = "own"  # the `pack` of what a user's own file declares
SECTIONS: dict[str, dict[str, Reader]] = {
    "purposes": attributes.PURPOSE_ATTRIBUTES,
    "retention_classes": attributes.RETENTION_ATTRIBUTES,
    "fields": attributes.FIELD_ATTRIBUTES,
    "event_types": attributes.EVENT_ATTRIBUTES,
    "agreement_kinds": attributes.AGREEMENT_ATTRIBUTES,
}

type Declarations = dict[str, dict[str, Declaration]]  # by section, then by key


def read_declarations(document: DocumentMapping, faults: FaultList) -> Declarations:
    """Every declaration of the document's sections, each with its lines."""
    return {section: _read_section(document, section, faults) for section in SECTIONS}


def lay_over(below: FileDefinition, declared: Declarations, pack: str) -> FileDefinition:
    """The definition with declarations added and overrides applied; what was there keeps its place."""
    layer = _Layer(pack)
    return replace(
        below,
        purposes=_lay({p.key: p for p in below.purposes}, declared["purposes"], _purpose),
        retention_classes=_lay(
            {c.key: c for c in below.retention_classes}, declared["retention_classes"], _retention_class
        ),
        fields=_lay({f.key: f for f in below.fields}, declared["fields"], layer.field),
        event_types=_lay({e.name: e for e in below.event_types}, declared["event_types"], layer.event_type),
        agreement_kinds=_lay(
            {k.key: k for k in below.agreement_kinds}, declared["agreement_kinds"], layer.agreement_kind
        ),
    )


def new_field(key: str, pack: str, multiple: bool = False) -> FieldDefinition:
    """A field of which nothing has been said yet: what each attribute is where the file leaves it out."""
    return FieldDefinition(
        key=key,
        label="",
        type="",
        group="trade",
        privacy=PrivacyClass.PERSONAL,
        purposes=(),
        retention="contact",
        survivorship=Survivorship.COLLECT_ALL if multiple else Survivorship.MOST_RECENT,
        pack=pack,
    )


def new_event_type(name: str, pack: str) -> EventType:
    """An event type of which nothing has been said yet."""
    return EventType(name, category="", label="", pack=pack)


def new_agreement_kind(key: str, pack: str) -> AgreementKind:
    """A kind of agreement of which nothing has been said yet."""
    return AgreementKind(key, label="", counts_as="nothing", pack=pack)


def _read_section(document: DocumentMapping, section: str, faults: FaultList) -> dict[str, Declaration]:
    entry = document.entries.get(section)
    if entry is None:
        return {}
    if not isinstance(entry.node, DocumentMapping):
        faults.add(
            entry.line, f'The section "{section}" holds no declarations.', "Indent them below it, by key."
        )
        return {}
    readers = SECTIONS[section]
    return {
        key: read_declaration(key, declared.line, declared.node, readers, faults)
        for key, declared in entry.node.entries.items()
    }


def _lay[T](
    below: Mapping[str, T], declared: Mapping[str, Declaration], build: Callable[[T | None, Declaration], T]
) -> tuple[T, ...]:
    laid = dict(below)
    for key, declaration in declared.items():
        laid[key] = build(laid.get(key), declaration)
    return tuple(laid.values())


def _purpose(below: Purpose | None, declared: Declaration) -> Purpose:
    values: dict[str, Any] = dict(declared.values)
    return replace(below or Purpose(declared.key, label="", lawful_basis=""), **values)


def _retention_class(below: RetentionClass | None, declared: Declaration) -> RetentionClass:
    values: dict[str, Any] = dict(declared.values)
    return replace(below or RetentionClass(declared.key, label="", months=0, starts=""), **values)


@dataclass(frozen=True, slots=True)
class _Layer:
    """Who declares. A pack adds purposes to another pack's field; a user's own file replaces them."""

    pack: str

    def field(self, below: FieldDefinition | None, declared: Declaration) -> FieldDefinition:
        values: dict[str, Any] = dict(declared.values)
        if below is None:
            return replace(new_field(declared.key, self.pack, values.get("multiple") is True), **values)
        if self.pack != OWN:
            values["purposes"] = tuple(dict.fromkeys((*below.purposes, *values.get("purposes", ()))))
        return replace(below, **values)

    def event_type(self, below: EventType | None, declared: Declaration) -> EventType:
        values: dict[str, Any] = dict(declared.values)
        base = below or new_event_type(declared.key, self.pack)
        without = values.pop("without", ())
        kept = tuple(known for known in base.properties if known.key not in without)
        values["properties"] = _merge_properties(kept, values.get("properties", ()))
        return replace(base, **values)

    def agreement_kind(self, below: AgreementKind | None, declared: Declaration) -> AgreementKind:
        values: dict[str, Any] = dict(declared.values)
        base = below or new_agreement_kind(declared.key, self.pack)
        without = values.pop("without", ())
        kept = tuple(known for known in base.terms if known.key not in without)
        values["terms"] = _merge_properties(kept, values.get("terms", ()))
        return replace(base, **values)


def _merge_properties(
    below: tuple[PropertyDefinition, ...], declared: tuple[PropertyDefinition, ...]
) -> tuple[PropertyDefinition, ...]:
    merged = {known.key: known for known in below}
    merged.update({added.key: added for added in declared})
    return tuple(merged.values())
