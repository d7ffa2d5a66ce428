"""The only way to write to the audit ledger."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import orjson
from django.db import connection

from customerfile.audit.changes import Value
from customerfile.audit.models import AuditEntry, ReadEntry
from customerfile.base.bulk import Cursor, write_rows
from customerfile.base.database import statement

type Detail = Mapping[str, Value]


def record(*, by: str, at: datetime, code: str, subject: str, detail: Detail) -> None:
    """Write one entry in the caller's transaction. `subject` is like "delivery:12"; `detail` has no customer value."""
    AuditEntry.objects.create(at=at, by=by, code=code, subject=subject, detail=dict(detail))


def record_all(
    cursor: Cursor, code: str, entries: Sequence[tuple[str, str, Detail]], *, at: datetime
) -> None:
    """As `record`, for many things of one kind: who did it, its subject, its detail."""
    rows = [(at, by, code, subject, orjson.dumps(dict(detail)).decode()) for by, subject, detail in entries]
    write_rows(cursor, "audit_entry", ("at", "by", "code", "subject", "detail"), rows)


def record_reads(*, by: str, at: datetime, page: str, customer_ids: Sequence[int]) -> None:
    """Write down whom somebody saw on one page. Nothing is written where nobody was shown.

    Within a transaction it is as durable as that; by itself it does not wait for the disk.
    """
    if not customer_ids:
        return
    if connection.in_atomic_block:
        ReadEntry.objects.create(at=at, by=by, page=page, customer_ids=list(customer_ids))
        return
    with connection.cursor() as cursor:
        cursor.execute(
            statement(__package__, "insert_read"),
            {"at": at, "by": by, "page": page, "customers": list(customer_ids)},
        )
