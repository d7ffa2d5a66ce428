"""What a person says of a hit of a list that stands on a customer's page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from customerfile.base.clock import now
from customerfile.customers.errors import UnknownHit
from customerfile.customers.watch_list import HitState, decide_hit
from customerfile.web.forms import HitForm
from customerfile.web.requests import actor

_TOLD = {
    HitState.CONFIRMED: "Noted: this is the one on the list.",
    HitState.DISMISSED: "Noted: this is somebody else. The flag is gone.",
}


@require_POST
def decide(request: HttpRequest, number: str, hit: int) -> HttpResponse:
    """Confirm or dismiss a hit, and go back to the customer."""
    form = HitForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say whether this is the one on the list or not.")
        return redirect("customer", number=number)
    state = HitState(form.cleaned_data["state"])
    try:
        decide_hit(hit, state, by=actor(request), at=now())
    except UnknownHit as unknown:
        raise Http404(str(unknown)) from unknown
    messages.success(request, _TOLD[state])
    return redirect("customer", number=number)
