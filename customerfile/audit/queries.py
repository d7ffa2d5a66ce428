"""Reads of the audit ledger."""

from datetime import datetime

from customerfile.audit.models import AuditEntry


def entry_count(*, code: str, subject: str, since: datetime) -> int:
    """How often this happened to this subject since then."""
    return AuditEntry.objects.filter(subject=subject, code=code, at__gt=since).count()
