"""The customer that an address is about."""

from datetime import datetime

from django.http import Http404, HttpRequest

from customerfile.customers.errors import UnknownCustomer
from customerfile.customers.queries import CustomerFile, customer_file
from customerfile.web.permissions import sight_here


def customer_or_404(request: HttpRequest, number: str, *, on: datetime | None = None) -> CustomerFile:
    """The customer that a number leads to, as it is shown here, or the page that says that there is none."""
    try:
        return customer_file(number, sight=sight_here(request), on=on)
    except UnknownCustomer as error:
        raise Http404(str(error)) from error
