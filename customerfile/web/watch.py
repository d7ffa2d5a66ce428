"""What a person says of a hit of a list that stands on a customer's page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from customerfile.customers.errors import UnknownHit
from customerfile.customers.watch_list import HitState, decide_hit
from customerfile.web.decisions import Decision

_DECISION = Decision(
    told={
        HitState.CONFIRMED: gettext_noop("Noted: this is the one on the list."),
        HitState.DISMISSED: gettext_noop("Noted: this is somebody else. The flag is gone."),
    },
    unclear=gettext_noop("Say whether this is the one on the list or not."),
    decide=decide_hit,
    unknown=UnknownHit,
)


@require_POST
def decide(request: HttpRequest, number: str, hit: int) -> HttpResponse:
    """Confirm or dismiss a hit, and go back to the customer."""
    return _DECISION.take(request, number=number, subject=hit)
