"""Tables of lists that customers are held against: what a listed record is found by, and whom it looks like."""

from django.db import models
from django.db.models import F, Q

from customerfile.sources.models import Record


class WatchKey(models.Model):
    """A blocking key of a listed record. Those of customers' records stand apart from them, in `block_key`."""

    pk = models.CompositePrimaryKey("key", "record_id")
    key = models.BigIntegerField()
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_constraint=False)

    class Meta:
        db_table = "watch_key"


class WatchHit(models.Model):
    """A customer's record that looks like a listed one: nothing forbids that they are the same.

    It follows the customer's record on merge and split. What a person said of it stays when the weight changes.
    """

    listed = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    weight = models.FloatField()
    levels = models.BinaryField()
    model_hash = models.TextField()
    state = models.TextField()
    found_at = models.DateTimeField()
    decided_by = models.TextField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watch_hit"
        constraints = [
            models.UniqueConstraint(fields=["listed", "record"], name="watch_hit_once"),
            models.CheckConstraint(condition=~Q(listed=F("record")), name="watch_hit_of_two_records"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=("confirmed", "dismissed"), decided_by__isnull=False, decided_at__isnull=False),
                name="watch_hit_decided_by_somebody",
            ),
        ]
