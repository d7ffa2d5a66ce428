"""Public records in the columns of the people files, so that the peer reads every set in the same way.

The peer gets our own standardised values: names in their parts, dates in one form, numbers with their country.
"""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

COLUMNS = (
    "key", "given_name", "family_name", "birth_date", "email", "phone", "street", "city", "postcode", "national_id",
)  # fmt: skip


def write_peer_file(path: Path, records: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """One CSV file of keys with their canonical records; of several values the first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        lines.writerows((key, *_values(record)) for key, record in records)


def _values(record: Mapping[str, Any]) -> list[str]:
    address = _first(record, "address")
    return [
        record.get("given_name", ""),
        record.get("family_name") or record.get("organisation_name", ""),
        record.get("birth_date", ""),
        _first(record, "email").get("value", ""),
        _first(record, "phone").get("value", ""),
        address.get("line", ""),
        address.get("city", ""),
        address.get("postcode", ""),
        _first(record, "national_id").get("value", ""),
    ]


def _first(record: Mapping[str, Any], field: str) -> Mapping[str, str]:
    found = record.get(field) or [{}]
    return dict(found[0])
