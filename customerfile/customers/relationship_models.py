"""The table of relationships between customers. Each hangs on a record of either, and follows it wherever it goes."""

from django.db import models
from django.db.models import F, Q

from customerfile.sources.models import Record


class Relationship(models.Model):
    """What one customer is to another: `left` is the parent, employer, guarantor ... of `right`.

    It holds between the customers under which the two records stand; where that is one customer it says nothing.
    The records leave, and it leaves with them.
    """

    left = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_index=False)
    right = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    kind = models.TextField()
    state = models.TextField()
    basis = models.TextField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    note = models.TextField(blank=True, default="")
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    decided_by = models.TextField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "relationship"
        constraints = [
            models.UniqueConstraint(fields=["left", "right", "kind"], name="relationship_told_once"),
            models.CheckConstraint(condition=~Q(left=F("right")), name="relationship_of_two_records"),
            models.CheckConstraint(
                condition=~Q(kind__in=("household", "spouse")) | Q(left__lt=F("right")),
                name="relationship_of_equals_ordered",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=("household", "spouse", "parent", "employer", "contact", "guarantor", "referrer")
                ),
                name="relationship_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=("stated", "address_name", "address_phone", "address_name_phone")),
                name="relationship_basis_known",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=("confirmed", "dismissed"), decided_by__isnull=False, decided_at__isnull=False),
                name="relationship_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__lt=F("valid_to")), name="relationship_period_forward"
            ),
        ]
