"""From scored pairs to groups: the same partition as online, asked only where more than two records hang together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection

from customerfile.base.database import statement
from customerfile.matching.batch.components import component_numbers
from customerfile.matching.cluster import Edge, Pair, partition
from customerfile.matching.columns import Ints
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared

MEMBERS_AT_ONCE = 20_000

GROUPED = pa.schema(
    [("record", pa.int64()), ("group", pa.int64())]
)  # a group is named by its smallest record


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known beside the scores, as `partition` takes it; `exclusive` sources have one record per customer."""

    apart: Collection[Pair] = ()
    together: Collection[Pair] = ()
    exclusive: Collection[int] = ()


NOTHING_JUDGED = Judged()


def grouped(database: DuckDBPyConnection, model: MatchModel, judged: Judged) -> pa.Table:
    """Record -> group for every record of `staged`, from `scored_pair` and the judgements. Fills table `link`."""
    everyone = _column(database, "SELECT record FROM staged ORDER BY record")
    _find_links(database, model, judged)
    left, right = _columns(database, "SELECT left_id, right_id FROM link")
    ids = np.unique(np.concatenate([left, right]))
    component = component_numbers(np.searchsorted(ids, left), np.searchsorted(ids, right), len(ids))
    group = everyone.copy()
    group[np.searchsorted(everyone, ids)] = ids[component]
    for records in _large(ids, component):
        for members in _divided(database, model, judged, records=records):
            group[np.searchsorted(everyone, sorted(members))] = min(members)
    return pa.table([everyone, group], schema=GROUPED)


def _find_links(database: DuckDBPyConnection, model: MatchModel, judged: Judged) -> None:
    """Judged pairs are met as smaller id, larger id; those of records that are gone say nothing."""
    apart = {_ordered(pair) for pair in judged.apart}
    database.register("apart", _pairs(apart))
    database.register("together", _pairs({_ordered(pair) for pair in judged.together} - apart))
    database.register("exclusive", pa.table({"source": pa.array(sorted(judged.exclusive), pa.int64())}))
    database.execute(statement(__package__, "rivals"))
    database.execute(statement(__package__, "links"), {"least": model.thresholds.link})


def _large(ids: Ints, component: Ints) -> Iterator[list[int]]:
    """Records of components of three and more, whole components at a time. A smaller one is a group as it is."""
    sizes = np.bincount(component, minlength=len(ids))
    places = np.flatnonzero(sizes[component] > 2)
    places = places[np.argsort(component[places], kind="stable")]
    firsts = np.flatnonzero(np.diff(component[places], prepend=-1))
    start = 0
    for end in [*firsts[1:].tolist(), len(places)]:
        if end - start >= MEMBERS_AT_ONCE or end == len(places) > 0:
            yield ids[places[start:end]].tolist()
            start = end


def _divided(
    database: DuckDBPyConnection, model: MatchModel, judged: Judged, *, records: list[int]
) -> list[frozenset[int]]:
    members = set(records)
    database.register("member", pa.table({"record": pa.array(records, pa.int64())}))
    stored = database.execute(
        "SELECT record, prepared FROM staged SEMI JOIN member USING (record)"
    ).fetchall()
    edges = database.execute(statement(__package__, "edges_among")).fetchall()
    rivals = database.execute("SELECT record, source FROM rival SEMI JOIN member USING (record)").fetchall()
    return partition(
        records,
        {record: Prepared.from_json(text) for record, text in stored},
        [Edge(*edge) for edge in edges],
        [pair for pair in judged.apart if members.issuperset(pair)],
        [pair for pair in judged.together if members.issuperset(pair)],
        model,
        one_each=dict(rivals),
    )


def _ordered(pair: Pair) -> Pair:
    return pair if pair[0] <= pair[1] else (pair[1], pair[0])


def _pairs(pairs: Collection[Pair]) -> pa.Table:
    left, right = zip(*sorted(pairs), strict=True) if pairs else ((), ())
    return pa.table({"left_id": pa.array(left, pa.int64()), "right_id": pa.array(right, pa.int64())})


def _columns(database: DuckDBPyConnection, query: str) -> list[Ints]:
    found: pa.Table = database.sql(query).to_arrow_table()
    return [column.to_numpy() for column in found.columns]


def _column(database: DuckDBPyConnection, query: str) -> Ints:
    return _columns(database, query)[0]
