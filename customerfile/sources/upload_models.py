"""Tables of what is asked for on the pages and done beside them: files on their way in, deliveries to be taken back,
the demonstration.
"""

from django.db import models
from django.db.models import Q


class Upload(models.Model):
    """A file that somebody handed in. It belongs to that person, and is gone some days after it was last touched.

    `stored` names the private copy in the spool, "" once that is gone. `trial` is what a trial run told.
    """

    file_name = models.TextField()
    file_bytes = models.BigIntegerField()
    stored = models.TextField()
    options = models.JSONField(default=dict)
    detected = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    rows = models.BigIntegerField(null=True)
    source_key = models.TextField(blank=True, default="")
    source_name = models.TextField(blank=True, default="")
    source_kind = models.TextField(blank=True, default="")
    priority = models.IntegerField(null=True)
    country = models.TextField(blank=True, default="")
    kind_as = models.TextField(blank=True, default="")
    mapping = models.TextField(blank=True, default="")
    mapping_from = models.TextField(blank=True, default="")
    corrects = models.ForeignKey("sources.Delivery", on_delete=models.CASCADE, null=True, related_name="+")
    delivery = models.ForeignKey("sources.Delivery", on_delete=models.CASCADE, null=True, related_name="+")
    state = models.TextField(default="open")
    attempts = models.IntegerField(default=0)
    message = models.TextField(blank=True, default="")
    trial = models.JSONField(null=True)
    by = models.TextField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "upload"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("open", "trying", "tried", "importing", "imported", "stopped")),
                name="upload_state_known",
            ),
        ]


class UndoRequest(models.Model):
    """A delivery that is to be taken back. Gone once it has been; `message` says why it could not be."""

    delivery = models.OneToOneField("sources.Delivery", on_delete=models.CASCADE, primary_key=True)
    by = models.TextField()
    at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    message = models.TextField(blank=True, default="")

    class Meta:
        db_table = "undo_request"


class Demonstration(models.Model):
    """The demonstration in this file: at most one row, gone with it. `message` says why work at it stopped."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    state = models.TextField(default="loading")
    deliveries = models.JSONField(default=list)
    by = models.TextField()
    at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    message = models.TextField(blank=True, default="")

    class Meta:
        db_table = "demonstration"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="demonstration_only_one"),
            models.CheckConstraint(
                condition=Q(state__in=("loading", "loaded", "leaving")), name="demonstration_state_known"
            ),
        ]
