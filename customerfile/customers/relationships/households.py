"""Proposes households over the whole file: people who share a dwelling and a family name or a phone number.

A proposal is a relationship that waits for a person's word, never a merge. Proposing again changes only what is out of
date; what a person dismissed is not proposed again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
from django.db import connection, transaction
from duckdb import DuckDBPyConnection

from customerfile.audit.operations import record as write_down
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId
from customerfile.customers.errors import HouseholdsNotPossible
from customerfile.customers.whole_file import matched_file
from customerfile.customers.whole_file.whole_base import one_moment
from customerfile.matching.batch.duck import USUAL, Limits, private_duckdb
from customerfile.matching.batch.errors import failures_in_words

MOST_MEMBERS = 10
_SHOWN_ADDRESSES = 20
_AT_ONCE = 20_000
_PROPOSING = 0x43_46_48  # any fixed number of our own
_TOLD = pa.schema(
    {"id": pa.int64(), "one": pa.int64(), "other": pa.int64(), "decided": pa.bool_(), "basis": pa.string()}
)


@dataclass(frozen=True, slots=True)
class CrowdedAddress:
    """An address of too many customers for a household: a block of flats, an office. `customer` is one of them."""

    address: str
    customer_count: int
    customer: str
    customer_id: CustomerId


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a look over the whole file came to, in pairs of customers. The fullest addresses left out are named."""

    found: int
    proposed: int
    withdrawn: int
    addresses_left_out: int
    fullest: tuple[CrowdedAddress, ...]


@dataclass(frozen=True, slots=True)
class _Work:
    """What there is to write: new pairs of records with their basis, ids that no longer hold; and crowded dwellings."""

    found: int = 0
    news: Sequence[tuple[int, int, str]] = ()
    stale: Sequence[int] = ()
    crowds: Sequence[tuple[int, int]] = ()  # a record, and how many customers share its dwelling


def propose_households(
    *,
    by: str,
    at: datetime,
    folder: Path,
    most: int = MOST_MEMBERS,
    dry_run: bool = False,
    limits: Limits = USUAL,
) -> Proposed:
    """Look over the whole file and bring the proposals up to date. `folder` is for what memory cannot hold.

    An address of more than `most` customers is no household. Raises HouseholdsNotPossible.
    """
    if most < 2:
        raise HouseholdsNotPossible("A household has two members at least.", "Give 2 or more.")
    with one_moment(), failures_in_words():
        work = _work(folder, most, limits)
        fullest = tuple(_crowded(dict(work.crowds[:_SHOWN_ADDRESSES])))
    if not dry_run:
        _write(work, by=by, at=at)
    return Proposed(work.found, len(work.news), len(work.stale), len(work.crowds), fullest)


def _work(folder: Path, most: int, limits: Limits) -> _Work:
    present = matched_file.links()
    if not len(present.record):
        return _Work()
    told = _told()  # before the records are read: that holds the connection
    with private_duckdb(limits, folder) as database, matched_file.records() as records:
        database.register("staged", records)
        database.register("present", pa.table({"record": present.record, "customer": present.customer}))
        database.register("told", told)
        _run(database, "household_signs")
        _run(database, "household_stays")
        _run(database, "household_crowds", {"most": most})
        _run(database, "household_pairs")
        news, stale = _run(database, "household_news"), _run(database, "household_stale")
        crowds = database.execute(
            "SELECT record, customers FROM crowd ORDER BY customers DESC, record"
        ).fetchall()
        ((found,),) = database.execute("SELECT count(*) FROM found").fetchall()
    return _Work(found, news, [row[0] for row in stale], crowds)


def _run(database: DuckDBPyConnection, name: str, parameters: Mapping[str, int] | None = None) -> list[Any]:
    rows: list[Any] = database.execute(statement(__package__, name), parameters).fetchall()
    return rows


def _told() -> pa.Table:
    """The households that are written."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "households_told"))
        rows = cursor.fetchall()
    columns = zip(*rows, strict=True) if rows else ((),) * len(_TOLD)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, _TOLD, strict=True)], _TOLD
    )


@transaction.atomic
def _write(work: _Work, *, by: str, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_PROPOSING,))
        for ids in batched(work.stale, _AT_ONCE):
            cursor.execute("DELETE FROM relationship WHERE id = ANY(%s) AND state = 'proposed'", (list(ids),))
        for pairs in batched(work.news, _AT_ONCE):
            lefts, rights, bases = (list(column) for column in zip(*pairs, strict=True))
            proposal: dict[str, Any] = {"lefts": lefts, "rights": rights, "bases": bases, "by": by, "at": at}
            cursor.execute(statement(__package__, "propose_households"), proposal)
    write_down(
        by=by,
        at=at,
        code="customers.households.proposed",
        subject="file",
        detail={"proposed": len(work.news), "withdrawn": len(work.stale)},
    )


def _crowded(crowds: Mapping[int, int]) -> Iterator[CrowdedAddress]:
    """The addresses of these records, by how many customers share them."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "crowded_addresses"), (list(crowds),))
        rows = cursor.fetchall()
    for record, address, number, customer in sorted(rows, key=lambda row: (-crowds[row[0]], row[0])):
        yield CrowdedAddress(_line(orjson.loads(address)), crowds[record], number, CustomerId(customer))


def _line(address: Mapping[str, str]) -> str:
    street = " ".join(address[key] for key in ("street", "house_number") if address.get(key))
    town = " ".join(address[key] for key in ("postcode", "city") if address.get(key))
    return ", ".join(part for part in (address.get("line") or street, address.get("unit", ""), town) if part)
