"""What must hold for a declaration to be usable. Pure: a declaration goes in, its breaches come out."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from customerfile.definition.attributes import did_you_mean
from customerfile.definition.naming import KEY, KEY_REMEDY, is_object_action
from customerfile.definition.schema import (
    AgreementKind,
    EventType,
    FieldDefinition,
    MatchRole,
    PrivacyClass,
    PropertyDefinition,
    Purpose,
    RetentionClass,
    Survivorship,
)

# The kinds of values.kinds, written out: importing these loads every reader, and a test holds the two together.
FIELD_TYPES = (
    "text", "given_name", "middle_name", "family_name", "name_prefix", "name_suffix",
    "organisation_name", "email", "phone", "address", "country", "region", "postcode", "date",
    "birth_date", "instant", "money", "number", "integer", "boolean", "gender", "language", "currency",
    "url", "choice", "national_id", "tax_id", "vat", "passport", "driving_licence",
    "registration_number", "iban", "bic", "account_number", "customer_number", "identifier",
)  # fmt: skip
PROPERTY_TYPES = (*FIELD_TYPES, "list", "object")
PARTIES = ("person", "organisation")
RESERVED_KEYS = (
    "kind",
    "key",
    "updated_at",
    "customer",
    "order",
    "event",
    "agreement",
    "holder",
    "full_name",
)  # records and mappings use them
INDISPENSABLE = (
    "given_name",
    "family_name",
    "organisation_name",
)  # a customer without any name cannot be shown
MAX_VALIDATOR = 300
MAX_MONTHS = 1200

_IDENTIFIERS = (
    "national_id", "tax_id", "vat", "passport", "driving_licence", "registration_number", "iban", "bic",
    "account_number", "customer_number", "identifier",
)  # fmt: skip
_MATCH_TYPES: dict[MatchRole, tuple[str, ...]] = {
    MatchRole.GIVEN_NAME: ("given_name",),
    MatchRole.MIDDLE_NAME: ("middle_name",),
    MatchRole.FAMILY_NAME: ("family_name",),
    MatchRole.NAME_SUFFIX: ("name_suffix",),
    MatchRole.ORGANISATION_NAME: ("organisation_name",),
    MatchRole.BIRTH_DATE: ("birth_date",),
    MatchRole.GENDER: ("gender",),
    MatchRole.EMAIL: ("email",),
    MatchRole.PHONE: ("phone",),
    MatchRole.ADDRESS: ("address",),
    MatchRole.STRONG_IDENTIFIER: _IDENTIFIERS,
    MatchRole.WEAK_IDENTIFIER: _IDENTIFIERS,
}
# Types whose standard value the program itself reads: a pack's field of such a type keeps its type and shape.
_FIXED_TYPES = (frozenset(type_ for types in _MATCH_TYPES.values() for type_ in types) - {"identifier"}) | {
    "name_prefix"
}

_FOUND_BY_DIGEST = ("none", "identifier")  # a whole number is found without reading any


@dataclass(frozen=True, slots=True)
class Breach:
    attribute: str  # where it lies; "" is the declaration as a whole
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What a declaration may refer to."""

    purposes: Collection[str]
    retention_classes: Collection[str]


def field_breaches(field: FieldDefinition, declared: Declared) -> Iterator[Breach]:
    """Everything that is wrong with a field."""
    yield from _key_breaches(field)
    yield from _type_breaches(field)
    yield from _purpose_breaches(field, declared)
    yield from retention_breaches(field.retention, declared)
    yield from _party_breaches(field)
    yield from _choice_breaches(field)
    yield from _validator_breaches(field)
    yield from _survivorship_breaches(field)
    yield from _privacy_breaches(field)
    yield from _match_breaches(field)


def event_breaches(event: EventType, declared: Declared) -> Iterator[Breach]:
    """Everything that is wrong with an event type."""
    if not is_object_action(event.name):
        reason = f'"{event.name}" is not an Object Action name.'
        remedy = 'Write the thing, then what happened to it, each word with a capital: "Order Completed".'
        yield Breach("", reason, remedy)
    yield from _missing(event.label, "label", f'The event type "{event.name}"', "label: Purchase")
    yield from _missing(event.category, "category", f'The event type "{event.name}"', "category: interaction")
    yield from retention_breaches(event.retention, declared)
    if event.privacy in (PrivacyClass.SEALED, PrivacyClass.FORBIDDEN):
        yield Breach(
            "privacy", f"An event cannot be {event.privacy}.", "Use personal, or keep it as a sealed field."
        )
    for declared_property in event.properties:
        yield from _property_breaches(declared_property)


