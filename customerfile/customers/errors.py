"""What can go wrong with customers, said so that the person at the keyboard knows what to do."""

from collections.abc import Sequence

from customerfile.base.errors import CustomerfileError


class CustomersError(CustomerfileError):
    """Base of this room's errors."""


class UnknownCustomer(CustomersError):
    """No customer stands under this number, or none did at the moment asked about."""


class UnknownRecord(CustomersError):
    """No record with this id is linked to a customer."""


class SearchTooSlow(CustomersError):
    """The database's time limit ended a search."""


class NothingToJudge(CustomersError):
    """A record was to be judged against itself."""


class NothingToMerge(CustomersError):
    """The numbers to be merged lead to one customer already."""


class NothingToSplit(CustomersError):
    """The records to be split off are not some, but not all, of the records of one customer."""


class NothingToWithdraw(CustomersError):
    """No judgement with this number stands."""


class ContradictingJudgements(CustomersError):
    """What people said of other records stands against a merge or split: in these `acts`."""

    def __init__(self, reason: str, remedy: str = "", *, acts: Sequence[int] = ()) -> None:
        super().__init__(reason, remedy)
        self.acts = tuple(acts)


class ChangedMeanwhile(CustomersError):
    """A customer is not any more what somebody saw who decided on it."""


class NotOneToOne(CustomersError):
    """Two sources that cannot be paired off: unknown, the same, or not of one record per customer."""


class RulesNotPossible(CustomersError):
    """Rules of judging that make no sense."""


class UnknownRelationship(CustomersError):
    """No relationship has this id."""


class RelationshipNotPossible(CustomersError):
    """A relationship of a customer with itself, or one that ends before it begins."""


class HouseholdsNotPossible(CustomersError):
    """A limit on households that makes no sense."""


class UnknownHit(CustomersError):
    """No hit of a list has this id, or no customer stands behind it any more."""


class NoSuchValue(CustomersError):
    """A value was chosen that is not on record any more."""


class NothingCorrected(CustomersError):
    """A correction was to be taken back, or to be made, and there is none."""


class ListRefused(CustomersError):
    """A list was asked for that cannot be: of a field that is not there, of a value that cannot be read."""


class ListTooSlow(CustomersError):
    """The database's time limit ended a list."""


class UnknownBulkChange(CustomersError):
    """No bulk change has this number."""
