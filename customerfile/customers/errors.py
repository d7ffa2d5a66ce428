"""What can go wrong with customers, said so that the person at the keyboard knows what to do."""

from customerfile.base.errors import CustomerfileError


class CustomersError(CustomerfileError):
    """Base of this room's errors."""


class UnknownCustomer(CustomersError):
    """No customer stands under this number, or none did at the moment asked about."""


class UnknownRecord(CustomersError):
    """No record with this id is linked to a customer."""


class SearchTooSlow(CustomersError):
    """The database's time limit ended a search."""
