"""The only way to write to the audit ledger."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from customerfile.audit.changes import Value
from customerfile.audit.models import AuditEntry, ReadEntry

type Detail = Mapping[str, Value]


def record(*, by: str, at: datetime, code: str, subject: str, detail: Detail) -> None:
    """Write one entry in the caller's transaction. `subject` is like "delivery:12"; `detail` has no customer value."""
    AuditEntry.objects.create(at=at, by=by, code=code, subject=subject, detail=dict(detail))


def record_reads(*, by: str, at: datetime, page: str, customer_ids: Sequence[int]) -> None:
    """Write down whom somebody saw on one page. Nothing is written where nobody was shown."""
    if customer_ids:
        ReadEntry.objects.create(at=at, by=by, page=page, customer_ids=list(customer_ids))
