"""What a person asks to be done with a field, and the correction that it comes to. Pure.

Values are named by marks, so that a page can speak of one that it may only show masked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

from customerfile.customers.errors import NoSuchValue
from customerfile.customers.golden.corrections import values_of
from customerfile.customers.golden.survivorship import identity_of


@dataclass(frozen=True, slots=True)
class Says:
    """The field holds this, as in the canonical record, and nothing that was on record beside. None: it is wrong."""

    value: Any


@dataclass(frozen=True, slots=True)
class Keeps:
    """The value on record with this mark counts; of a field of several values it counts as well."""

    mark: str


@dataclass(frozen=True, slots=True)
class Instead:
    """Of a field of several values, the one with this mark is this one. None: it is wrong."""

    mark: str
    value: Any


@dataclass(frozen=True, slots=True)
class Adds:
    """Of a field of several values, this is one more."""

    value: Any


type Change = Says | Keeps | Instead | Adds


@dataclass(frozen=True, slots=True)
class Asked:
    """A change of a field. `seen`: the mark of the field when the person looked, where that has to be so still."""

    field: str
    change: Change
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """What there is of a field: golden values, those on record; what is stated and set aside where it will stand."""

    golden: Sequence[Any]
    on_record: Sequence[Any]
    stated: Any = None
    set_aside: Sequence[Any] = ()
    multiple: bool = False


class Made(NamedTuple):
    """A correction to be written."""

    value: Any
    set_aside: list[Any]


def mark_of(value: Any) -> str:
    """The mark of one value."""
    return blake2b(identity_of(value), digest_size=8).hexdigest()


def field_mark(golden: Iterable[Any]) -> str:
    """The mark of a field: another one as soon as its golden values are others."""
    return blake2b("".join(map(mark_of, golden)).encode(), digest_size=8).hexdigest()


def made_of(change: Change, present: Present) -> Made:
    """The correction that a change comes to. Raises NoSuchValue."""
    match change:
        case Says(value):
            stated = values_of(value)
            return _made(stated, [*present.set_aside, *present.golden, *present.on_record], present)
        case Keeps(mark):
            kept = _marked(mark, [*present.golden, *present.on_record])
            if present.multiple:
                return _made([*values_of(present.stated), kept], present.set_aside, present)
            return _made([kept], [*present.set_aside, *present.golden, *present.on_record], present)
        case Adds(value):
            return _made([*values_of(present.stated), value], present.set_aside, present)
        case Instead(mark, value):
            wrong = _marked(mark, present.golden)
            rest = [each for each in values_of(present.stated) if mark_of(each) != mark]
            return _made([*rest, *values_of(value)], [*present.set_aside, wrong], present)


def _made(stated: Sequence[Any], set_aside: Iterable[Any], present: Present) -> Made:
    found = _distinct(stated)
    marks = {mark_of(each) for each in found}
    aside = [each for each in _distinct(set_aside) if mark_of(each) not in marks]
    if present.multiple:
        return Made(found or None, aside)
    return Made(found[0] if found else None, aside)


def _distinct(values: Iterable[Any]) -> list[Any]:
    return list({identity_of(value): value for value in values}.values())


def _marked(mark: str, values: Iterable[Any]) -> Any:
    for value in values:
        if mark_of(value) == mark:
            return value
    raise NoSuchValue("The value that you chose is not there any more.", "Look at the customer again.")
