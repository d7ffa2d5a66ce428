"""What the batch executor reads: records with their stored comparison inputs, and their blocking keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from customerfile.base.database import statement
from customerfile.matching.model import MatchModel
from customerfile.values.nicknames import nickname_groups

type Rows = Path | pa.Table | pa.RecordBatchReader  # a Parquet file (or a pattern of several), or Arrow data

_GENDERS = "name_genders"


@dataclass(frozen=True, slots=True)
class Inputs:
    """`records`: record, source (bigint), prepared (its JSON). `keys`: key, record (bigint), each pair of them once."""

    records: Rows
    keys: Rows


def load(database: DuckDBPyConnection, inputs: Inputs, model: MatchModel) -> None:
    """Make the inputs readable as tables `staged` and `block_key`, and what the model knows of names as `name_fact`."""
    _load_rows(database, "staged", inputs.records)
    _load_rows(database, "block_key", inputs.keys)
    database.register("name_fact", name_facts(model))


def candidate_pairs(database: DuckDBPyConnection, model: MatchModel) -> int:
    """Fill table `pair`; how many there are."""
    database.execute(statement(__package__, "pairs"), {"most": model.max_block_size})
    return int(database.execute("SELECT count(*) FROM pair").fetchall()[0][0])


def name_facts(model: MatchModel) -> pa.Table:
    """For every name of which something is known: how common it is, its gender and its groups of nicknames."""
    given, family = model.frequencies["given_name"], model.frequencies["family_name"]
    groups, genders = nickname_groups(), model.name_genders
    names = sorted(given.keys() | family.keys() | genders.keys() | groups.keys())
    return pa.table(
        {
            "name": pa.array(names, pa.string()),
            "as_given": pa.array([given.get(name, 0) for name in names], pa.int8()),
            "as_family": pa.array([family.get(name, 0) for name in names], pa.int8()),
            "gender": pa.array([genders.get(name) for name in names], pa.string()),
            "nicknames": pa.array(
                [sorted(groups[name]) if name in groups else None for name in names], pa.list_(pa.int16())
            ),
        }
    )


def _load_rows(database: DuckDBPyConnection, name: str, rows: Rows) -> None:
    """A reader can be read once only, so its rows are copied; the others stay where they are."""
    if isinstance(rows, Path):
        database.read_parquet(str(rows)).create_view(name)
    elif isinstance(rows, pa.Table):
        database.register(name, rows)
    else:
        database.register("arriving", rows)
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")  # noqa: S608 - our own name
        database.unregister("arriving")