def agreement_breaches(kind: AgreementKind, declared: Declared) -> Iterator[Breach]:
    """Everything that is wrong with a kind of agreement."""
    subject = f'The kind of agreement "{kind.key}"'
    if not KEY.fullmatch(kind.key):
        yield Breach("", f'"{kind.key}" is not a usable key of a kind of agreement.', KEY_REMEDY)
    yield from _missing(kind.label, "label", subject, "label: Savings account")
    yield from retention_breaches(kind.retention, declared)
    if kind.privacy in (PrivacyClass.SEALED, PrivacyClass.FORBIDDEN):
        yield Breach(
            "privacy",
            f"An agreement cannot be {kind.privacy}.",
            "Use personal, or keep it as a sealed field.",
        )
    for term in kind.terms:
        yield from _property_breaches(term, "terms")


def _property_breaches(declared: PropertyDefinition, section: str = "properties") -> Iterator[Breach]:
    place = f"{section}.{declared.key}"
    if not KEY.fullmatch(declared.key):
        yield Breach(place, f'"{declared.key}" is not a usable property key.', KEY_REMEDY)
    if declared.type not in PROPERTY_TYPES:
        reason = f'"{declared.type}", the type of "{declared.key}", does not exist.'
        yield Breach(place, reason, did_you_mean(declared.type, PROPERTY_TYPES))


def purpose_breaches(purpose: Purpose) -> Iterator[Breach]:
    """Everything that is wrong with a purpose."""
    if not KEY.fullmatch(purpose.key):
        yield Breach("", f'"{purpose.key}" is not a usable purpose key.', KEY_REMEDY)
    yield from _missing(purpose.label, "label", f'The purpose "{purpose.key}"', "label: Send news and offers")
    yield from _missing(
        purpose.lawful_basis, "lawful_basis", f'The purpose "{purpose.key}"', "lawful_basis: consent"
    )


def class_breaches(retention: RetentionClass) -> Iterator[Breach]:
    """Everything that is wrong with a retention class."""
    if not KEY.fullmatch(retention.key):
        yield Breach("", f'"{retention.key}" is not a usable retention class key.', KEY_REMEDY)
    subject = f'The retention class "{retention.key}"'
    yield from _missing(retention.label, "label", subject, "label: Contact data")
    yield from _missing(retention.starts, "starts", subject, "starts: last_contact")
    if not 1 <= retention.months <= MAX_MONTHS:
        yield Breach(
            "months",
            f"{subject} needs its months, from 1 to {MAX_MONTHS}.",
            "Write, for example, months: 36.",
        )


def retention_breaches(key: str, declared: Declared) -> Iterator[Breach]:
    if key not in declared.retention_classes:
        reason = f'The retention class "{key}" is not declared.'
        yield Breach("retention", reason, did_you_mean(key, declared.retention_classes))


def override_breaches(before: FieldDefinition, after: FieldDefinition) -> Iterator[Breach]:
    """What may not be changed on a field that a pack declares, because the program itself reads its value."""
    if before.type not in _FIXED_TYPES:
        return
    remedy = "Declare a field of your own beside it."
    if after.type != before.type:
        yield Breach(
            "type", f'"{before.key}" must stay of type {before.type}: matching and search read it.', remedy
        )
    if after.multiple != before.multiple:
        held = "several values" if before.multiple else "one value"
        yield Breach("multiple", f'"{before.key}" must hold {held}: matching and search read it.', remedy)


def _missing(value: str, attribute: str, subject: str, example: str) -> Iterator[Breach]:
    if not value:
        yield Breach(attribute, f"{subject} has no {attribute}.", f"Add, for example, `{example}`.")


def _key_breaches(field: FieldDefinition) -> Iterator[Breach]:
    if not KEY.fullmatch(field.key):
        yield Breach("", f'"{field.key}" is not a usable field key.', KEY_REMEDY)
    if field.key in RESERVED_KEYS:
        yield Breach("", f'The key "{field.key}" is used by the program itself.', "Choose another key.")
    yield from _missing(field.label, "label", f'The field "{field.key}"', "label: Shoe size")


def _type_breaches(field: FieldDefinition) -> Iterator[Breach]:
    yield from _missing(field.type, "type", f'The field "{field.key}"', "type: text")
    if field.type and field.type not in FIELD_TYPES:
        yield Breach(
            "type", f'The type "{field.type}" does not exist.', did_you_mean(field.type, FIELD_TYPES)
        )


