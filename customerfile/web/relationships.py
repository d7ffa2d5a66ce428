"""What a person says of a relationship that stands on a customer's page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from customerfile.base.clock import now
from customerfile.customers.errors import UnknownRelationship
from customerfile.customers.relating import decide_relationship
from customerfile.customers.relationship_kinds import State
from customerfile.web.forms import RelationshipForm
from customerfile.web.requests import actor

_TOLD = {State.CONFIRMED: "Noted: it holds.", State.DISMISSED: "Noted. It is not proposed again."}


@require_POST
def decide(request: HttpRequest, number: str, relationship: int) -> HttpResponse:
    """Confirm or dismiss a relationship, and go back to the customer."""
    form = RelationshipForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say whether it holds or not.")
        return redirect("customer", number=number)
    state = State(form.cleaned_data["state"])
    try:
        decide_relationship(relationship, state, by=actor(request), at=now())
    except UnknownRelationship as unknown:
        raise Http404(str(unknown)) from unknown
    messages.success(request, _TOLD[state])
    return redirect("customer", number=number)
