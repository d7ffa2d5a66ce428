"""Tables of the quarantine: events as they were said that do not fit the tracking plan, and rules that mend them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from customerfile.sources.models import Delivery, Source


class QuarantinedEvent(models.Model):
    """An event as it was said, and why it does not stand on the timeline as it is.

    `waiting` for a rule or a decision; `released` in a delivery (mended on arrival: in the one that brought it);
    `replaced` by what a later delivery said under the same key; `discarded` by somebody. At most one waits of a key.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    key = models.TextField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    line = models.BigIntegerField()
    customer_key = models.TextField()
    name = models.TextField()
    occurred_at = models.DateTimeField()
    said = models.JSONField()
    digest = models.BigIntegerField()
    field = models.TextField()
    reason = models.TextField()
    remedy = models.TextField()
    state = models.TextField(default="waiting")
    since = models.DateTimeField()
    released_in = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="+")
    replaced_by = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    mended_by = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        db_table = "quarantined_event"
        indexes = [
            models.Index(fields=["source", "key"], name="quarantined_by_key"),
            models.Index(
                fields=["source", "name"], condition=Q(state="waiting"), name="quarantined_that_waits"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"], condition=Q(state="waiting"), name="one_quarantined_waits"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "discarded"), released_in=None, replaced_by=None)
                | Q(state="released", released_in__isnull=False, replaced_by=None)
                | Q(state="replaced", released_in=None, replaced_by__isnull=False),
                name="quarantined_state_known",
            ),
        ]


class MendingRuleRow(models.Model):
    """A rule of a source: `event` is called `new_name`; or its property is; or that is left out."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    kind = models.TextField()
    event = models.TextField()
    property = models.TextField(default="")
    new_name = models.TextField(default="")
    made_at = models.DateTimeField()
    made_by = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.TextField(default="")

    class Meta:
        db_table = "mending_rule"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "event", "property"],
                condition=Q(withdrawn_at=None),
                name="one_mending_rule_for_each",
            ),
            models.CheckConstraint(
                condition=(Q(kind="call_event", property="") & ~Q(new_name=""))
                | (Q(kind="call_property") & ~Q(property="") & ~Q(new_name=""))
                | (Q(kind="leave_out", new_name="") & ~Q(property="")),
                name="mending_rule_is_whole",
            ),
        ]