def _purpose_breaches(field: FieldDefinition, declared: Declared) -> Iterator[Breach]:
    if not field.purposes:
        reason = f'The field "{field.key}" has no purpose; what nobody needs must not be kept.'
        yield Breach("purposes", reason, "Add, for example, `purposes: [service]`, or remove the field.")
    for purpose in field.purposes:
        if purpose not in declared.purposes:
            reason = f'The purpose "{purpose}" is not declared.'
            yield Breach(f"purposes.{purpose}", reason, did_you_mean(purpose, declared.purposes))


def _party_breaches(field: FieldDefinition) -> Iterator[Breach]:
    if not field.applies_to or not set(field.applies_to) <= set(PARTIES):
        reason = f'"{field.key}" applies to persons, organisations or both.'
        yield Breach("applies_to", reason, "Write [person], [organisation] or [person, organisation].")


def _choice_breaches(field: FieldDefinition) -> Iterator[Breach]:
    if field.type == "choice" and not field.choices:
        yield Breach(
            "choices",
            f'The choices of "{field.key}" are missing.',
            "Add, for example, `choices: [small, large]`.",
        )
    if field.type != "choice" and field.choices:
        yield Breach(
            "choices", f'"{field.key}" has choices but is of type {field.type}.', "Write `type: choice`."
        )


def _validator_breaches(field: FieldDefinition) -> Iterator[Breach]:
    if not field.validator:
        return
    if field.type != "text":
        yield Breach(
            "validator",
            f"A validator is for text, not for {field.type}.",
            "Remove it: the type has its own rule.",
        )
    if not field.validator_hint:
        reason = "The validator has no hint to show when it refuses a value."
        yield Breach(
            "validator", reason, "Add, for example, `validator_hint: two letters, then four digits`."
        )
    if len(field.validator) > MAX_VALIDATOR:
        yield Breach(
            "validator", f"The validator is longer than {MAX_VALIDATOR} characters.", "Make it simpler."
        )
        return
    try:
        re.compile(field.validator)
    except re.error as error:
        yield Breach(
            "validator", f"The validator is not a regular expression: {error}.", "Correct or remove it."
        )


def _survivorship_breaches(field: FieldDefinition) -> Iterator[Breach]:
    collects = field.survivorship is Survivorship.COLLECT_ALL
    if field.multiple and not collects:
        reason = f'"{field.key}" holds several values, but {field.survivorship} keeps a single one.'
        yield Breach("survivorship", reason, "Write `survivorship: collect_all`, or `multiple: false`.")
    if collects and not field.multiple:
        reason = f'"{field.key}" holds a single value, but collect_all keeps several.'
        yield Breach("survivorship", reason, "Write `multiple: true`, or choose a rule such as most_recent.")


def _privacy_breaches(field: FieldDefinition) -> Iterator[Breach]:
    closed = field.privacy in (PrivacyClass.SEALED, PrivacyClass.FORBIDDEN)
    if field.privacy is PrivacyClass.SEALED and field.mask == "none":
        reason = f'"{field.key}" is sealed but would be shown in full.'
        yield Breach("mask", reason, "Write `mask: last4` or `mask: all`.")
    if closed and field.search not in _FOUND_BY_DIGEST:
        reason = f'"{field.key}" is {field.privacy} and cannot be searched by its text.'
        yield Breach(
            "search", reason, "Write `search: identifier` to find whole numbers, or remove `search`."
        )
    if field.privacy is PrivacyClass.FORBIDDEN and field.required:
        yield Breach("required", f'"{field.key}" is forbidden and required at once.', "Remove `required`.")
    if field.privacy is PrivacyClass.FORBIDDEN and field.entry not in ("", "never"):
        yield Breach("entry", f'"{field.key}" is forbidden and cannot be asked for.', "Remove `entry`.")
    if field.required and field.entry in ("more", "never"):
        reason = f'"{field.key}" is required, so whoever enters a customer has to be asked for it.'
        yield Breach("entry", reason, "Write `entry: required`, or remove `entry`.")


def _match_breaches(field: FieldDefinition) -> Iterator[Breach]:
    if field.match is MatchRole.NONE:
        return
    if field.privacy is PrivacyClass.FORBIDDEN:
        yield Breach("match", f'"{field.key}" is forbidden and cannot be compared.', "Remove `match`.")
    if field.type in FIELD_TYPES and field.type not in _MATCH_TYPES[field.match]:
        types = " or ".join(_MATCH_TYPES[field.match])
        reason = f"A field compared as {field.match} cannot be of type {field.type}."
        yield Breach("match", reason, f"Use the type {types}, or remove `match`.")
