"""Parameters in the query of an address: one that an endpoint does not know is refused, for it may be a slip."""

from __future__ import annotations

import inspect
import re

from django.http import HttpRequest
from ninja.operation import Operation

from customerfile.base.errors import CustomerfileError

_NOT_IN_QUERY = {"request", "body"}


class UnknownParameter(CustomerfileError):
    """The query names something that the endpoint does not take."""


def parameters_of(operation: Operation) -> frozenset[str]:
    """What an operation takes in its query."""
    in_path = set(re.findall(r"{(\w+)}", operation.path))
    return frozenset(inspect.signature(operation.view_func).parameters.keys() - in_path - _NOT_IN_QUERY)


def require_known(request: HttpRequest, known: frozenset[str]) -> None:
    """Raises UnknownParameter. What was sent is not repeated: it may be anything."""
    if request.GET.keys() - known:
        takes = f"takes only: {', '.join(sorted(known))}" if known else "takes none"
        raise UnknownParameter("The query has a parameter that is not known.", f"This call {takes}.")
