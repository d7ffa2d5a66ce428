"""Reads of relationships: of one customer, from its side; of the whole file, in one state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection

from customerfile.access.sight import RELATIONSHIPS, Sight
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId
from customerfile.customers.queries import summaries
from customerfile.customers.relationships.kinds import Kind, State, because, in_words


@dataclass(frozen=True, slots=True)
class Relative:
    """What a customer is to another, in words that come before the other's name. `id` is for confirming it."""

    id: int
    kind: str
    words: str
    state: str
    because: str
    valid_from: date | None
    valid_to: date | None
    note: str
    decided_by: str | None
    decided_at: datetime | None
    customer_id: CustomerId
    number: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a relationship."""

    customer_id: CustomerId
    number: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A relationship: what `one` is to `other`."""

    id: int
    kind: str
    words: str
    state: str
    because: str
    valid_from: date | None
    valid_to: date | None
    note: str
    decided_by: str | None
    decided_at: datetime | None
    one: Party
    other: Party


def relationships_of(customer: CustomerId, *, sight: Sight, dismissed: bool = False) -> tuple[Relative, ...]:
    """What an active customer is to others that are shown: confirmed before proposed. At most two statements."""
    if not sight.shows(RELATIONSHIPS):
        return ()
    rows = _rows("relationships_of", {"customer": customer, "dismissed": dismissed})
    found = tuple(_relative(row) for row in rows)
    return found if sight.is_whole else tuple(_as_shown(found, sight))


def _as_shown(found: Sequence[Relative], sight: Sight) -> Iterator[Relative]:
    """Without those that are not shown, nor what was seen in fields that may not be; in an order that tells nothing."""
    others = summaries({each.customer_id for each in found}, sight=sight)
    for each in sorted(found, key=lambda each: (each.state, each.kind, each.number)):
        if each.customer_id in others:
            name = others[each.customer_id].display_name
            yield replace(each, display_name=name, because=each.because if sight.shows_all else "")


def relationships(*, state: State = State.PROPOSED, after: int = 0, limit: int = 50) -> tuple[Told, ...]:
    """Relationships of the whole file in one state, behind an id, in the order in which they were written."""
    return tuple(
        _told(row) for row in _rows("find_relationships", {"state": state, "after": after, "limit": limit})
    )


def _relative(row: Sequence[Any]) -> Relative:
    id_, kind, is_first, state, basis, *rest = row
    return Relative(id_, kind, in_words(Kind(kind), is_first=is_first), state, because(basis), *rest)


def _told(row: Sequence[Any]) -> Told:
    id_, kind, state, basis, *about = row[:9]
    sides: list[Any] = [Party(*row[9:12]), Party(*row[12:15])]
    return Told(id_, kind, in_words(Kind(kind), is_first=True), state, because(basis), *about, *sides)


def _rows(name: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
