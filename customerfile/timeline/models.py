"""Tables of this room: events (partitioned by month), their keys and replaced versions; notes that people write; the
quarantine.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from customerfile.sources.models import Delivery, Record, Source
from customerfile.timeline.quarantine_models import MendingRuleRow, QuarantinedEvent

__all__ = ["Event", "EventKey", "EventVersion", "MendingRuleRow", "Note", "QuarantinedEvent"]


class Event(models.Model):
    """A dated fact hung on a record; `record_id` is null for a sale to nobody. Money is exact, in `currency`."""

    pk = models.CompositePrimaryKey("occurred_at", "id")
    id = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    record_id = models.BigIntegerField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    key = models.TextField()
    name = models.TextField()
    category = models.TextField()
    amount = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    currency = models.TextField()
    quantity = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    properties = models.JSONField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, db_index=False, db_constraint=False)

    class Meta:
        db_table = "event"
        indexes = [models.Index(fields=["record_id", "-occurred_at"], name="event_of_record")]


class EventKey(models.Model):
    """Exactly once: the event that a source calls by this key, with the digest of what it said."""

    pk = models.CompositePrimaryKey("source_id", "key")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    key = models.TextField()
    event_id = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    digest = models.BigIntegerField()
    rows = models.IntegerField()
    version = models.IntegerField(default=1)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)

    class Meta:
        db_table = "event_key"
        constraints = [models.CheckConstraint(condition=Q(rows__gte=1), name="event_has_rows")]


class EventVersion(models.Model):
    """What an event said before a later delivery replaced it. Append-only."""

    pk = models.CompositePrimaryKey("event_id", "version")
    event_id = models.BigIntegerField()
    version = models.IntegerField()
    record_id = models.BigIntegerField(null=True)
    content = models.JSONField()
    digest = models.BigIntegerField()
    rows = models.IntegerField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, db_index=False)
    replaced_by = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "event_version"


class Note(models.Model):
    """What a person wrote about a customer. It hangs on a record, and goes where that goes.

    `earlier` are the texts it had before, each with the moment until which it stood. One that was removed keeps who
    wrote it, when, and when it was removed. `done_by` are those of `mentioned` who need not be told any more.
    """

    id = models.BigIntegerField(primary_key=True)  # of the same sequence as events, whose place it shares
    record = models.ForeignKey(Record, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    text = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    version = models.IntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    earlier = models.JSONField(default=list)
    mentioned = ArrayField(models.TextField(), default=list)
    done_by = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "note"
        indexes = [
            models.Index(fields=["record", "-at"], name="note_of_record"),
            GinIndex(fields=["mentioned"], name="note_mentioning"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(by=""), name="note_names_its_author"),
            models.CheckConstraint(
                condition=(Q(removed_at__isnull=True) & ~Q(text=""))
                | (Q(removed_at__isnull=False) & Q(text="", earlier=[], mentioned=[])),
                name="note_says_something_until_removed",
            ),
        ]
