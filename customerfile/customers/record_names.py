"""Records by the names people use, as in "shop/17": the key of the source, then the record's key there."""

from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.base.told import told
from customerfile.customers.errors import UnknownRecord


def record_origins(records: Collection[RecordId]) -> dict[RecordId, tuple[str, str]]:
    """Record -> key of its source, key in it."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "find_origins"), (sorted(records),))
        return {RecordId(id_): (source, key) for id_, source, key in cursor.fetchall()}


def record_names(records: Iterable[int]) -> dict[int, str]:
    """Record -> its name."""
    origins = record_origins([RecordId(record) for record in records])
    return {record: f"{source}/{key}" for record, (source, key) in origins.items()}


def records_named(names: Sequence[str]) -> list[RecordId]:
    """Records by their names, in the order given. Raises UnknownRecord."""
    parts = [name.split("/", 1) if "/" in name else [name, ""] for name in names]
    asked = {"sources": [source for source, _ in parts], "keys": [key for _, key in parts]}
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "named_records"), asked)
        found = {(source, key): RecordId(id_) for source, key, id_ in cursor.fetchall()}
    return [_known(found, name, (source, key)) for name, (source, key) in zip(names, parts, strict=True)]


def _known(found: dict[tuple[str, str], RecordId], name: str, key: tuple[str, str]) -> RecordId:
    if key not in found:
        raise UnknownRecord(
            told("There is no record {record}.", record=name),
            "Name it by source and key, as in shop/17; customerfile show NUMBER lists a customer's records.",
        )
    return found[key]
