"""Table of the lists that people kept under a name."""

from django.db import models


class SavedView(models.Model):
    """A list of customers by its address, in which what was typed stands under seal. `shared`: others may use it."""

    owner = models.TextField()
    name = models.TextField()
    address = models.TextField()
    shared = models.BooleanField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "saved_view"
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_once")]
