"""Works at a bulk change until it is done or taken back, unless another process does. Ended in whatever way, it goes on
where it stopped: what was done is written down with it, slice by slice.
"""

from __future__ import annotations

from customerfile.access.errors import UnknownUser
from customerfile.access.permissions import Permission
from customerfile.access.queries import clearance_of_user
from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.base.told import noted_text
from customerfile.customers.bulk_changes.changing import change_slice
from customerfile.customers.bulk_changes.store import (
    BulkChangeInfo,
    begin_attempt,
    tell_finished,
    tell_stopped,
)
from customerfile.customers.bulk_changes.taking_back import undo_slice
from customerfile.customers.resolution.judgement_store import Author
from customerfile.sources.at_work import CHANGES, alone_at

ATTEMPTS = 10
_GAVE_UP = noted_text(
    "It was interrupted {attempts} times. What is changed stays changed, and can be taken back. Ask whoever runs the"
    " server to look at its log."
).format(attempts=ATTEMPTS)


def work_at_change(number: int) -> bool:
    """Whether it came to its end, or another process works at it; it is to be done again where it did not."""
    with alone_at(CHANGES, number) as is_ours:
        change = begin_attempt(number) if is_ours else None
        if change is None:
            return is_ours
        if change.attempts > ATTEMPTS:
            tell_stopped(number, _GAVE_UP)
            return True
        try:
            _work(change)
        except CustomerfileError as problem:
            tell_stopped(number, str(problem))
    return True


def _work(change: BulkChangeInfo) -> None:
    is_undone = change.state == "undoing"
    by = change.undone_by if is_undone else change.by
    while True:
        if not _may_still(by):
            tell_stopped(change.id, noted_text("{name} may not change customers any more.").format(name=by))
            return
        author = Author(by, now(), change.note)
        if not (undo_slice if is_undone else change_slice)(change, author):
            break
    tell_finished(change.id, at=now())


def _may_still(username: str) -> bool:
    """Whether somebody may correct every customer: who sees a part of them has no such permission."""
    try:
        clearance = clearance_of_user(username)
    except UnknownUser:
        return False
    return Permission.WRITE_CUSTOMERS in clearance.permissions
