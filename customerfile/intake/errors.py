"""What can stop an arrival as a whole. What is wrong with single rows is no error: it is reported as rejects."""

from customerfile.base.errors import CustomerfileError


class IntakeError(CustomerfileError):
    """Base of this room's errors."""


class NothingToUndo(IntakeError):
    """The delivery did nothing, is still running, or was taken back already."""


class Interrupted(IntakeError):
    """The arrival stopped part way; what was done stays, and the same command goes on from there."""


class ListHoldsPeople(IntakeError):
    """A file of purchases or events was to be taken in as a list."""


class CustomerRefused(IntakeError):
    """What somebody entered cannot be taken in as a customer."""


class NoteRefused(IntakeError):
    """A note that is empty, or holds what is never stored."""
