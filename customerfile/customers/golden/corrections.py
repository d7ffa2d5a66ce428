"""What people corrected, as survivorship sees it: it comes before whatever the records say. Pure.

The latest word counts. A correction also sets aside what was on record when it was made: that stays away, however often
it is delivered again, while values that nobody had seen then are taken as ever.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from customerfile.base.ids import RecordId
from customerfile.customers.golden.survivorship import Offer, identity_of
from customerfile.values.outcome import Json

STAFF = "staff"  # the source of all that people enter by hand
CORRECTED = "corrected"  # the rule behind a value that a person stated


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word on one field. `value` as in the canonical record; None: what was on record is wrong."""

    id: int
    field: str
    value: Any
    set_aside: Sequence[Json]
    at: datetime


class Stated(NamedTuple):
    """A value that a person stated, and the record that the correction hangs on."""

    value: Json
    record_id: RecordId


class Word(NamedTuple):
    """What people say of one field on the whole: values, the latest first; and what of the records does not count."""

    stated: tuple[Stated, ...]
    mentioned: frozenset[bytes]

    def left(self, offers: Iterable[Offer]) -> list[Offer]:
        """What the records say beside."""
        found = []
        for offer in offers:
            if isinstance(offer.value, list):
                rest = [value for value in offer.value if identity_of(value) not in self.mentioned]
                if rest:
                    found.append(offer._replace(value=rest))
            elif identity_of(offer.value) not in self.mentioned:
                found.append(offer)
        return found


type Made = tuple[Correction, RecordId]


def corrections_from(stored: str | None) -> tuple[Correction, ...]:
    """The corrections of a record as the database gives them: a JSON array of arrays, or nothing."""
    if not stored:
        return ()
    return tuple(
        Correction(id_, field, value, set_aside, datetime.fromisoformat(at))
        for id_, field, value, set_aside, at in orjson.loads(stored)
    )


def by_field(made: Iterable[Made]) -> Mapping[str, list[Made]]:
    """The corrections of each field, the latest first."""
    found: dict[str, list[Made]] = {}
    for each in made:
        found.setdefault(each[0].field, []).append(each)
    for several in found.values():
        several.sort(key=lambda each: (each[0].at, each[0].id), reverse=True)
    return found


def word_on(made: Sequence[Made]) -> Word:
    """What the corrections of one field, the latest first, come to."""
    stated: list[Stated] = []
    mentioned: set[bytes] = set()
    for correction, record_id in made:
        for value in values_of(correction.value):
            if identity_of(value) not in mentioned:
                stated.append(Stated(value, record_id))
                mentioned.add(identity_of(value))
        mentioned.update(map(identity_of, correction.set_aside))
    return Word(tuple(stated), frozenset(mentioned))


def values_of(value: Any) -> list[Any]:
    """The values of a field, none where it is empty."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
