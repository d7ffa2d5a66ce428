"""A customer in one line, as lists and search results show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from customerfile.base.ids import CustomerId


@dataclass(frozen=True, slots=True)
class CustomerSummary:
    """`place` is a postcode and town, `contact` an e-mail address or phone number; both may be empty."""

    id: CustomerId
    number: str
    kind: str
    display_name: str
    place: str
    contact: str
    record_count: int
    changed_at: datetime


def summary_of(row: Sequence[Any]) -> CustomerSummary:
    """From the columns that find_summaries.sql names; further columns are not looked at."""
    id_, number, kind, display_name, record_count, changed_at, address, email, phone = row[:9]
    return CustomerSummary(
        CustomerId(id_),
        number,
        kind,
        display_name,
        _place(address),
        email or phone or "",
        record_count,
        changed_at,
    )


def _place(address: str | None) -> str:
    if address is None:
        return ""
    parts: dict[str, str] = orjson.loads(address)
    town = " ".join(parts[key] for key in ("postcode", "city") if parts.get(key))
    return ", ".join(part for part in (town, parts.get("country", "")) if part)
