"""Who sits at the keyboard: under whose name commands run, and are written down in the audit ledger."""

import getpass
import os
from collections.abc import Sequence

from customerfile.access.operations import ensure_owner
from customerfile.access.permissions import Permission
from customerfile.access.queries import clearance_of_user, is_anybody_here, permissions_of
from customerfile.access.sight import Sight
from customerfile.audit import operations as audit
from customerfile.base.clock import now
from customerfile.base.ids import CustomerId


def operator() -> str:
    """The name in CUSTOMERFILE_USER, or the account of the operating system that runs this command."""
    named = os.environ.get("CUSTOMERFILE_USER", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def operator_permissions() -> frozenset[Permission]:
    """What the operator may do. Whoever comes first to a file where nobody is yet is its owner. Raises UnknownUser."""
    if not is_anybody_here():
        ensure_owner(username=operator(), by=operator(), at=now())
    return permissions_of(operator())


def operator_sight() -> Sight:
    """What the operator sees of customers."""
    return clearance_of_user(operator()).sight


def write_down_reading(command: str, customers: Sequence[CustomerId]) -> None:
    """Keep whose data a command showed."""
    audit.record_reads(by=operator(), at=now(), page=f"command {command}", customer_ids=list(customers))
