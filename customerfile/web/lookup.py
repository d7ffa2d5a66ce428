"""The customer that an address is about."""

from datetime import datetime

from django.http import Http404

from customerfile.customers.errors import UnknownCustomer
from customerfile.customers.queries import CustomerFile, customer_file


def customer_or_404(number: str, *, on: datetime | None = None) -> CustomerFile:
    """The customer that a number leads to, or the page that says that there is none."""
    try:
        return customer_file(number, on=on)
    except UnknownCustomer as error:
        raise Http404(str(error)) from error
