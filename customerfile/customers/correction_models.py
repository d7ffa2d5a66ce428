"""Table of what people corrected in golden records."""

from django.db import models
from django.db.models import Q

from customerfile.sources.models import Record


class Correction(models.Model):
    """A person's word on one field, a statement of the source `staff`. Append-only but for its end.

    It hangs on the record whose value it corrects, and goes where that goes. `value` null: what was on record is wrong.
    `set_aside` are the values that were on record then, `was` what the golden record said.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    field = models.TextField()
    value = models.JSONField(null=True)
    set_aside = models.JSONField()
    was = models.JSONField(null=True)
    note = models.TextField(blank=True, default="")
    by = models.TextField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(null=True)

    class Meta:
        db_table = "correction"
        constraints = [
            models.UniqueConstraint(
                fields=["record", "field"],
                condition=Q(ended_at__isnull=True),
                name="correction_one_standing_per_field",
            ),
            models.CheckConstraint(condition=~Q(by=""), name="correction_names_its_author"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="correction_ended_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["record"], name="correction_by_record")]
