"""Makes the line in which lists and search results show a customer to somebody."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from customerfile.access.sight import Sight
from customerfile.base.ids import CustomerId
from customerfile.base.told import told
from customerfile.customers.customer_file import CustomerSummary
from customerfile.customers.search.findable import display_name


def summary_of(row: Sequence[Any], sight: Sight) -> CustomerSummary:
    """From the columns that find_summaries.sql names; further columns are not looked at."""
    id_, number, kind, name, record_count, changed_at, golden = row[:7]
    values = sight.part_of(orjson.loads(golden))
    return CustomerSummary(
        id=CustomerId(id_),
        number=number,
        kind=kind,
        display_name=name
        if sight.shows_all
        else display_name(kind, values, nameless=told("Customer {number}", number=number)),
        place=_place(values),
        contact=_first(values, "email") or _first(values, "phone"),
        record_count=record_count,
        changed_at=changed_at,
    )


def _place(values: Mapping[str, Any]) -> str:
    parts: dict[str, str] = next(iter(values.get("address", ())), {})
    town = " ".join(parts[key] for key in ("postcode", "city") if parts.get(key))
    return ", ".join(part for part in (town, parts.get("country", "")) if part)


def _first(values: Mapping[str, Any], key: str) -> str:
    return str(next(iter(values.get(key, ())), {"value": ""})["value"])
