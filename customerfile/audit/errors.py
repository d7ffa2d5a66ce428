"""What can go wrong with the ledger of who did and saw what."""

from customerfile.base.errors import CustomerfileError


class AuditError(CustomerfileError):
    """Base of this room's errors."""


class LedgerMoved(AuditError):
    """The database counts its transactions anew from below what was sealed, as after a restore into another server."""


class RetentionNotPossible(AuditError):
    """A setting that says for how long the ledger is kept makes no sense."""


class LedgerIncomplete(AuditError):
    """Rows that were sealed are missing, and nobody purged them."""


class LedgerBusy(AuditError):
    """Something holds the ledger for so long that a month of it cannot be dropped."""


class UnknownNotice(AuditError):
    """There is nothing of this number to take note of, or not any more."""


class AnchorNotRead(AuditError):
    """The text is no anchor."""
