"""Tables of the match model: those that were put in force, and values too common to tell anything."""

from django.db import models
from django.db.models import Q


class MatchModelVersion(models.Model):
    """A match model that was applied, whole. The newest one runs; without any, the one that ships. Append-only."""

    version = models.AutoField(primary_key=True)
    hash = models.TextField()
    artefact = models.TextField()
    origin = models.TextField()
    applied_at = models.DateTimeField()
    applied_by = models.TextField()

    class Meta:
        db_table = "match_model_version"
        constraints = [
            models.CheckConstraint(
                condition=Q(origin__in=("shipped", "trained", "imported")), name="match_model_origin_known"
            )
        ]


class CommonValue(models.Model):
    """A contact point or number that more records share than a block may hold: a default, not somebody's own.

    Resolution keeps it up to date: the value is left out of every comparison as long as it stands here.
    """

    key = models.BigIntegerField(primary_key=True)  # its blocking key
    rule = models.TextField()
    value = models.TextField()
    since = models.DateTimeField()

    class Meta:
        db_table = "common_value"
