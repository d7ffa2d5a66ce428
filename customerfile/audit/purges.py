"""What the ledger itself says was purged of it: that alone excuses that rows of a batch are missing.

Each purge says all that was purged until then, so that the newest one is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from customerfile.audit.models import AuditEntry
from customerfile.audit.months import SHORTEST_MONTHS
from customerfile.audit.seals import Seal

CODE, SUBJECT = "audit.ledger.purged", "audit_ledger"
_SHORTEST = timedelta(
    days=28 * (SHORTEST_MONTHS - 1)
)  # a batch may be sealed within the month after its rows


@dataclass(frozen=True, slots=True)
class Purged:
    """Of one ledger, so many rows are gone, of batches up to `through`. `at`: when that was said last."""

    through: int = 0
    rows: int = 0
    at: datetime | None = None

    def excuses(self, seal: Seal, *, now: datetime) -> bool:
        """Whether rows of this batch may be missing: the purge names it, and it was old enough by then, and is now."""
        return (
            self.at is not None
            and seal.number <= self.through
            and seal.sealed_at <= min(self.at, now) - _SHORTEST
        )


def purged(ledger: str) -> Purged:
    """What the newest entry about it says."""
    found = AuditEntry.objects.filter(subject=SUBJECT, code=CODE).order_by("-transaction", "-id").first()
    return stated(found.detail, ledger, found.at) if found else Purged()


def stated(detail: Mapping[str, Any], ledger: str, at: datetime) -> Purged:
    """What an entry says of one ledger; nothing where it says nothing that makes sense."""
    told = detail.get(ledger)
    if isinstance(told, dict) and isinstance(told.get("through"), int) and isinstance(told.get("rows"), int):
        return Purged(told["through"], told["rows"], at)
    return Purged()
