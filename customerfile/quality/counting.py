"""Counts in the database what is measured, and makes figures of it. Reads only.

Every statement is bounded by the size of the sample, but for one look-up for every refused value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import orjson
from django.db import connection

from customerfile.base.database import statement
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FieldDefinition, PrivacyClass
from customerfile.quality import measures
from customerfile.quality.measures import UNCONFIRMED_AFTER, WHOLE, Counted, Figure, Measure, pooled
from customerfile.quality.sampling import drawn, is_sparse, small_sources

KEPT_CUSTOMERS = 300  # behind each figure

type Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is measured, of how many. `customers`, `records`: internal numbers; None: all. `sources`: id -> key."""

    at: datetime
    customer_count: int
    record_counts: Mapping[int, int]
    sources: Mapping[int, str]
    customers: list[int] | None
    records: list[int] | None

    @property
    def asked(self) -> dict[str, Any]:
        """The parameters of every statement."""
        fields = [{"key": each.key, "kinds": list(each.applies_to)} for each in measured_fields()]
        return {
            "fields": orjson.dumps(fields).decode(),
            "customers": self.customers,
            "records": self.records,
            "sources": sorted(self.sources),
            "since": self.at - UNCONFIRMED_AFTER,
            "kept": KEPT_CUSTOMERS,
        }


def scope_of(at: datetime, *, most: int) -> Scope:
    """All of a file that is small enough, a sample of a larger one."""
    customers, highest_customer, highest_record = rows("population", {})[0]
    sources = rows("source_population", {})
    counts = {id_: count for id_, _, count in sources}
    sample = _sample("records_at_random", sum(counts.values()), highest_record, most=most)
    if sample is not None:
        small = rows("records_of_sources", {"sources": small_sources(counts)})
        sample = sorted({*sample, *(id_ for (id_,) in small)})
    return Scope(
        at,
        customers,
        counts,
        {id_: key for id_, key, _ in sources},
        _sample("customers_at_random", customers, highest_customer, most=most),
        sample,
    )


def _sample(at_random: str, count: int, highest: int, *, most: int) -> list[int] | None:
    """Internal numbers to look at; None: all. `at_random` names the statement that chooses among those in use."""
    if count <= most:
        return None
    if is_sparse(count, highest):
        return sorted(id_ for (id_,) in rows(at_random, {"most": most}))
    return drawn(count, highest, most=most, rng=np.random.default_rng())


def measured_fields() -> tuple[FieldDefinition, ...]:
    """The fields that may be held at all."""
    return tuple(each for each in current_definition().fields if each.privacy is not PrivacyClass.FORBIDDEN)


def figures_of(scope: Scope) -> tuple[list[Figure], int, int]:
    """Every figure, and how many customers and records were looked at."""
    asked = scope.asked
    seen: dict[int, int] = dict(rows("records_measured", asked))
    rates = {source: scope.record_counts[source] / count for source, count in seen.items()}
    golden, customers_seen = _golden(scope, asked)
    of_fields = list(_fields_of_sources(scope, asked, rates))
    of_sources = list(_sources(scope, asked, rates))
    found = [*golden, *of_fields, *of_sources, *_together(golden, of_fields, of_sources)]
    return found, customers_seen, sum(seen.values())


def _golden(scope: Scope, asked: dict[str, Any]) -> tuple[list[Figure], int]:
    """Of the customers: whom nobody confirmed, and every field."""
    seen, old, oldest = rows("unconfirmed", asked)[0]
    if not seen:
        return [], 0
    rate = scope.customer_count / seen
    known = {each.key for each in measured_fields()}
    found = [measures.unconfirmed(Counted(seen, old, tuple(oldest)).times(rate))]
    for key, *counts in rows("completeness_of_golden", asked):
        found.append(measures.completeness(_counted(counts, rate), source=WHOLE, field=key))
    for key, median, *counts in rows("age_of_golden", asked):
        counted = _counted(counts, rate)
        found.append(measures.age(counted, source=WHOLE, field=key, median=median, at=scope.at))
    for key, *counts in rows("sharing_of_golden", asked):
        if key in known:
            found.append(measures.duplication(_counted(counts, rate), source=WHOLE, field=key))
    return found, seen


def _fields_of_sources(scope: Scope, asked: dict[str, Any], rates: Mapping[int, float]) -> Iterator[Figure]:
    refusals = {(id_, field): counts for id_, field, *counts in rows("refusals", asked)}
    for id_, field, median, count, lacking, lack, held, old, oldest in rows("fields_of_sources", asked):
        source, rate = scope.sources[id_], rates[id_]
        refused, refused_alone, behind = refusals.get((id_, field), (0, 0, ()))
        yield measures.completeness(_counted((count, lacking, lack), rate), source=source, field=field)
        if offered := held + refused_alone:
            valid = _counted((offered, refused, behind or ()), rate)
            yield measures.validity(valid, source=source, field=field)
        if held:
            aged = _counted((held, old, oldest), rate)
            yield measures.age(aged, source=source, field=field, median=median, at=scope.at)


def _sources(scope: Scope, asked: dict[str, Any], rates: Mapping[int, float]) -> Iterator[Figure]:
    for id_, median, count, duplicates, customers, old, oldest in rows("sources", asked):
        source, rate = scope.sources[id_], rates[id_]
        counted = _counted((count, duplicates, customers), rate)
        yield measures.duplication(counted, source=source, field=WHOLE)
        aged = _counted((count, old, oldest), rate)
        yield measures.age(aged, source=source, field=WHOLE, median=median, at=scope.at)


def _together(golden: list[Figure], of_fields: list[Figure], of_sources: list[Figure]) -> Iterator[Figure]:
    """What the figures of fields say of a source and of the whole file, and those of sources of a field."""
    valid = [each for each in of_fields if each.measure is Measure.VALIDITY]
    sources, fields = (
        dict.fromkeys(each.source for each in of_fields),
        dict.fromkeys(each.field for each in valid),
    )
    groups = [
        (WHOLE, WHOLE, measures.in_use(golden, source=WHOLE)),
        (WHOLE, WHOLE, valid),
        (WHOLE, WHOLE, [each for each in of_sources if each.measure is Measure.DUPLICATION]),
        *((WHOLE, field, [each for each in valid if each.field == field]) for field in fields),
        *((source, WHOLE, measures.in_use(of_fields, source=source)) for source in sources),
        *((source, WHOLE, [each for each in valid if each.source == source]) for source in sources),
    ]
    for source, field, figures in groups:
        together = pooled(figures, source=source, field=field)
        if together is not None:
            yield together


def _counted(counts: Any, rate: float) -> Counted:
    measured, affected, customers = counts
    return Counted(measured, affected, tuple(customers)).times(rate)


def rows(name: str, parameters: dict[str, Any]) -> list[Row]:
    """What a named statement of this room gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        found: list[Row] = cursor.fetchall()
    return found
