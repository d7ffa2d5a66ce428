"""The table of match models that were put in force in this file."""

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
