"""Measures the whole file and keeps the figures, in bounded time: a file too large is sampled, and says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from customerfile.audit import operations as audit
from customerfile.quality.counting import KEPT_CUSTOMERS, figures_of, scope_of
from customerfile.quality.errors import BeingMeasured
from customerfile.quality.measures import Figure
from customerfile.quality.models import QualityFigure, QualityRun
from customerfile.quality.sampling import MOST

_AT_MOST = "120s"  # for one statement
_LOCK = 0x7175616C697479  # "quality"
_ANEW_AFTER = timedelta(hours=24)


@transaction.atomic
def measure_quality(*, by: str, at: datetime, most: int = MOST) -> int:
    """Measure, keep the figures, and write it down; gives the number of the run. Raises BeingMeasured.

    `most`: customers, and records, that are looked at before a sample has to do.
    """
    _alone()
    scope = scope_of(at, most=most)
    figures, customers, records = figures_of(scope)
    run = QualityRun.objects.create(
        measured_at=at,
        by=by,
        customers=scope.customer_count,
        records=sum(scope.record_counts.values()),
        customers_measured=customers,
        records_measured=records,
    )
    _keep(run, figures)
    audit.record(
        by=by,
        at=at,
        code="quality.file.measured",
        subject=f"quality_run:{run.pk}",
        detail={"customers": customers, "records": records},
    )
    return run.pk


def is_due(at: datetime) -> bool:
    """Whether nobody measured within a day."""
    return not QualityRun.objects.filter(measured_at__gt=at - _ANEW_AFTER).exists()


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchall()[0][0]:
            raise BeingMeasured("The file is being measured just now.", "Look again in a minute.")
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [_AT_MOST])


def _keep(run: QualityRun, figures: Sequence[Figure]) -> None:
    """Store them. The runs before keep their numbers and forget the customers behind them."""
    QualityFigure.objects.exclude(customers=[]).update(customers=[])
    QualityFigure.objects.bulk_create(
        [
            QualityFigure(
                run=run,
                source=each.source,
                field=each.field,
                measure=each.measure.value,
                value=each.value,
                population=each.population,
                measured=each.measured,
                affected=each.affected,
                customers=list(dict.fromkeys(each.customers))[:KEPT_CUSTOMERS],
            )
            for each in figures
        ],
        batch_size=500,
    )
