"""Two records side by side, field by field, with what agrees and what differs marked: for whoever judges a pair."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from django.db import connection

from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.customers.customer_file import GoldenField
from customerfile.customers.golden.provenance import Stand, only_record
from customerfile.customers.golden.shown import golden_fields
from customerfile.customers.review.explanation import PairExplanation, explain_pair
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FileDefinition
from customerfile.matching.model import MatchModel
from customerfile.values.folding import fold


class Agreement(StrEnum):
    """How the two sides of a field stand to each other."""

    SAME = "same"
    PARTLY = "partly"  # some values are the same
    DIFFERS = "differs"
    ONE_SIDE = "one_side"


@dataclass(frozen=True, slots=True)
class ComparedField:
    """What each record says of a field, as text."""

    label: str
    group: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records, and the customer it stands under."""

    record_id: RecordId
    source_name: str
    key: str
    as_of: datetime
    customer: str  # its number
    customer_name: str
    customer_records: int


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A pair of records as a person judges it."""

    left: Side
    right: Side
    fields: tuple[ComparedField, ...]
    explanation: PairExplanation


def side_by_side(one: RecordId, other: RecordId, *, model: MatchModel) -> SideBySide:
    """Two records that stand in the file. Raises UnknownRecord."""
    explanation = explain_pair(one, other, model=model)
    left, right = _rows([one, other])
    definition = current_definition()
    fields = compared_fields(_said(left, definition), _said(right, definition))
    return SideBySide(_side(left), _side(right), fields, explanation)


def said_by(records: Iterable[RecordId]) -> dict[RecordId, tuple[GoldenField, ...]]:
    """What each of these records says by itself. One statement."""
    definition = current_definition()
    return {row[0]: _said(row, definition) for row in _rows(records)}


def compared_fields(left: Iterable[GoldenField], right: Iterable[GoldenField]) -> tuple[ComparedField, ...]:
    """What two sides say, field by field, in the order of the definition."""
    places = {field.label: place for place, field in enumerate(current_definition().fields)}
    fields = _fields(_shown(left), _shown(right))
    return tuple(sorted(fields, key=lambda field: places.get(field.label, len(places))))


def _rows(records: Iterable[RecordId]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "compared_records"), (list(records),))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _side(row: Sequence[Any]) -> Side:
    return Side(*row[:7])


type _Shown = dict[tuple[str, str], tuple[str, ...]]  # label and group -> values


def _said(row: Sequence[Any], definition: FileDefinition) -> tuple[GoldenField, ...]:
    values = {key: value for key, value in orjson.loads(row[7]).items() if key != "kind"}
    return golden_fields(Stand(values, only_record(row[0]), row[3]), definition, {})


def _shown(fields: Iterable[GoldenField]) -> _Shown:
    return {(field.label, field.group): tuple(value.shown for value in field.values) for field in fields}


def _fields(left: _Shown, right: _Shown) -> Iterator[ComparedField]:
    for label, group in left | right:
        first, second = left.get((label, group), ()), right.get((label, group), ())
        yield ComparedField(label, group, first, second, _agreement(first, second))


def _agreement(left: Sequence[str], right: Sequence[str]) -> Agreement:
    if not left or not right:
        return Agreement.ONE_SIDE
    first, second = {fold(value) for value in left}, {fold(value) for value in right}
    if first == second:
        return Agreement.SAME
    return Agreement.DIFFERS if first.isdisjoint(second) else Agreement.PARTLY
