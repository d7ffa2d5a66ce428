"""Eight writers deliver interleaved duplicates at once, in chunks of all sizes: they end in the customers of one."""

import csv
import json
import multiprocessing
import os
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from customerfile.embedded import Home, home, running_server
from customerfile.sources.rows import ReadOptions
from tests.integration.command import run
from tools.synthetic_people import people, records

pytestmark = pytest.mark.slow

CHUNKS = (1, 2, 5, 10, 20, 30, 60, 120)  # rows at once, of each writer: some lock their keys, some the file
COLUMNS = (
    "key", "given_name", "middle_name", "family_name", "name_suffix", "birth_date", "gender", "email", "phone",
    "street", "city", "postcode",
)  # fmt: skip
SWITCHBOARD = "+12125550100"  # of more records than a block may hold

type Records = Sequence[tuple[str, dict[str, Any]]]


def test_eight_writers_at_once_end_in_the_customers_of_one(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    files = _dealt_out(_sightings(700), tmp_path)
    many, one = (home(tmp_path / name, durable=False) for name in ("many", "one"))
    with running_server(many) as server:
        _write_at_once(many, [([path], rows) for path, rows in zip(files, CHUNKS, strict=True)])
        reconciled = run(many, "match", "reconcile", "--dry-run", "--json")
        together = _customers(server.conninfo)
    with running_server(one) as server:
        _write_at_once(one, [(sorted(files, reverse=True), 1000)])
        alone = _customers(server.conninfo)

    assert together == alone
    assert sum(len(customer) > 2 for customer in together) > 200
    told = json.loads(reconciled.stdout)
    assert {name: told[name] for name in CHANGES} == dict.fromkeys(CHANGES, 0)


CHANGES = (
    "pairs_missing",
    "pairs_stale",
    "pairs_changed",
    "links_gained",
    "links_lost",
    "customers_affected",
)


def _sightings(persons: int) -> Records:
    """Every person is seen at least twice, shuffled; a quarter of them left the number of one switchboard."""
    known = people(persons, seed=11)
    found = [*records(known, seed=21), *records(known, seed=31)]
    Random(3).shuffle(found)
    return [
        (f"{place}", canonical | ({"phone": [{"value": SWITCHBOARD}]} if person % 4 == 0 else {}))
        for place, (canonical, person) in enumerate(found)
    ]


def _dealt_out(sightings: Records, folder: Path) -> list[Path]:
    """A file for each writer, the records in turn."""
    paths = [folder / f"desk{number}.csv" for number in range(len(CHUNKS))]
    for number, path in enumerate(paths):
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, COLUMNS)
            rows.writeheader()
            rows.writerows(_row(*each) for each in sightings[number :: len(CHUNKS)])
    return paths


def _row(key: str, canonical: dict[str, Any]) -> dict[str, str]:
    row = {name: canonical.get(name, "") for name in COLUMNS} | {"key": key}
    for channel in ("email", "phone"):
        row[channel] = next((entry["value"] for entry in canonical.get(channel, ())), "")
    for address in canonical.get("address", ()):
        row |= {name: address.get(name, "") for name in ("city", "postcode")}
        row["street"] = f"{address['house_number']} {address['street']}"
    return row


def _write_at_once(place: Home, work: Sequence[tuple[Sequence[Path], int]]) -> None:
    """A process for each writer: its files, and how many rows of them it takes at once."""
    assert run(place, "deliveries").returncode == 0  # the tables are made before the writers come
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(len(work))
    writers = [context.Process(target=_write, args=(place.path, *each, barrier)) for each in work]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(300)
    assert [writer.exitcode for writer in writers] == [0] * len(work)


def _write(place: Path, paths: Sequence[Path], rows: int, barrier: Barrier) -> None:
    """A writer's own process. Every file is a delivery of a source of its own."""
    os.environ["CUSTOMERFILE_HOME"] = str(place)
    from customerfile.cli.startup import ready_database

    with ready_database():
        from customerfile.intake.importing import import_file
        from customerfile.intake.opening import ImportRequest

        barrier.wait(120)
        for path in paths:
            options = ReadOptions(batch_rows=rows)
            request = ImportRequest(path, path.stem, "customers", country="US", options=options)
            done = import_file(request, home=home(place, durable=False), by="tester")
            assert done.counts.created == done.counts.rows


def _customers(conninfo: str) -> set[frozenset[tuple[str, str]]]:
    """The customers, each as the records that it has."""
    asked = (
        "SELECT array_agg(source.key), array_agg(record.key) FROM link JOIN record ON record.id = link.record_id"
        " JOIN source ON source.id = record.source_id WHERE link.valid_to IS NULL GROUP BY link.customer_id"
    )
    with psycopg.connect(conninfo) as db:
        return {frozenset(zip(*row, strict=True)) for row in db.execute(asked).fetchall()}
