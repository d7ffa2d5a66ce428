"""Does something that may be refused, and tells on the next page how it went."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from customerfile.base.errors import CustomerfileError


def tell(request: HttpRequest, work: Callable[[], object], told: str = "") -> bool:
    """Whether it was done; `told` says so, where there is something to say."""
    try:
        work()
    except CustomerfileError as problem:
        messages.error(request, str(problem))
        return False
    if told:
        messages.success(request, told)
    return True
