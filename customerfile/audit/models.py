"""The audit ledger: text keys, no foreign keys, append-only (the database refuses change and removal).

The database itself sets `transaction` and `row_hash` of every row, whatever wrote it. Both ledgers are partitioned by
month of `at`, and numbered by `id` across all months.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTransform

CODES_TO_NOTICE = [  # entries of which a second person is to take note, in the order of their index
    "customers.file.exported",
    "customers.links.exported",
    "sources.rejects.exported",
    "audit.ledger.exported",
    "audit.reads.many",
]


class AuditEntry(models.Model):
    """One thing somebody did. `code` is room.subject.past_tense; `detail` holds ids and counts, no customer value."""

    at = models.DateTimeField(db_index=True)
    by = models.TextField()
    code = models.TextField()
    subject = models.TextField()
    detail = models.JSONField()
    transaction = models.BigIntegerField(db_default=0)
    row_hash = models.BinaryField(db_default=b"")

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["subject"], name="audit_entry_subject"),
            models.Index(fields=["by", "at"], name="audit_entry_by"),
            models.Index(fields=["transaction", "id"], name="audit_entry_order"),
            GinIndex(
                KeyTransform("customers", "detail"),
                name="audit_entry_customers",
                condition=models.Q(detail__has_key="customers"),
            ),
            models.Index(
                fields=["at"], name="audit_entry_notices", condition=models.Q(code__in=CODES_TO_NOTICE)
            ),
        ]


class ReadEntry(models.Model):
    """One page of customers somebody saw: one row per page, with the ids."""

    at = models.DateTimeField(db_index=True)
    by = models.TextField()
    page = models.TextField()
    customer_ids = ArrayField(models.BigIntegerField())
    transaction = models.BigIntegerField(db_default=0)
    row_hash = models.BinaryField(db_default=b"")

    class Meta:
        db_table = "read_entry"
        indexes = [
            models.Index(fields=["by", "at"], name="read_entry_by"),
            models.Index(fields=["transaction", "id"], name="read_entry_order"),
            GinIndex(fields=["customer_ids"], name="read_entry_customers"),
        ]


class PurgedRow(models.Model):
    """The hash of a row that went with its month while others of its batch stay: their seal is still to be verified."""

    pk = models.CompositePrimaryKey("ledger", "transaction", "row_id")
    ledger = models.TextField()
    transaction = models.BigIntegerField()
    row_id = models.BigIntegerField()
    row_hash = models.BinaryField()

    class Meta:
        db_table = "purged_row"


class AuditSeal(models.Model):
    """Closes a batch: every row of both ledgers that was written by a transaction numbered below `below` and is in no
    earlier batch. Each seal holds the hash of the one before it.
    """

    number = models.BigIntegerField(primary_key=True)
    below = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    entry_count = models.BigIntegerField()
    entry_root = models.BinaryField()
    read_count = models.BigIntegerField()
    read_root = models.BinaryField()
    previous = models.BinaryField()
    seal_hash = models.BinaryField()

    class Meta:
        db_table = "audit_seal"
