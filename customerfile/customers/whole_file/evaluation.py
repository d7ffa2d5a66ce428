"""Compares the present links with a truth file. Everything is read as of one moment; nothing of the file is changed.

The truth is held in temporary tables, so that the server joins it and memory does not grow with the number of pairs.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection, transaction

from customerfile.base.bulk import bulk_cursor, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId
from customerfile.base.told import told
from customerfile.customers.whole_file.truth import BadTruth, RefusedRow, Truth, open_truth
from customerfile.matching.evaluation import (
    CurvePoint,
    Measures,
    Overlaps,
    at_threshold,
    curve,
    measure,
    most_mixed,
    overlaps,
    thinned,
)
from customerfile.matching.model import MatchModel

_WORST = 10
_CURVE_POINTS = 500
_NAMED_IN_A_MESSAGE = 5


@dataclass(frozen=True, slots=True)
class TruthKey:
    """A record as the truth names it."""

    source: str
    key: str


@dataclass(frozen=True, slots=True)
class ComparedRecord:
    """A record with the customer that the file gives it and the entity that the truth gives it."""

    source: str
    key: str
    customer: str  # its number
    entity: str


@dataclass(frozen=True, slots=True)
class MixedCustomer:
    """A customer with records of several entities."""

    id: CustomerId
    number: str
    entity_count: int
    records: tuple[ComparedRecord, ...]


@dataclass(frozen=True, slots=True)
class SpreadEntity:
    """An entity whose records stand under several customers."""

    entity: str
    customer_count: int
    records: tuple[ComparedRecord, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How the present links compare with the truth. Recall of the curve is against all true pairs compared."""

    model: str
    model_hash: str
    measures: Measures
    unnamed_count: int  # records of the file that the truth does not name: left out
    unknown: tuple[TruthKey, ...]  # records of the truth that the file does not know: left out
    refused: tuple[RefusedRow, ...]  # rows of the truth that could not be used
    mixed: tuple[MixedCustomer, ...]  # the worst first
    spread: tuple[SpreadEntity, ...]  # the worst first
    thresholds: Mapping[str, CurvePoint]  # by name: review, link
    curve: tuple[CurvePoint, ...]  # the highest match weight first; begins at the review threshold


def evaluate(path: Path, *, model: MatchModel) -> Evaluation:
    """Compare the present links with a truth file. Raises BadTruth, or the reader's ReadFault."""
    with open_truth(path) as truth, _one_moment():
        _load(truth)
        _refuse_contradictions()
        _refuse_unknown_sources()
        _run("truth_compare")
        found = _evaluation(truth, model)
        _run("truth_drop")
    return found


@contextmanager
def _one_moment() -> Iterator[None]:
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _load(truth: Truth) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "truth_create"))
    with connection.wrap_database_errors, bulk_cursor(connection.connection) as bulk:
        for batch in truth.batches():
            write_rows(bulk, "truth_row", ("line", "source", "key", "entity"), batch)
        bulk.execute("ANALYZE truth_row")
    if not truth.entities:
        first = f" {_line(truth.refused[0])}" if truth.refused else ""
        raise BadTruth(
            "".join((told("The truth file names no record."), first)),
            "Give each row a source, a key and an entity.",
        )


def _line(refused: RefusedRow) -> str:
    return told("Line {number}: {reason}", number=refused.line, reason=told(refused.reason))


def _refuse_contradictions() -> None:
    found = _rows("truth_contradictions")
    if found:
        named = [
            told("{record} (lines {one} and {other})", record=f"{source}/{key}", one=one, other=other)
            for source, key, one, other in found
        ]
        raise BadTruth(
            told("The truth gives the same record to two entities: {records}.", records=_first(named)),
            "Keep one row for each record.",
        )


