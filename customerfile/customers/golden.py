"""Makes one customer's golden record from the records linked to it, with the record behind each value.

Pure. The same records always give the same golden record, whatever their order.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from customerfile.base.ids import RecordId
from customerfile.customers.survivorship import Offer, Standing, choose, collect, standing_of
from customerfile.definition.schema import FileDefinition, Survivorship

type Canonical = dict[str, Any]
# field -> the record behind each of its values (one for a single field)
type Origins = dict[str, list[RecordId]]


class LinkedRecord(NamedTuple):
    """A record as survivorship sees it."""

    record_id: RecordId
    canonical: Canonical
    priority: int
    as_of: datetime


class GoldenRecord(NamedTuple):
    kind: str
    values: Canonical
    origins: Origins


class GoldenRules:
    """The survivorship rules of one definition, looked up by field."""

    def __init__(self, definition: FileDefinition) -> None:
        self._rules: Mapping[str, Survivorship] = {
            field.key: field.survivorship for field in definition.fields
        }

    def golden_record(self, records: Sequence[LinkedRecord]) -> GoldenRecord:
        """The golden record of at least one record."""
        offers: dict[str, list[Offer]] = {}
        for record in sorted(records, key=_standing):
            age = -record.as_of.timestamp()
            for key, value in record.canonical.items():
                offers.setdefault(key, []).append(Offer(value, record.record_id, age))
        kind = choose(offers.pop("kind"), Survivorship.MOST_FREQUENT).value
        values: Canonical = {}
        origins: Origins = {}
        for key in sorted(offers):
            self._settle(key, offers[key], values, origins)
        return GoldenRecord(str(kind), values, origins)

    def rule(self, key: str) -> Survivorship:
        """The rule of a field; the most recent value for one that the definition no longer has."""
        return self._rules.get(key, Survivorship.MOST_RECENT)

    def _settle(self, key: str, offers: list[Offer], values: Canonical, origins: Origins) -> None:
        if isinstance(offers[0].value, list):
            found = collect(offers)
            values[key] = [value for value, _ in found]
            origins[key] = [record_id for _, record_id in found]
        else:
            chosen = choose(offers, self.rule(key))
            values[key] = chosen.value
            origins[key] = [chosen.record_id]


def _standing(record: LinkedRecord) -> Standing:
    return standing_of(record.record_id, record.priority, record.as_of)
