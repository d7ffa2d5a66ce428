"""Tables of this room: a measurement of the whole file, and its figures. Both are kept, for the trend."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class QualityRun(models.Model):
    """One measurement. Where fewer were looked at than there are, its figures are estimates."""

    measured_at = models.DateTimeField(db_index=True)
    by = models.TextField()
    customers = models.BigIntegerField()
    records = models.BigIntegerField()
    customers_measured = models.BigIntegerField()
    records_measured = models.BigIntegerField()

    class Meta:
        db_table = "quality_run"


class QualityRequest(models.Model):
    """Somebody wants the file measured now. One at a time, gone once it is; `message` says why it could not be."""

    by = models.TextField()
    at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    message = models.TextField(blank=True, default="")

    class Meta:
        db_table = "quality_request"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="quality_request_one_at_a_time")]


class QualityFigure(models.Model):
    """One number: of a field ("": of all), in a source ("": in the golden records).

    `customers` are some of those behind it, the worst first; only the newest run names any.
    """

    run = models.ForeignKey(QualityRun, on_delete=models.CASCADE, db_index=False)
    source = models.TextField()
    field = models.TextField()
    measure = models.TextField()
    value = models.FloatField()
    population = models.BigIntegerField()
    measured = models.BigIntegerField()
    affected = models.BigIntegerField()
    customers = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        db_table = "quality_figure"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "source", "field", "measure"], name="quality_figure_once_a_run"
            ),
            models.CheckConstraint(
                condition=Q(measure__in=("completeness", "validity", "duplication", "age", "unconfirmed")),
                name="quality_measure_known",
            ),
            models.CheckConstraint(
                condition=Q(affected__gte=0, affected__lte=F("measured")), name="quality_affected_of_measured"
            ),
        ]
