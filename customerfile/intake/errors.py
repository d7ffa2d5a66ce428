"""What can stop an arrival as a whole. What is wrong with single rows is no error: it is reported as rejects."""

from collections.abc import Sequence

from customerfile.base.errors import CustomerfileError
from customerfile.sources.validation import ValueFault


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
        first = faults[0]
        more = f" {len(faults) - 1} more could not be taken." if len(faults) > 1 else ""
        super().__init__(f"{first.field}: {first.reason}{more}".removeprefix(": "), first.remedy)
        self.faults = tuple(faults)
