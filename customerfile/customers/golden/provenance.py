"""For each golden value: from which record, by which rule, since when. Pure.

Stored compactly: {"*": record} where one record says everything; else field -> one [record, rule, since] per value.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from customerfile.base.ids import RecordId
from customerfile.customers.golden.corrections import CORRECTED
from customerfile.customers.golden.golden import Canonical, GoldenRecord, GoldenRules

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
    moment, earlier = at.isoformat(), before.since.isoformat()
    stored: Stored = {}
    is_one = "*" in before.provenance
    for key, origins in golden.origins.items():
        value, rule = golden.values[key], rules.rule_name(key)
        if (
            is_one and len(origins) == 1 and before.values.get(key) == value
        ):  # as most fields of most customers
            stored[key] = [[origins[0], rule, earlier]]
        else:
            sinces = _sinces(key, value, before, moment=moment, earlier=earlier)
            stored[key] = [[record, rule, since] for record, since in zip(origins, sinces, strict=True)]
        for by_people in stored[key][: golden.corrected.get(key, 0)] if golden.corrected else ():
            by_people[1] = CORRECTED
    return stored


def only_record(record: RecordId) -> Stored:
    """The provenance of a customer with a single record."""
    return {"*": record}


def of_one_record(stored: Stored, record: RecordId, since: datetime) -> Stored:
    """The provenance of a customer that has one record left: compact where the file says all of it since one moment."""
    moment = since.isoformat()
    says_it_all = all(
        since == moment and rule != CORRECTED for values in stored.values() for _, rule, since in values
    )
    return only_record(record) if says_it_all else stored


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


def _sinces(key: str, value: Any, before: Stand, *, moment: str, earlier: str) -> list[str]:
    """For each value of a field since when it is said: this moment, or as `before`, where all was said `earlier`."""
    values = as_list(value)
    if key not in before.values:
        return [moment] * len(values)
    old = as_list(before.values[key])
    is_same = values == old
    if "*" in before.provenance:
        return [earlier if is_same or value in old else moment for value in values]
    known = [since for _, _, since in before.provenance.get(key, [])]
    if is_same and len(known) == len(values):
        return known
    return [
        next((since for said, since in zip(old, known, strict=False) if said == value), moment)
        for value in values
    ]
