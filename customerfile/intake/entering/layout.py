"""What people who enter a customer are asked for, and how it is laid out: derived from the file definition. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from customerfile.access.sight import Sight
from customerfile.definition.schema import FieldDefinition, FileDefinition, MatchRole, PrivacyClass

_TELLS_WHO = frozenset(
    {
        MatchRole.GIVEN_NAME,
        MatchRole.FAMILY_NAME,
        MatchRole.ORGANISATION_NAME,
        MatchRole.BIRTH_DATE,
        MatchRole.EMAIL,
        MatchRole.PHONE,
        MatchRole.ADDRESS,
    }
)


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """Fields that stand together under the name of their group."""

    key: str
    fields: tuple[FieldDefinition, ...]


@dataclass(frozen=True, slots=True)
class EntryLayout:
    """`at_once` is seen when the form opens, `more` where somebody unfolds it. `required` are keys."""

    at_once: tuple[AskedGroup, ...]
    more: tuple[AskedGroup, ...]
    required: frozenset[str]

    @property
    def fields(self) -> tuple[FieldDefinition, ...]:
        """All of them, as they stand on the form."""
        return tuple(field for group in (*self.at_once, *self.more) for field in group.fields)


def entry_layout(definition: FileDefinition, *, kind: str, sight: Sight) -> EntryLayout:
    """What somebody with this sight is asked for of a person or organisation, in the definition's order."""
    asked = [field for field in definition.fields if kind in field.applies_to and sight.shows(field.key)]
    places = {field.key: _place(field) for field in asked}
    return EntryLayout(
        at_once=_groups(field for field in asked if places[field.key] in ("required", "at_once")),
        more=_groups(field for field in asked if places[field.key] == "more"),
        required=frozenset(key for key, place in places.items() if place == "required"),
    )


def _place(field: FieldDefinition) -> str:
    if field.privacy is PrivacyClass.FORBIDDEN:
        return "never"
    if field.required:
        return "required"
    return field.entry or ("at_once" if field.match in _TELLS_WHO else "more")


def _groups(fields: Iterable[FieldDefinition]) -> tuple[AskedGroup, ...]:
    """Fields by group, the groups in the order of their first field."""
    listed = list(fields)
    places = {group: place for place, group in reversed(list(enumerate(field.group for field in listed)))}
    ordered = sorted(listed, key=lambda field: places[field.group])
    return tuple(
        AskedGroup(key, tuple(found)) for key, found in groupby(ordered, key=lambda field: field.group)
    )
