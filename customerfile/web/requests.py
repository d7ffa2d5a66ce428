"""What every page asks of a request: who is there, and whether a part of the page is wanted instead of the whole."""

from typing import cast

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from customerfile.audit.operations import record_reads
from customerfile.base.clock import now
from customerfile.base.ids import CustomerId


def actor(request: HttpRequest) -> str:
    """The name of the person who is signed in, as the audit ledger keeps it."""
    return request.user.get_username()


def onward_of(request: HttpRequest) -> str:
    """Where somebody wanted to go before signing in, where that is one of our own pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else "/"


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page. Only then is a template partial rendered."""
    return bool(getattr(request, "htmx", False))


def seen(request: HttpRequest, page: str, customer_ids: list[CustomerId]) -> None:
    """Record that the person signed in was shown these customers on this page."""
    record_reads(by=actor(request), at=now(), page=page, customer_ids=cast("list[int]", customer_ids))
