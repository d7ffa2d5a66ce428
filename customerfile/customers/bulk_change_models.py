"""Tables of bulk changes: one change of a field for many customers, and what became of each of these."""

from django.db import models
from django.db.models import Q


class BulkChange(models.Model):
    """What is wanted, by whom, and how far it is. `values`: kind of customer -> value; `refusals`: why it has none.

    A way of "confirm" has no field. `undone_*` are of whoever took it back. `message` says why it stopped.
    """

    field = models.TextField()
    way = models.TextField()
    values = models.JSONField()
    refusals = models.JSONField()
    note = models.TextField(blank=True, default="")
    by = models.TextField()
    at = models.DateTimeField()
    state = models.TextField(default="running")
    attempts = models.IntegerField(default=0)
    message = models.TextField(blank=True, default="")
    finished_at = models.DateTimeField(null=True)
    undone_by = models.TextField(blank=True, default="")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "bulk_change"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("running", "done", "undoing", "undone", "stopped")),
                name="bulk_change_state_known",
            ),
            models.CheckConstraint(
                condition=Q(way__in=("set", "add", "remove", "empty", "confirm")),
                name="bulk_change_way_known",
            ),
        ]


class BulkChangeItem(models.Model):
    """One customer that was selected. `correction_id` is the one that it led to, `before_id` the one that ended for it.

    The correction goes with the customer's records; its number stays here, and leads to nothing then.
    """

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.CASCADE, db_index=False, db_constraint=False
    )
    outcome = models.TextField(default="waiting")
    reason = models.TextField(blank=True, default="")
    correction_id = models.BigIntegerField(null=True)
    before_id = models.BigIntegerField(null=True)
    undo = models.TextField(blank=True, default="")
    undo_reason = models.TextField(blank=True, default="")

    class Meta:
        db_table = "bulk_change_item"
        constraints = [
            models.UniqueConstraint(fields=["change", "customer"], name="bulk_change_customer_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=("waiting", "changed", "same", "refused")),
                name="bulk_change_item_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(undo="") | Q(undo__in=("undone", "left"), outcome="changed"),
                name="bulk_change_item_undo_known",
            ),
        ]
