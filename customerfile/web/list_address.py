"""A list as an address, so that it is a link: columns, filters and order by their keys.

What somebody typed stands in it only under seal, bound to its field: an address tells nobody a name.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import orjson
from django.http import QueryDict

from customerfile.customers.errors import ListRefused
from customerfile.customers.listing.offered import Offered, Operator
from customerfile.customers.listing.question import MOST_COLUMNS, MOST_CONDITIONS, Condition, Question
from customerfile.embedded import home
from customerfile.vault.errors import KeysMissing
from customerfile.vault.keystore import key_store

_BETWEEN = "~"


@dataclass(frozen=True, slots=True)
class ListAddress:
    """What stands behind the question mark. `conditions` as they are written there."""

    columns: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    order: str = ""

    def query(self, *, order: str | None = None, without: int | None = None, more: Iterable[str] = ()) -> str:
        """The same list, in another order, without one of its conditions, or with some more."""
        kept = [text for number, text in enumerate(self.conditions) if number != without]
        pairs = [("show", key) for key in self.columns] + [("if", text) for text in (*kept, *more)]
        sort = self.order if order is None else order
        return urlencode(pairs + ([("sort", sort)] if sort else []), safe="~-.")

    def question(self, fields: Mapping[str, Offered]) -> Question:
        """What is asked; values of fields that are not offered stay sealed. Raises ListRefused."""
        return Question(
            columns=self.columns,
            conditions=tuple(_condition(text, fields) for text in self.conditions),
            order=self.order.removeprefix("-"),
            descending=self.order.startswith("-"),
        )


def list_address(asked: QueryDict) -> ListAddress:
    """The list of an address. Of too much, one too many is kept: it is refused, and not cut in silence."""
    return ListAddress(
        tuple(asked.getlist("show"))[: MOST_COLUMNS + 1],
        tuple(asked.getlist("if"))[: MOST_CONDITIONS + 1],
        asked.get("sort", ""),
    )


def written(condition: Condition) -> str:
    """A condition as it stands in an address."""
    about = f"{condition.field}{_BETWEEN}{condition.operator}"
    if not condition.values:
        return about
    sealed = key_store(home().keys).seal(orjson.dumps(condition.values), _context(about))
    return f"{about}{_BETWEEN}{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"


def _condition(text: str, fields: Mapping[str, Offered]) -> Condition:
    field, _, rest = text.partition(_BETWEEN)
    operator, _, sealed = rest.partition(_BETWEEN)
    if operator not in set(Operator):
        raise _damaged()
    values = _opened(sealed, f"{field}{_BETWEEN}{operator}") if sealed and field in fields else ()
    return Condition(field, Operator(operator), values)


def _opened(sealed: str, about: str) -> tuple[str, ...]:
    try:
        raw = base64.urlsafe_b64decode(sealed.encode() + b"=" * (-len(sealed) % 4))
        return tuple(orjson.loads(key_store(home().keys).open(raw, _context(about))))
    except (ValueError, KeysMissing) as problem:
        raise _damaged() from problem


def _damaged() -> ListRefused:
    return ListRefused("A filter in this address cannot be read.", "Set the filter again.")


def _context(about: str) -> bytes:
    return f"list:{about}".encode()
