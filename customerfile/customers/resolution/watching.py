"""Holds customers' records against lists, in the transaction that stages either, and keeps who looks like whom.

A listed record is scored like any other, but stands under no customer; its blocking keys lie apart from those of
customers, so it is nobody's candidate.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import batched

from django.db import connection, transaction

from customerfile.base.bulk import Answer, Cursor, bulk_cursor, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.customers.resolution.candidates import Newcomer, Pair, PreparedRecords, ScoredEdge, score
from customerfile.customers.resolution.common_values import Common
from customerfile.customers.resolution.writers import lock_keys
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared

MOST_ALIKE = 2000  # customers' records under one key of a listed record; a key of more tells nothing
_PAIRS_AT_ONCE = 50_000
_RECORDS_AT_ONCE = 500


class Lists:
    """The listed records that share a blocking key with records of customers that arrive: asked for in advance."""

    def __init__(self, cursor: Cursor, newcomers: Sequence[Newcomer]) -> None:
        self._cursor, self._newcomers = cursor, newcomers
        keys = sorted({key for newcomer in newcomers for key in newcomer.block_keys} if self._any() else ())
        self._asked = cursor.ask(statement(__package__, "watch_candidates"), (keys, MOST_ALIKE + 1))

    def _any(self) -> bool:
        """Whether there are lists at all: worth a question before many keys are looked up."""
        return self._cursor.few or bool(self._cursor.ask("SELECT 1 FROM watch_key LIMIT 1").rows())

    def flag(
        self,
        prepared: PreparedRecords,
        *,
        changed: Collection[RecordId],
        model: MatchModel,
        at: datetime,
    ) -> None:
        """Write the hits of the newcomers; those that `changed` lose the open ones that hold no more."""
        pairs = _pairs(self._newcomers, self._asked)
        if not pairs and not changed:
            return
        _keep(self._cursor, pairs, prepared, changed, model=model, at=at)


def watch_for(
    cursor: Cursor,
    arrived: Sequence[Newcomer],
    store: Callable[[], object] = lambda: None,
    *,
    changed: Collection[RecordId] = (),
    model: MatchModel,
    at: datetime,
) -> None:
    """Hold listed records that arrived or `changed` against every customer. `store` writes them."""
    if not arrived:
        return
    keys = sorted({key for newcomer in arrived for key in newcomer.block_keys})
    lock_keys(cursor, keys)
    if changed:
        cursor.execute("DELETE FROM watch_key WHERE record_id = ANY(%s)", (list(changed),))
    prepared = PreparedRecords(arrived, common=Common(cursor).values)
    asked = cursor.ask(statement(__package__, "candidates"), {"keys": keys, "most": MOST_ALIKE})
    store()
    rows = [(key, newcomer.record_id) for newcomer in arrived for key in newcomer.block_keys]
    write_rows(cursor, "watch_key", ("key", "record_id"), rows)
    pairs = [(listed, similar) for similar, listed in _pairs(arrived, asked)]
    _keep(cursor, pairs, prepared, changed, model=model, at=at)


def look_again(model: MatchModel, *, at: datetime) -> None:
    """Hold every listed record against every customer anew, after the match model changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "listed_records"))
        listed = cursor.fetchall()
    for some in batched(listed, _RECORDS_AT_ONCE):
        _look_again(some, model, at)


@transaction.atomic
def _look_again(listed: Sequence[tuple[RecordId, str]], model: MatchModel, at: datetime) -> None:
    newcomers = [newcomer(record, prepared, model) for record, prepared in listed]
    connection.ensure_connection()
    with connection.wrap_database_errors, bulk_cursor(connection.connection) as cursor:
        watch_for(cursor, newcomers, changed=[each.record_id for each in newcomers], model=model, at=at)


def newcomer(record: RecordId, prepared: str, model: MatchModel) -> Newcomer:
    """A stored record as matching sees it."""
    return Newcomer(record, prepared, blocking_keys(Prepared.from_json(prepared), model))


def _pairs(newcomers: Sequence[Newcomer], asked: Answer) -> list[tuple[RecordId, RecordId]]:
    """(found, newcomer), once each, of those that share a key which is not too common."""
    blocks: dict[int, list[RecordId]] = {}
    for key, record, *_ in asked.rows():
        blocks.setdefault(key, []).append(record)
    return sorted(set(_met(newcomers, blocks)))


def _met(
    newcomers: Sequence[Newcomer], blocks: Mapping[int, Sequence[RecordId]]
) -> Iterator[tuple[RecordId, RecordId]]:
    for each in newcomers:
        for key in each.block_keys:
            found = blocks.get(key, ())
            if len(found) <= MOST_ALIKE:
                yield from ((record, each.record_id) for record in found)


def _keep(
    cursor: Cursor,
    pairs: Sequence[tuple[RecordId, RecordId]],
    prepared: PreparedRecords,
    changed: Collection[RecordId],
    *,
    model: MatchModel,
    at: datetime,
) -> None:
    """Score (listed, customer's) pairs and keep those that nothing forbids."""
    prepared.ask(cursor, {record for pair in pairs for record in pair})
    found: dict[Pair, ScoredEdge] = {}
    for some in batched(pairs, _PAIRS_AT_ONCE):
        ordered = {(min(pair), max(pair)): pair for pair in some}
        edges = score(prepared, list(ordered), model=model)
        found |= {ordered[(edge.left, edge.right)]: edge for edge in edges if not edge.veto}
    if found or changed:
        hits = {
            "records": list(changed),
            "listed": [listed for listed, _ in found],
            "similar": [similar for _, similar in found],
            "weights": [edge.weight for edge in found.values()],
            "levels": [edge.levels for edge in found.values()],
        }
        cursor.execute(statement(__package__, "keep_hits"), hits | {"model": model.hash, "at": at})
