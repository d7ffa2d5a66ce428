"""Lists kept under a name, as tabs above the customer list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from customerfile.base.clock import now
from customerfile.customers.errors import ListRefused
from customerfile.customers.listing.offered import Offered
from customerfile.customers.listing.question import checked
from customerfile.customers.listing.saved_views import remove_view, save_view, saved_views
from customerfile.web.list_address import ListAddress, list_address
from customerfile.web.outcome import tell
from customerfile.web.requests import actor


@dataclass(frozen=True, slots=True)
class Tab:
    """A view as a link. `removable`: its id, where it is one's own and shown now."""

    name: str
    of: str
    query: str
    is_here: bool
    removable: int | None


def tabs(username: str, address: ListAddress, fields: Mapping[str, Offered]) -> Iterator[Tab]:
    """The views somebody may use: those that speak of a field which is hidden from them are not among them."""
    for view in saved_views(username):
        is_here = view.address == address.query()
        if _is_offered(view.address, fields):
            of = "" if view.is_own else view.owner
            yield Tab(view.name, of, view.address, is_here, view.id if is_here and view.is_own else None)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list whose address stands behind the question mark."""
    query = list_address(request.GET).query()
    name, shared = request.POST.get("name", ""), "shared" in request.POST
    tell(
        request,
        lambda: save_view(name=name, address=query, shared=shared, by=actor(request), at=now()),
        gettext("The view is saved."),
    )
    return redirect(f"{reverse('customers')}?{query}")


@require_POST
def remove(request: HttpRequest, view: int) -> HttpResponse:
    """Take one's own view away."""
    tell(request, lambda: remove_view(view, by=actor(request), at=now()), gettext("The view is gone."))
    return redirect("customers")


def _is_offered(query: str, fields: Mapping[str, Offered]) -> bool:
    try:
        checked(list_address(QueryDict(query)).question(fields), fields)
    except ListRefused:
        return False
    return True