def _refuse_unknown_sources() -> None:
    unknown = [source for (source,) in _rows("truth_unknown_sources")]
    if unknown:
        known = [source for (source,) in _rows("source_keys")]
        has = (
            told("It has {sources}.", sources=_first(known))
            if known
            else told("Nothing has been imported yet.")
        )
        named = told(
            "The truth names a source that the file does not have: {sources}.", sources=_first(unknown)
        )
        raise BadTruth(
            " ".join((named, has)),
            "Correct the column source, or import that source first.",
        )


def _evaluation(truth: Truth, model: MatchModel) -> Evaluation:
    unknown = tuple(TruthKey(*row) for row in _rows("truth_unknown"))
    shared = _overlaps()
    if not len(shared.count):
        named = _first([f"{each.source}/{each.key}" for each in unknown])
        raise BadTruth(
            told("None of the truth's records is in the file, for example {records}.", records=named),
            "The column key must hold the keys that the source has; see them with: customerfile links --csv FILE",
        )
    measures = measure(shared)
    mixed, spread = _worst(shared, list(truth.entities))
    points = _curve(measures.pairs_true)
    limits = {"review": model.thresholds.review, "link": model.thresholds.link}
    return Evaluation(
        model=model.name,
        model_hash=model.hash,
        measures=measures,
        unnamed_count=_rows("truth_unnamed")[0][0],
        unknown=unknown,
        refused=tuple(truth.refused),
        mixed=mixed,
        spread=spread,
        thresholds={
            name: at_threshold(points, weight, true_pairs=measures.pairs_true)
            for name, weight in limits.items()
        },
        curve=tuple(thinned(points, most=_CURVE_POINTS)),
    )


def _overlaps() -> Overlaps:
    """Customer and entity of each compared record, as the server packs them: a million rows in one value."""
    blocks = [np.frombuffer(block, dtype=">i8") for (block,) in _rows("truth_labels")]
    labels = np.concatenate([np.zeros(0, dtype=np.int64), *blocks]).reshape(-1, 2)
    return overlaps(labels[:, 0], labels[:, 1])


def _curve(true_pairs: int) -> list[CurvePoint]:
    rows = np.array(_rows("truth_curve"), dtype=np.float64).reshape(-1, 3)
    pairs, right = rows[:, 1].astype(np.int64), rows[:, 2].astype(np.int64)
    return curve(rows[:, 0], pairs, right, true_pairs=true_pairs)


def _worst(
    shared: Overlaps, entities: Sequence[str]
) -> tuple[tuple[MixedCustomer, ...], tuple[SpreadEntity, ...]]:
    mixed = most_mixed(shared.customer, shared, limit=_WORST)
    spread = most_mixed(shared.entity, shared, limit=_WORST)
    of_customer: dict[int, list[ComparedRecord]] = {each: [] for each in mixed}
    of_entity: dict[int, list[ComparedRecord]] = {each: [] for each in spread}
    for source, key, number, customer, entity in _rows("truth_members", customers=mixed, entities=spread):
        record = ComparedRecord(source, key, number, entities[entity])
        of_customer.get(customer, []).append(record)
        of_entity.get(entity, []).append(record)
    return (
        tuple(_mixed(customer, records) for customer, records in of_customer.items()),
        tuple(_spread(records) for records in of_entity.values()),
    )


def _mixed(customer: int, records: Sequence[ComparedRecord]) -> MixedCustomer:
    entities = len({record.entity for record in records})
    return MixedCustomer(CustomerId(customer), records[0].customer, entities, tuple(records))


def _spread(records: Sequence[ComparedRecord]) -> SpreadEntity:
    customers = len({record.customer for record in records})
    return SpreadEntity(records[0].entity, customers, tuple(records))


def _first(names: Sequence[str]) -> str:
    """The names of a list in a sentence, cut where there are many."""
    more = len(names) - _NAMED_IN_A_MESSAGE
    return ", ".join(names[:_NAMED_IN_A_MESSAGE]) + (f" and {more:,} more" if more > 0 else "")


def _run(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name))


def _rows(name: str, **parameters: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
