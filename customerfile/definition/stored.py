"""A definition as plain JSON, complete: a stored version means the same after the shipped packs change."""

from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from json import dumps
from typing import Any

from customerfile.definition.schema import (
    AgreementKind,
    EventType,
    FieldDefinition,
    FileDefinition,
    MatchRole,
    PrivacyClass,
    PropertyDefinition,
    Purpose,
    RetentionClass,
    Survivorship,
)

type Document = dict[str, Any]


def to_document(definition: FileDefinition) -> Document:
    """Everything that a definition declares, without its version number."""
    document = asdict(definition)
    del document["version"]
    return document


def from_document(document: Mapping[str, Any], *, version: int) -> FileDefinition:
    """The definition that `to_document` wrote, read back from JSON."""
    return FileDefinition(
        packs=tuple(document["packs"]),
        fields=tuple(_field(field) for field in document["fields"]),
        event_types=tuple(_event_type(event) for event in document["event_types"]),
        purposes=tuple(Purpose(**purpose) for purpose in document["purposes"]),
        retention_classes=tuple(RetentionClass(**kept) for kept in document["retention_classes"]),
        version=version,
        agreement_kinds=tuple(_agreement_kind(kind) for kind in document.get("agreement_kinds", ())),
    )


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document in one canonical writing."""
    return sha256(dumps(document, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _field(document: Mapping[str, Any]) -> FieldDefinition:
    typed = {
        "privacy": PrivacyClass(document["privacy"]),
        "survivorship": Survivorship(document["survivorship"]),
        "match": MatchRole(document["match"]),
        "purposes": tuple(document["purposes"]),
        "applies_to": tuple(document["applies_to"]),
        "choices": tuple(document["choices"]),
    }
    return FieldDefinition(**{**document, **typed})


def _event_type(document: Mapping[str, Any]) -> EventType:
    typed = {
        "privacy": PrivacyClass(document["privacy"]),
        "properties": tuple(PropertyDefinition(**declared) for declared in document["properties"]),
    }
    return EventType(**{**document, **typed})


def _agreement_kind(document: Mapping[str, Any]) -> AgreementKind:
    typed = {
        "privacy": PrivacyClass(document["privacy"]),
        "terms": tuple(PropertyDefinition(**declared) for declared in document["terms"]),
    }
    return AgreementKind(**{**document, **typed})
