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


def stored_provenance(golden: GoldenRecord, rules: GoldenRules, *, before: Stand, at: datetime) -> Stored:
    """The provenance to keep with a golden record; values that did not change keep their `since`."""
    moment = at.isoformat()
    return {
        key: [
            [record, rules.rule(key).value, _since(value, _old(key, before), moment)]
            for value, record in zip(as_list(golden.values[key]), origins, strict=True)
        ]
        for key, origins in golden.origins.items()
    }


def only_record(record: RecordId) -> Stored:
    """The provenance of a customer with a single record."""
    return {"*": record}


def origins(key: str, *, stand: Stand, count: int) -> list[Origin]:
    """The origin of each of the `count` values of a field."""
    if "*" in stand.provenance:
        return [Origin(RecordId(stand.provenance["*"]), ONLY_RECORD, stand.since)] * count
    return [
        Origin(RecordId(record), rule, datetime.fromisoformat(since))
        for record, rule, since in stand.provenance.get(key, [])
    ]


def as_list(value: Any) -> list[Any]:
    """The values of a field, one for a single field."""
    return value if type(value) is list else [value]


type _Old = list[tuple[Any, str]]  # each value that stood before, and since when


def _old(key: str, before: Stand) -> _Old:
    if key not in before.values:
        return []
    values = as_list(before.values[key])
    if "*" in before.provenance:
        since = before.since.isoformat()
        return [(value, since) for value in values]
    return [(value, entry[2]) for value, entry in zip(values, before.provenance.get(key, []), strict=False)]


def _since(value: Any, old: _Old, moment: str) -> str:
    return next((since for earlier, since in old if earlier == value), moment)
