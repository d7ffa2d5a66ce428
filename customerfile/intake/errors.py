"""What can stop an arrival as a whole. What is wrong with single rows is no error: it is reported as rejects."""

from collections.abc import Sequence

from customerfile.base.errors import CustomerfileError
from customerfile.base.told import told
from customerfile.sources.validation import ValueFault

_MOST_TOLD = 5


class IntakeError(CustomerfileError):
    """Base of this room's errors."""


class NothingToUndo(IntakeError):
    """The delivery did nothing, is still running, or was taken back already."""


class DemonstrationNotPossible(IntakeError):
    """The demonstration cannot be loaded or removed as the file stands."""


class Interrupted(IntakeError):
    """The arrival stopped part way; what was done stays, and the same command goes on from there."""


class ListHoldsPeople(IntakeError):
    """A file of purchases or events was to be taken in as a list."""


class CustomerRefused(IntakeError):
    """What somebody entered cannot be taken in as a customer."""


class EnteredBefore(IntakeError):
    """What somebody entered was saved before under its key, as a record of `customer`; `is_same`: in the same words."""

    def __init__(self, customer: str, *, is_same: bool) -> None:
        super().__init__(
            told("This was saved before, as customer {customer}.", customer=customer),
            told("Look at that customer, or enter a new one."),
        )
        self.customer, self.is_same = customer, is_same


class AlikeUndecided(IntakeError):
    """There are customers like the one entered that nobody has decided on, or others than those decided on."""


class NotOfCustomer(IntakeError):
    """What was entered cannot be added to the customer that was chosen."""


class NoteRefused(IntakeError):
    """A note that is empty, or holds what is never stored."""


class CorrectionRefused(IntakeError):
    """Fields of a correction that cannot be taken; nothing was written. `faults` tells of each."""

    def __init__(self, faults: Sequence[ValueFault]) -> None:
        reasons = [f"{each.field}: {told(each.reason)}".removeprefix(": ") for each in faults[:_MOST_TOLD]]
        super().__init__(" ".join(reasons), faults[0].remedy)
        self.faults = tuple(faults)


class QuarantineRefused(IntakeError):
    """A group of the quarantine that is not there any more, or a mending rule that cannot be made so."""


class NoEventNames(IntakeError):
    """A log in which no column says what happened."""


class BulkChangeRefused(IntakeError):
    """A change of many customers that cannot be made so."""
