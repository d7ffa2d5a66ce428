"""The shape of a file definition: what a field, an event type and a purpose declare. Frozen values, no Django."""

from dataclasses import dataclass
from enum import StrEnum


class PrivacyClass(StrEnum):
    PUBLIC = "public"
    PERSONAL = "personal"
    SEALED = "sealed"
    FORBIDDEN = "forbidden"


class Survivorship(StrEnum):
    """How the golden value is chosen among the records' values (see customers.survivorship)."""

    SOURCE_PRIORITY = "source_priority"
    MOST_RECENT = "most_recent"
    MOST_FREQUENT = "most_frequent"
    MOST_COMPLETE = "most_complete"
    CONFIRMED_FIRST = "confirmed_first"
    COLLECT_ALL = "collect_all"  # keep every distinct value (contact points, identifiers)


class MatchRole(StrEnum):
    """What a field is for in matching; NONE is not compared."""

    NONE = "none"
    GIVEN_NAME = "given_name"
    MIDDLE_NAME = "middle_name"
    FAMILY_NAME = "family_name"
    NAME_SUFFIX = "name_suffix"
    ORGANISATION_NAME = "organisation_name"
    BIRTH_DATE = "birth_date"
    GENDER = "gender"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    STRONG_IDENTIFIER = "strong_identifier"  # one holder in the world: national id, passport, VAT number
    WEAK_IDENTIFIER = "weak_identifier"  # may be shared or reused: account number, IBAN


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    key: str  # snake_case, unique in the definition
    label: str
    type: str  # a kind of customerfile.values.kinds.KINDS
    group: str  # where it stands on the page: "name", "contact", "identity", "trade", ...
    privacy: PrivacyClass
    purposes: tuple[str, ...]  # keys of purposes that need this field (data minimisation: never empty)
    retention: str  # retention class key
    survivorship: Survivorship
    applies_to: tuple[str, ...] = ("person", "organisation")
    multiple: bool = False
    match: MatchRole = MatchRole.NONE
    choices: tuple[str, ...] = ()  # for type "choice"
    validator: str = ""  # for type "text": a regular expression the whole value must match
    validator_hint: str = ""  # the rule in words, shown when the validator refuses
    mask: str = "none"  # "none", "last4", "year", "all"
    search: str = "none"  # "none", "name", "place", "identifier"
    required: bool = False
    help: str = ""
    pack: str = ""  # the pack that declared it
    entry: str = ""  # whether people who enter a customer are asked for it: see `attributes.ENTRIES`


@dataclass(frozen=True, slots=True)
class PropertyDefinition:
    key: str
    type: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class EventType:
    name: str  # Object Action, as in "Order Completed"
    category: str  # "purchase", "interaction", "behaviour", "account", "note"
    label: str
    properties: tuple[PropertyDefinition, ...] = ()
    privacy: PrivacyClass = PrivacyClass.PERSONAL
    retention: str = "contract"
    pack: str = ""


@dataclass(frozen=True, slots=True)
class AgreementKind:
    """Something customers hold over time: an account, a loan, a subscription, a policy, a pledge."""

    key: str  # snake_case, unique in the definition
    label: str
    counts_as: str  # what its balance is: "value" to the customer, "exposure" of ours, or "nothing" to add up
    terms: tuple[PropertyDefinition, ...] = ()
    privacy: PrivacyClass = PrivacyClass.PERSONAL
    retention: str = "contract"
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Purpose:
    key: str
    label: str
    # GDPR article 6(1): consent, contract, legal_obligation, vital_interests, public_task, legitimate_interests
    lawful_basis: str


@dataclass(frozen=True, slots=True)
class RetentionClass:
    key: str
    label: str
    months: int
    starts: str  # what the period runs from: "last_contact", "end_of_contract", "collection"


@dataclass(frozen=True, slots=True)
class FileDefinition:
    """The whole running definition. `version` counts applied changes from 1; 0 is an unapplied file."""

    packs: tuple[str, ...]
    fields: tuple[FieldDefinition, ...]
    event_types: tuple[EventType, ...]
    purposes: tuple[Purpose, ...]
    retention_classes: tuple[RetentionClass, ...]
    version: int = 0
    agreement_kinds: tuple[AgreementKind, ...] = ()

    def field(self, key: str) -> FieldDefinition:
        """The field with this key. Raises KeyError where none is declared."""
        for declared in self.fields:
            if declared.key == key:
                return declared
        raise KeyError(key)

    def event_type(self, name: str) -> EventType:
        """The event type with this name. Raises KeyError where none is declared."""
        for declared in self.event_types:
            if declared.name == name:
                return declared
        raise KeyError(name)
