"""Table of what people heard again from customers: that what is on file still holds."""

from django.db import models
from django.db.models import Q

from customerfile.sources.models import Record


class Confirmation(models.Model):
    """A person's word that what is on file of a customer holds. It hangs on the oldest record, moves and goes with it.

    `change_id`: the bulk change that it was said in; taken back, the row goes.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    change_id = models.BigIntegerField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "confirmation"
        constraints = [
            models.UniqueConstraint(fields=["record", "change_id"], name="confirmation_once_a_change"),
            models.CheckConstraint(condition=~Q(by=""), name="confirmation_names_its_author"),
        ]
        indexes = [models.Index(fields=["change_id"], name="confirmation_by_change")]
