"""What can stop an arrival as a whole. What is wrong with single rows is no error: it is reported as rejects."""

from collections.abc import Sequence

from customerfile.base.errors import CustomerfileError
from customerfile.sources.validation import ValueFault

_MOST_TOLD = 5


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


class CorrectionRefused(IntakeError):
    """Fields of a correction that cannot be taken; nothing was written. `faults` tells of each."""

    def __init__(self, faults: Sequence[ValueFault]) -> None:
        told = [f"{each.field}: {each.reason}".removeprefix(": ") for each in faults[:_MOST_TOLD]]
        super().__init__(" ".join(told), faults[0].remedy)
        self.faults = tuple(faults)
