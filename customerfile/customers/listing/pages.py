"""Pages of the list somebody asked for, in bounded time; how many there are, and whether that is counted or estimated.

Lists by name and number go on from where a page ended, however long they are. Any other order is made of a bounded
number of customers.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

import orjson
from django.db import connection

from customerfile.access.sight import Sight, branch_names
from customerfile.base.ids import CustomerId
from customerfile.base.told import told
from customerfile.customers.bounded import stopped_after
from customerfile.customers.errors import ListRefused, ListTooSlow
from customerfile.customers.golden.corrections import values_of
from customerfile.customers.golden.shown import items_of, shown_text
from customerfile.customers.listing.compiler import (
    SIZE,
    Compiled,
    chosen_sql,
    few_sql,
    keyset_sql,
    page_sql,
    question_sql,
    sample_sql,
    whole_sql,
)
from customerfile.customers.listing.offered import (
    CHANGED,
    CONTACT,
    KIND,
    NAME,
    NUMBER,
    PLACE,
    RECORDS,
    SINCE,
    Offered,
)
from customerfile.customers.listing.question import Question
from customerfile.customers.queries import customer_list
from customerfile.customers.summaries import summary_of

MOST_SORTED = 5000
_SECONDS, _SECONDS_TO_COUNT = 3, 1
_COUNTED_EXACTLY = 2000
_SAMPLED_ROWS = 20_000
_AT_ONCE = 1000

type Cell = str | int | datetime


@dataclass(frozen=True, slots=True)
class ListRow:
    """A customer with one cell for each column that was asked for."""

    id: CustomerId
    number: str
    kind: str
    name: str
    note: str  # a second line where there is room for one column only
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ChosenCustomer:
    """A customer with the values of one field."""

    id: CustomerId
    kind: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """`is_estimate`: about so many. `is_least`: at least so many, more were not looked for."""

    number: int
    is_estimate: bool = False
    is_least: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list. `next` and `previous` are for `after` and `before`; "" where it ends."""

    rows: tuple[ListRow, ...]
    next: str
    previous: str
    count: Count


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list a page begins: behind or before a cursor, or at the end."""

    after: str = ""
    before: str = ""
    last: bool = False


def list_page(
    question: Question, fields: Mapping[str, Offered], *, sight: Sight, place: Place, limit: int = 50
) -> ListPage:
    """A page of the customers that are shown. `question` is checked. Raises ListRefused and ListTooSlow."""
    if question.order in (NAME, NUMBER):
        rows, following, previous = _keyset_page(question, fields, sight, place, limit)
    else:
        rows, following, previous = _sorted_page(question, fields, sight, place, limit)
    made = tuple(_row(row, question, fields, sight) for row in rows)
    is_whole = not (following or previous)
    count = Count(len(made)) if is_whole else _count(question, fields, sight, least=len(made))
    return ListPage(made, following, previous, count)


def listed(
    question: Question, fields: Mapping[str, Offered], *, sight: Sight
) -> Generator[list[ListRow], None, None]:
    """The whole list in its order, in batches. Raises ListRefused. Read within `one_moment`."""
    asked = question_sql(question, fields)
    order = fields[question.order]
    if question.order not in (NAME, NUMBER):
        _refuse_too_many(asked, order, sight)
    sql, parameters = whole_sql(asked, order, falling=question.descending)
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters | {"branches": branch_names(sight)})
        for batch in batched(cursor, _AT_ONCE):
            yield [_row(row, question, fields, sight) for row in batch]


def chosen_customers(
    question: Question, fields: Mapping[str, Offered], *, sight: Sight, field: str, most: int
) -> list[ChosenCustomer]:
    """The customers of a list, with what a field of theirs holds, where that is shown. Raises ListRefused of too many,
    and ListTooSlow.
    """
    asked = {"chosen": field if sight.shows(field) else "", "most": most + 1}
    rows = _rows(chosen_sql(question_sql(question, fields)), sight, asked)
    if len(rows) > most:
        raise ListRefused(
            told("These are more than {most:,} customers, the most that can be changed at once.", most=most),
            "Filter the list, and do it in parts.",
        )
    return [
        ChosenCustomer(CustomerId(id_), kind, () if value is None else tuple(values_of(orjson.loads(value))))
        for id_, kind, value in rows
    ]


def _keyset_page(
    question: Question, fields: Mapping[str, Offered], sight: Sight, place: Place, limit: int
) -> tuple[list[tuple[Any, ...]], str, str]:
    backwards = place.last or (bool(place.before) and not place.after)
    anchor = 0 if place.last else _number(place.before if backwards else place.after)
    falling = question.descending != backwards
    asked = question_sql(question, fields)
    made = keyset_sql(asked, by_name=question.order == NAME, falling=falling, anchored=anchor > 0)
    rows = _rows(made, sight, {"anchor": anchor, "rows": limit + 1})
    found, has_more = rows[:limit], len(rows) > limit
    if backwards:
        found.reverse()
    has_next, has_previous = (not place.last, has_more) if backwards else (has_more, anchor > 0)
    following = str(found[-1][0]) if found and has_next else ""
    return found, following, str(found[0][0]) if found and has_previous else ""


def _sorted_page(
    question: Question, fields: Mapping[str, Offered], sight: Sight, place: Place, limit: int
) -> tuple[list[tuple[Any, ...]], str, str]:
    """Cursors are places in the list: it is short enough to be sorted anew for each page."""
    asked = question_sql(question, fields)
    total = _refuse_too_many(asked, fields[question.order], sight)
    at = min(_number(place.after), MOST_SORTED)
    if place.last or place.before:
        at = max(0, min(total if place.last else _number(place.before), total) - limit)
    made = page_sql(asked, fields[question.order], falling=question.descending)
    rows = _rows(made, sight, {"at": at, "rows": limit + 1})
    return rows[:limit], str(at + limit) if len(rows) > limit else "", str(at) if at else ""


def _refuse_too_many(asked: Compiled, field: Offered, sight: Sight) -> int:
    total: int = _rows(few_sql(asked), sight, {"few": MOST_SORTED + 1})[0][0]
    if total > MOST_SORTED:
        raise ListRefused(
            told(
                "Sorting by {field} works for up to {most:,} customers, and these are more.",
                field=told(field.label),
                most=MOST_SORTED,
            ),
            "Filter the list first, or sort it by name or number.",
        )
    return total


def _count(question: Question, fields: Mapping[str, Offered], sight: Sight, *, least: int) -> Count:
    if not question.conditions and question.among is None:
        total = customer_list(sight=sight, limit=1).total_estimate
        return Count(total, is_estimate=total > _COUNTED_EXACTLY and sight.branches is None)
    try:
        return _counted(question_sql(question, fields), sight)
    except ListTooSlow:
        return Count(least, is_least=True)


def _counted(asked: Compiled, sight: Sight) -> Count:
    """Counted while they are few, else estimated from a sample of the whole file."""
    few: int = _rows(few_sql(asked), sight, {"few": _COUNTED_EXACTLY + 1}, seconds=_SECONDS_TO_COUNT)[0][0]
    if few <= _COUNTED_EXACTLY:
        return Count(few)
    total: int = _rows((SIZE, {}), sight, {})[0][0]
    share = min(100.0, 100.0 * _SAMPLED_ROWS / total)
    hits: int = _rows(sample_sql(asked), sight, {"share": share}, seconds=_SECONDS_TO_COUNT)[0][0]
    return Count(max(few, round(hits * 100 / share)), is_estimate=True)


def _row(row: Sequence[Any], question: Question, fields: Mapping[str, Offered], sight: Sight) -> ListRow:
    summary = summary_of(row, sight)
    own: dict[str, Cell] = {
        NUMBER: summary.number,
        KIND: summary.kind,
        PLACE: summary.place,
        CONTACT: summary.contact,
        RECORDS: summary.record_count,
        CHANGED: summary.changed_at,
        SINCE: row[7],
    }
    values = sight.part_of(orjson.loads(row[6]))
    return ListRow(
        id=summary.id,
        number=summary.number,
        kind=summary.kind,
        name=summary.display_name,
        note=summary.place or summary.contact,
        cells=tuple(
            own[key] if key in own else _text(values.get(key), fields[key]) for key in question.columns
        ),
    )


def _text(value: Any, field: Offered) -> str:
    return (
        "; ".join(shown_text(item, field.declared) for item in items_of(value)) if value is not None else ""
    )


def _number(cursor: str) -> int:
    return int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 19 else 0


def _rows(
    made: Compiled, sight: Sight, more: Mapping[str, Any], *, seconds: int | None = None
) -> list[tuple[Any, ...]]:
    sql, parameters = made
    limit = _SECONDS if seconds is None else seconds
    with stopped_after(limit, _too_slow(limit)), connection.cursor() as cursor:
        cursor.execute(sql, {**parameters, **more, "branches": branch_names(sight)})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _too_slow(seconds: int) -> ListTooSlow:
    return ListTooSlow(
        told("These filters took longer than {seconds} seconds and were stopped.", seconds=seconds),
        'Filter by a whole name or e-mail address ("is") as well, or take a filter out.',
    )
