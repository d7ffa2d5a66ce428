"""Taking back what was said: at once, by the button beside the message, or later, from the list of judgements."""

from collections.abc import Sequence
from typing import TypedDict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from customerfile.access.errors import NotAllowed
from customerfile.base.clock import now
from customerfile.customers.errors import CustomersError
from customerfile.customers.judging.judging import withdraw_act
from customerfile.web.permissions import permissions_here
from customerfile.web.requests import actor
from customerfile.web.words import listed

_OFFERED = "offered_undo"


class Offer(TypedDict):
    """What was just done, on the page of a customer, with the other customers concerned."""

    act: int
    number: str
    text: str
    others: list[str]


def offer_undo(request: HttpRequest, offer: Offer) -> None:
    """Say on the customer's page, when it is shown next, what was done, with a button that takes it back."""
    request.session[_OFFERED] = offer


def offered_undo(request: HttpRequest, number: str) -> Offer | None:
    """What was just done to this customer in this session, if it was not shown yet."""
    offer: Offer | None = request.session.get(_OFFERED)
    if offer is None or offer["number"] != number:
        return None
    del request.session[_OFFERED]
    return offer


@require_POST
def withdraw(request: HttpRequest, number: str, act: int) -> HttpResponse:
    """Withdraw a judgement, merge or split, and go back to the customer."""
    try:
        done = withdraw_act(act, may=permissions_here(request), by=actor(request), at=now())
        messages.success(request, _taken_back(done.customers))
    except (CustomersError, NotAllowed) as problem:
        messages.error(request, problem.reason)
    return redirect("customer", number=number)


def _taken_back(customers: Sequence[str]) -> str:
    if len(customers) > 1:
        told = gettext("Taken back. Its records stand under the customers {numbers} now.")
        return told.format(numbers=listed(customers))
    if customers:
        return gettext("Taken back. Its records stand under customer {number} now.").format(
            number=customers[0]
        )
    return gettext("Taken back.")
