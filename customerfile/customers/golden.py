"""Makes one customer's golden record from the records linked to it, with the record behind each value.

Pure. The same records always give the same golden record, whatever their order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from customerfile.base.ids import RecordId
from customerfile.customers.survivorship import Offer, choose, collect
from customerfile.definition.schema import FieldDefinition, FileDefinition, Survivorship

type Canonical = dict[str, Any]
type Origins = dict[
    str, list[RecordId]
]  # field -> the record behind each of its values (one for a single field)


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """A record as survivorship sees it."""

    record_id: RecordId
    canonical: Canonical
    priority: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class GoldenRecord:
    kind: str
    values: Canonical
    origins: Origins


class GoldenRules:
    """The survivorship rules of one definition, looked up by field."""

    def __init__(self, definition: FileDefinition) -> None:
        self._fields: Mapping[str, FieldDefinition] = {field.key: field for field in definition.fields}

    def golden_record(self, records: Sequence[LinkedRecord]) -> GoldenRecord:
        """The golden record of at least one record."""
        if len(records) == 1:
            return self._of_one(records[0])
        ordered = sorted(records, key=lambda record: record.record_id)
        kind = choose(_offers(ordered, "kind"), Survivorship.MOST_FREQUENT).value
        values: Canonical = {}
        origins: Origins = {}
        for key in _keys(ordered):
            self._settle(key, _offers(ordered, key), values, origins)
        return GoldenRecord(str(kind), values, origins)

    def rule(self, key: str) -> Survivorship:
        """The rule of a field; the most recent value for one that the definition no longer has."""
        field = self._fields.get(key)
        return field.survivorship if field else Survivorship.MOST_RECENT

    def _of_one(self, record: LinkedRecord) -> GoldenRecord:
        values = {key: value for key, value in record.canonical.items() if key != "kind"}
        origins = {
            key: [record.record_id] * (len(value) if type(value) is list else 1)
            for key, value in values.items()
        }
        return GoldenRecord(record.canonical["kind"], values, origins)

    def _settle(self, key: str, offers: list[Offer], values: Canonical, origins: Origins) -> None:
        if isinstance(offers[0].value, list):
            found = collect(offers)
            values[key] = [value for value, _ in found]
            origins[key] = [record_id for _, record_id in found]
        else:
            chosen = choose(offers, self.rule(key))
            values[key] = chosen.value
            origins[key] = [chosen.record_id]


def _keys(records: Sequence[LinkedRecord]) -> list[str]:
    return sorted({key for record in records for key in record.canonical} - {"kind"})


def _offers(records: Sequence[LinkedRecord], key: str) -> list[Offer]:
    return [
        Offer(record.canonical[key], record.record_id, record.priority, record.as_of)
        for record in records
        if key in record.canonical
    ]
