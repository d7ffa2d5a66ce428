"""Tables of this room: agreements, who holds them in which role, and what either said before it was replaced.

Agreements and roles refer to one another by their keys in the source, so that files of one delivery may come in any
order. A role hangs on the holder's record; where that has not arrived, `record` is null and the role waits.
"""

from django.db import models
from django.db.models import Q

from customerfile.sources.models import Delivery, Record, Source


class Agreement(models.Model):
    """Something held over time, by its kind and key in its source. `amount` was agreed; `balance` stood on a day.

    `under_key` names the agreement it belongs to, `under_role` the role whose holder it belongs to, of `under_kind`.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    kind = models.TextField()
    key = models.TextField()
    number = models.TextField()
    product = models.TextField()
    status = models.TextField()
    currency = models.TextField()
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    balance = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    balance_on = models.DateField(null=True)
    under_kind = models.TextField()
    under_key = models.TextField()
    under_role = models.TextField()
    terms = models.JSONField()
    version = models.IntegerField(default=1)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)

    class Meta:
        db_table = "agreement"
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "key"], name="agreement_key_unique_in_source"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(kind=""), name="agreement_is_named"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, balance__isnull=True) | ~Q(currency=""),
                name="agreement_has_currency",
            ),
        ]
        indexes = [
            models.Index(
                fields=["source", "under_kind", "under_key"],
                condition=~Q(under_key=""),
                name="agreement_under_agreement",
            ),
            models.Index(
                fields=["source", "under_kind", "under_role"],
                condition=~Q(under_role=""),
                name="agreement_under_role",
            ),
        ]


class AgreementVersion(models.Model):
    """What an agreement said before a later delivery replaced it. Append-only."""

    pk = models.CompositePrimaryKey("agreement_id", "version")
    agreement_id = models.BigIntegerField()
    version = models.IntegerField()
    content = models.JSONField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, db_index=False)
    replaced_by = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "agreement_version"


class AgreementRole(models.Model):
    """Who holds an agreement, and in which role; by its kind and key in the source. It ends before `valid_to`."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    kind = models.TextField()
    key = models.TextField()
    agreement_key = models.TextField()
    holder_key = models.TextField()
    record = models.ForeignKey(Record, on_delete=models.DO_NOTHING, null=True, db_constraint=False)
    role = models.TextField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    version = models.IntegerField(default=1)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)

    class Meta:
        db_table = "agreement_role"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "key"], name="agreement_role_key_unique_in_source"
            ),
            models.CheckConstraint(
                condition=~Q(agreement_key="") & ~Q(holder_key="") & ~Q(role=""),
                name="agreement_role_names_its_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "kind", "agreement_key"], name="agreement_role_of_agreement"),
            models.Index(
                fields=["source", "holder_key"],
                condition=Q(record__isnull=True),
                name="agreement_role_waiting",
            ),
        ]


class AgreementRoleVersion(models.Model):
    """What a role said before a later delivery replaced it. Append-only."""

    pk = models.CompositePrimaryKey("role_id", "version")
    role_id = models.BigIntegerField()
    version = models.IntegerField()
    record_id = models.BigIntegerField(null=True)
    content = models.JSONField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, db_index=False)
    replaced_by = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "agreement_role_version"
