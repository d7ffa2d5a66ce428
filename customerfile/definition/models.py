"""The applied definitions, one row per version. Append-only: the database refuses change and removal."""

from django.db import models
from django.db.models import Q


class DefinitionVersion(models.Model):
    """What was applied (`text`, as written) and what it came to (`document`, complete with its packs)."""

    version = models.PositiveIntegerField(primary_key=True)
    file = models.TextField()
    text = models.TextField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    applied_at = models.DateTimeField()
    applied_by = models.TextField()

    class Meta:
        db_table = "definition_version"
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="definition_version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="definition_version_digest_is_sha256"
            ),
            models.CheckConstraint(condition=~Q(applied_by=""), name="definition_version_names_its_author"),
        ]

    def __str__(self) -> str:
        return f"definition version {self.version}"
