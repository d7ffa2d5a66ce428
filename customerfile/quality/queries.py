"""Reads of what was measured: the newest figures, how they went over time, the customers behind one of them.

All of it shows the whole file, so it is for those who see the whole file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from customerfile.base.ids import CustomerId
from customerfile.quality.counting import KEPT_CUSTOMERS, measured_fields, rows
from customerfile.quality.errors import UnknownFigure
from customerfile.quality.measures import UNCONFIRMED_AFTER, Figure, Measure
from customerfile.quality.models import QualityFigure, QualityRun
from customerfile.quality.trend import Series

__all__ = [
    "KEPT_CUSTOMERS",
    "KeptFigure",
    "Measurement",
    "customers_of_common_value",
    "figure_behind",
    "last_said",
    "measured_fields",
    "newest_measurement",
    "trends",
]

_TREND = timedelta(days=180)

type Trends = Mapping[
    tuple[str, str, Measure], Series
]  # (source, field, measure) -> its values, the oldest first


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """A figure with the number that leads to the customers behind it."""

    id: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measurement of the whole file."""

    id: int
    measured_at: datetime
    by: str
    customers: int
    records: int
    customers_measured: int
    records_measured: int
    figures: tuple[KeptFigure, ...] = ()

    @property
    def is_estimate(self) -> bool:
        """Whether a sample stands for the file."""
        return self.customers_measured < self.customers or self.records_measured < self.records


def newest_measurement(*, with_figures: bool = True) -> Measurement | None:
    """The newest one; None where nothing was measured yet."""
    run = QualityRun.objects.order_by("-measured_at", "-pk").first()
    if run is None:
        return None
    found = QualityFigure.objects.filter(run=run).defer("customers") if with_figures else ()
    figures = tuple(KeptFigure(each.pk, _figure(each, ())) for each in found)
    return Measurement(
        run.pk,
        run.measured_at,
        run.by,
        run.customers,
        run.records,
        run.customers_measured,
        run.records_measured,
        figures,
    )


def figure_behind(number: int) -> tuple[KeptFigure, datetime]:
    """A figure of the newest measurement with the customers behind it, and when it was measured.

    Raises UnknownFigure, of earlier measurements too: they no longer say whom they were of.
    """
    newest = newest_measurement(with_figures=False)
    found = QualityFigure.objects.filter(pk=number, run_id=newest.id if newest else 0).first()
    if newest is None or found is None:
        raise UnknownFigure(
            "The file was measured anew since.", "Follow the number on the page of data quality again."
        )
    return KeptFigure(found.pk, _figure(found, tuple(found.customers))), newest.measured_at


def trends(*, source: str, at: datetime) -> Trends:
    """Half a year of figures, one a day: of a source's fields ("": of the golden records, and of whole sources)."""
    found = rows("trend", {"source": source, "since": at - _TREND})
    return {
        (of, field, Measure(measure)): tuple(zip(moments, values, strict=True))
        for of, field, measure, moments, values in found
    }


def last_said(
    customers: Sequence[CustomerId], *, at: datetime, unconfirmed: bool
) -> dict[CustomerId, datetime]:
    """When anything was last said of these customers, the longest ago first. `unconfirmed`: of those alone to whom
    this still applies.
    """
    since = at - UNCONFIRMED_AFTER if unconfirmed else None
    found = rows("last_said", {"customers": list(customers), "since": since})
    return {CustomerId(id_): moment for id_, moment in found}


def customers_of_common_value(rule: str, value: str) -> tuple[CustomerId, ...]:
    """Some of the customers of whom a record holds a value too common to compare."""
    asked = {"rule": rule, "value": value, "kept": KEPT_CUSTOMERS}
    return tuple(CustomerId(id_) for (id_,) in rows("of_common_value", asked))


def _figure(stored: QualityFigure, customers: tuple[int, ...]) -> Figure:
    return Figure(
        stored.source,
        stored.field,
        Measure(stored.measure),
        stored.value,
        stored.population,
        stored.measured,
        stored.affected,
        customers,
    )
