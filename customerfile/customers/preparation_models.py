"""Table of the preparation rules that the file's comparison inputs and blocking keys were made by."""

from django.db import models
from django.db.models import Q


class Preparation(models.Model):
    """One version of the rules: the newest that is finished holds for every record; another is being gone over to.

    0 stands for files that are older than this table.
    """

    version = models.IntegerField(primary_key=True)
    through = models.BigIntegerField()  # the last record that was prepared by these rules
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "preparation"
        constraints = [models.CheckConstraint(condition=Q(version__gte=0), name="preparation_version_known")]
