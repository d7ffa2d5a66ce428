"""For each golden value: from which record, by which rule, since when. Pure.

Stored compactly: {"*": record} where one record says everything; else field -> one [record, rule, since] per value.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from customerfile.base.ids import RecordId
from customerfile.customers.golden import Canonical, GoldenRecord, GoldenRules

type Stored = dict[str, Any]

ONLY_RECORD = "only_record"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one golden value comes from. `rule` is ONLY_RECORD where no other record was there to choose from."""

    record_id: RecordId
    rule: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Stand:
    """What a customer's file said before a change: its values, their stored provenance, and since when."""

    values: Canonical
    provenance: Stored
    since: datetime


def stored_provenance(
    golden: GoldenRecord, rules: GoldenRules, *, before: Stand | None, at: datetime
) -> Stored:
    """The provenance to keep with a golden record; values that did not change keep their `since`."""
    records = {record for origins in golden.origins.values() for record in origins}
    if before is None and len(records) == 1:
        return {"*": records.pop()}
    return {
        key: [
            [record, rules.rule(key).value, _since(key, position, golden, before, at).isoformat()]
            for position, record in enumerate(origins)
        ]
        for key, origins in golden.origins.items()
    }


def origins(key: str, *, stand: Stand, count: int) -> list[Origin]:
    """The origin of each of the `count` values of a field."""
    if "*" in stand.provenance:
        return [Origin(RecordId(stand.provenance["*"]), ONLY_RECORD, stand.since)] * count
    return [
        Origin(RecordId(record), rule, datetime.fromisoformat(since))
        for record, rule, since in stand.provenance.get(key, [])
    ]


def _since(key: str, position: int, golden: GoldenRecord, before: Stand | None, at: datetime) -> datetime:
    value = _at(golden.values[key], position)
    old = before.values.get(key) if before else None
    if before is None or old is None:
        return at
    for earlier in range(len(old) if type(old) is list else 1):
        if _at(old, earlier) == value:
            found = origins(key, stand=before, count=earlier + 1)
            return found[earlier].since if earlier < len(found) else at
    return at


def _at(value: Any, position: int) -> Any:
    return value[position] if type(value) is list else value
