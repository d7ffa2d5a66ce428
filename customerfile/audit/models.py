"""The audit ledger: text keys, no foreign keys, append-only (the database refuses change and removal)."""

from django.db import models


class AuditEntry(models.Model):
    """One thing somebody did. `code` is room.subject.past_tense; `detail` holds ids and counts, no customer value."""

    at = models.DateTimeField(db_index=True)
    by = models.TextField()
    code = models.TextField()
    subject = models.TextField(db_index=True)
    detail = models.JSONField()

    class Meta:
        db_table = "audit_entry"


class ReadEntry(models.Model):
    """One page of customers somebody saw: one row per page, with the ids."""

    at = models.DateTimeField(db_index=True)
    by = models.TextField()
    page = models.TextField()
    customer_ids = models.JSONField()

    class Meta:
        db_table = "read_entry"
