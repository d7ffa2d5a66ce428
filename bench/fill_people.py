"""Fills an empty database straight with the benchmark's people, their truth taken as the links: no matching.

For measuring reads while nothing else is measured. bench/import_speed.py is the honest way in.
"""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from django.db import connection, transaction

from customerfile.base.bulk import Cursor, next_ids
from customerfile.base.clock import now
from customerfile.base.ids import CustomerId, DeliveryId, RecordId, SourceId
from customerfile.customers.golden import GoldenRules, LinkedRecord
from customerfile.customers.linking import NewLink, write_links
from customerfile.customers.projection import Projector
from customerfile.definition.queries import current_definition
from customerfile.matching.model import default_model
from customerfile.sources.staging import Arrival, ReadyRow, stage_records
from customerfile.values.outcome import Accepted, Context
from customerfile.values.phones import standardise_phone

_CHUNK = 5000
_SOURCES = ("people_a", "people_b")

type Canonical = dict[str, Any]


def fill(folder: Path) -> int:
    """Write people_a.csv and people_b.csv of `folder` as customers, one per entity of truth.csv; how many."""
    definition = current_definition()
    identifiers = tuple(field.key for field in definition.fields if field.search == "identifier")
    projector = Projector(GoldenRules(definition), identifiers, now())
    count = 0
    entities = iter(_entities(folder))
    arrivals = _arrivals(projector)
    while chunk := list(islice(entities, _CHUNK)):
        with transaction.atomic():
            _write(_cursor(), chunk, projector, arrivals)
        count += len(chunk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return count


def _entities(folder: Path) -> Iterator[list[tuple[str, str, Canonical]]]:
    """The rows of one entity after another: (source, key, canonical record)."""
    truth = {(row["source"], row["key"]): row["entity"] for row in _rows(folder / "truth.csv")}
    by_entity: dict[str, list[tuple[str, str, Canonical]]] = {}
    for source in _SOURCES:
        for row in _rows(folder / f"{source}.csv"):
            found = (source, row["key"], _canonical(row))
            by_entity.setdefault(truth[source, row["key"]], []).append(found)
    return iter(by_entity.values())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _canonical(row: dict[str, str]) -> Canonical:
    address = {
        "line": row["street"],
        "city": row["city"],
        "postcode": row["postcode"],
        "country": row["country"],
    }
    record: Canonical = {
        "kind": "person",
        "given_name": row["given_name"],
        "family_name": row["family_name"],
        "birth_date": row["birth_date"],
        "address": [{key: value for key, value in address.items() if value}],
        "email": [{"value": row["email"].lower()}] if row["email"] else None,
    }
    phone = standardise_phone(row["phone"], Context(country=row["country"]))
    if isinstance(phone, Accepted):
        record["phone"] = [{"value": phone.value}]
    return {key: value for key, value in record.items() if value}


def _arrivals(projector: Projector) -> dict[str, Arrival]:
    made = {}
    for source in _SOURCES:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO source (key, name, origin, priority, country, created_at)"
                " VALUES (%s, %s, 'own', 100, '', %s) RETURNING id",
                (source, source, projector.at),
            )
            source_id = cursor.fetchone()[0]
            cursor.execute(
                "INSERT INTO delivery (source_id, file_name, file_digest, file_bytes, kind_as, mapping, detected, state,"
                " started_at, by, rows, created, updated, unchanged, rejected, customers_created, records_joined,"
                " customers_merged, value_faults, nobody_rows, message)"
                " VALUES (%s, %s, '', 0, 'customers', '', '{}', 'finished', %s, 'bench', 0,0,0,0,0,0,0,0,0,0,'') RETURNING id",
                (source_id, source, projector.at),
            )
            made[source] = Arrival(SourceId(source_id), DeliveryId(cursor.fetchone()[0]), projector.at)
    return made


def _cursor() -> Cursor:
    connection.ensure_connection()
    return connection.connection.cursor()


def _write(
    cursor: Cursor,
    chunk: list[list[tuple[str, str, Canonical]]],
    projector: Projector,
    arrivals: dict[str, Arrival],
) -> None:
    records: dict[tuple[str, str], RecordId] = {}
    for source, arrival in arrivals.items():
        rows = [_ready(key, canonical) for entity in chunk for of, key, canonical in entity if of == source]
        staged = stage_records(cursor, rows, arrival=arrival).created
        records.update({(source, each.row.key): each.record_id for each in staged})
    projections, links = [], []
    ids = next_ids(cursor, "customer_id_seq", len(chunk))
    for id_, entity in zip(ids, chunk, strict=True):
        linked = [
            LinkedRecord(records[source, key], canonical, 100, projector.at)
            for source, key, canonical in entity
        ]
        projections.append(projector.project(CustomerId(id_), linked))
        links += [NewLink(each.record_id, CustomerId(id_), "first_seen") for each in linked]
    projector.add(cursor, projections)
    write_links(cursor, links, model_hash=default_model().hash, at=projector.at)


def _ready(key: str, canonical: Canonical) -> ReadyRow:
    packed = orjson.dumps(canonical)
    return ReadyRow(0, key, "person", packed, packed, "", (), hash(packed), None)
