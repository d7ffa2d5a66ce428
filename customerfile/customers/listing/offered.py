"""What a list can show, filter by and sort by, for somebody. What they may not see is not offered. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from customerfile.access.sight import Sight
from customerfile.base.told import noted_text
from customerfile.customers.search.findable import NAME_FIELDS
from customerfile.definition.schema import FieldDefinition, FileDefinition, PrivacyClass

NUMBER, KIND, PLACE, CONTACT = "file.number", "file.kind", "file.place", "file.contact"
RECORDS, CHANGED, SINCE = "file.records", "file.changed", "file.since"
NAME = "file.name"  # always the first column
DEFAULT_COLUMNS = (NUMBER, PLACE, CONTACT, RECORDS, CHANGED)
OWN_GROUP = "file"
NUMBERS, DATES = (
    ("number", "integer", "money"),
    ("date", "birth_date", "instant"),
)  # types that are compared so


class Operator(StrEnum):
    """How a value is compared. `value` stands in addresses."""

    IS = "is"
    CONTAINS = "contains"
    ONE_OF = "one-of"
    BEFORE = "before"
    AFTER = "after"
    BELOW = "below"
    ABOVE = "above"
    EMPTY = "empty"
    FILLED = "filled"

    @property
    def takes_value(self) -> bool:
        """Whether something is compared with."""
        return self not in (Operator.EMPTY, Operator.FILLED)


_PRESENCE = (Operator.EMPTY, Operator.FILLED)
_TIMES = (Operator.BEFORE, Operator.AFTER)
_OPERATORS = {
    "date": (*_TIMES, Operator.IS, *_PRESENCE),
    "birth_date": (*_TIMES, Operator.IS, *_PRESENCE),
    "instant": (*_TIMES, *_PRESENCE),
    "number": (Operator.BELOW, Operator.ABOVE, Operator.IS, *_PRESENCE),
    "integer": (Operator.BELOW, Operator.ABOVE, Operator.IS, *_PRESENCE),
    "money": (Operator.BELOW, Operator.ABOVE, *_PRESENCE),
    "choice": (Operator.ONE_OF, *_PRESENCE),
    "gender": (Operator.ONE_OF, *_PRESENCE),
    "boolean": (Operator.ONE_OF, *_PRESENCE),
    "address": (Operator.CONTAINS, *_PRESENCE),
}
_TEXTS = (Operator.CONTAINS, Operator.IS, *_PRESENCE)
_CHOICES = {"gender": ("female", "male", "other"), "boolean": ("true", "false")}


@dataclass(frozen=True, slots=True)
class Offered:
    """A column. No `operators`: it cannot be filtered by. `declared` None: the file keeps it, no record says it."""

    key: str
    label: str
    group: str
    type: str
    operators: tuple[Operator, ...] = ()
    choices: tuple[str, ...] = ()
    sortable: bool = True
    declared: FieldDefinition | None = None


def offered(definition: FileDefinition, sight: Sight) -> dict[str, Offered]:
    """All that somebody may have in their list, by its key."""
    own = [each for each in _OWN if sight.shows_all or _NEEDED.get(each.key, _shown)(sight)]
    fields = [_of_field(field) for field in definition.fields if sight.shows(field.key)]
    return {each.key: each for each in [*own, *fields]}


def default_columns(fields: Mapping[str, Offered]) -> tuple[str, ...]:
    """The columns of a list of which nothing is said."""
    return tuple(key for key in DEFAULT_COLUMNS if key in fields)


def _shown(sight: Sight) -> bool:
    return True


_OWN = (
    Offered(NAME, noted_text("Name"), OWN_GROUP, "text"),
    Offered(NUMBER, noted_text("Number"), OWN_GROUP, "text"),
    Offered(KIND, noted_text("Kind"), OWN_GROUP, "choice", (Operator.ONE_OF,), ("person", "organisation")),
    Offered(PLACE, noted_text("Place"), OWN_GROUP, "text", sortable=False),
    Offered(CONTACT, noted_text("Contact"), OWN_GROUP, "text", sortable=False),
    Offered(
        RECORDS, noted_text("Records"), OWN_GROUP, "integer", (Operator.BELOW, Operator.ABOVE, Operator.IS)
    ),
    Offered(CHANGED, noted_text("Last change"), OWN_GROUP, "instant", _TIMES),
    Offered(SINCE, noted_text("In the file since"), OWN_GROUP, "instant", _TIMES),
)
_NEEDED = {
    NAME: lambda sight: sight.shows(*NAME_FIELDS),
    PLACE: lambda sight: sight.shows("address"),
    CONTACT: lambda sight: sight.shows("email") or sight.shows("phone"),
}


def _of_field(field: FieldDefinition) -> Offered:
    if field.privacy is PrivacyClass.SEALED:
        return Offered(field.key, field.label, field.group, field.type, _PRESENCE, (), False, field)
    choices = field.choices or _CHOICES.get(field.type, ())
    return Offered(
        field.key,
        field.label,
        field.group,
        field.type,
        _OPERATORS.get(field.type, _TEXTS),
        choices,
        declared=field,
    )
