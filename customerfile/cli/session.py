"""Who sits at the keyboard: the name under which commands are written down in the audit ledger."""

import getpass
from collections.abc import Sequence

from customerfile.audit import operations as audit
from customerfile.base.clock import now
from customerfile.base.ids import CustomerId


def operator() -> str:
    """The account of the operating system that runs this command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def write_down_reading(command: str, customers: Sequence[CustomerId]) -> None:
    """Keep whose data a command showed."""
    audit.record_reads(by=operator(), at=now(), page=f"command {command}", customer_ids=list(customers))
