"""What can go wrong with the ledger of who did and saw what."""

from customerfile.base.errors import CustomerfileError


class AuditError(CustomerfileError):
    """Base of this room's errors."""


class LedgerMoved(AuditError):
    """The database counts its transactions anew from below what was sealed, as after a restore into another server."""


class AnchorNotRead(AuditError):
    """The text is no anchor."""
