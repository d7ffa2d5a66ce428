"""What is wanted of one field for many customers, and what it comes to for each of them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from customerfile.base.told import noted_text
from customerfile.customers.correcting.changes import Adds, Change, Instead, Says, mark_of
from customerfile.definition.schema import FieldDefinition, MatchRole, PrivacyClass
from customerfile.sources.kinds_of_customer import PERSON


class Way(StrEnum):
    """What is done with the field. ADD and REMOVE are for fields of several values.

    CONFIRM changes no field: what is on file of a customer was asked for, and holds.
    """

    SET = "set"
    ADD = "add"
    REMOVE = "remove"
    EMPTY = "empty"
    CONFIRM = "confirm"

    @property
    def takes_value(self) -> bool:
        """Whether a value has to be said."""
        return self not in (Way.EMPTY, Way.CONFIRM)


class Outcome(StrEnum):
    """What becomes, or became, of one customer."""

    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Wish:
    """`values`: kind of customer -> the canonical value; `refusals`: kind -> why customers of it have none."""

    field: str
    way: Way
    values: Mapping[str, Any]
    refusals: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fate:
    """What a wish comes to for one customer: `after` are the values that the field holds then."""

    outcome: Outcome
    after: Sequence[Any]
    reason: str = ""


def ways_of(field: FieldDefinition) -> tuple[Way, ...]:
    """What may be done with a field for many at once.

    What customers are recognised or found by is each one's own: it can be emptied for many, and not be given to many.
    """
    if field.privacy is PrivacyClass.FORBIDDEN:
        return ()
    is_own = field.match is not MatchRole.NONE or field.search in ("identifier", "name")
    if is_own or field.privacy is PrivacyClass.SEALED:
        return (Way.EMPTY,)
    return (Way.ADD, Way.REMOVE, Way.SET, Way.EMPTY) if field.multiple else (Way.SET, Way.EMPTY)


def unfit_kind(field: FieldDefinition, kind: str) -> str:
    """Why customers of a kind do not have a field, in English, as it is stored; "" where they do."""
    if kind in field.applies_to:
        return ""
    lacks = noted_text("A person has no {field}." if kind == PERSON else "An organisation has no {field}.")
    return lacks.format(field=field.label.lower())


def fate_of(wish: Wish, kind: str, golden: Sequence[Any]) -> Fate:
    """What the wish comes to for a customer of this kind, whose field holds these values now."""
    if wish.way is Way.CONFIRM:
        return Fate(Outcome.CHANGED, golden)
    if wish.way is Way.EMPTY:
        return _fate(golden, ())
    if wish.refusals.get(kind):
        return Fate(Outcome.REFUSED, golden, wish.refusals[kind])
    value = wish.values[kind]
    mark = mark_of(value)
    rest = [each for each in golden if mark_of(each) != mark]
    match wish.way:
        case Way.ADD:
            return _fate(golden, golden if len(rest) < len(golden) else [*golden, value])
        case Way.REMOVE:
            return _fate(golden, rest)
        case _:
            return _fate(golden, golden if golden and not rest else [value])


def change_of(wish: Wish, kind: str) -> Change:
    """The wish as a correction of one customer of this kind that it changes."""
    value = wish.values.get(kind)
    match wish.way:
        case Way.ADD:
            return Adds(value)
        case Way.REMOVE:
            return Instead(mark_of(value), None)
        case Way.EMPTY:
            return Says(None)
        case _:
            return Says(value)


def _fate(golden: Sequence[Any], after: Sequence[Any]) -> Fate:
    is_same = list(map(mark_of, golden)) == list(map(mark_of, after))
    return Fate(Outcome.SAME if is_same else Outcome.CHANGED, after)
