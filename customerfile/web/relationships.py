"""What a person says of a relationship that stands on a customer's page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from customerfile.customers.errors import UnknownRelationship
from customerfile.customers.relationships.kinds import State
from customerfile.customers.relationships.relating import decide_relationship
from customerfile.web.decisions import Decision

_DECISION = Decision(
    told={
        State.CONFIRMED: gettext_noop("Noted: it holds."),
        State.DISMISSED: gettext_noop("Noted. It is not proposed again."),
    },
    unclear=gettext_noop("Say whether it holds or not."),
    decide=decide_relationship,
    unknown=UnknownRelationship,
)


@require_POST
def decide(request: HttpRequest, number: str, relationship: int) -> HttpResponse:
    """Confirm or dismiss a relationship, and go back to the customer."""
    return _DECISION.take(request, number=number, subject=relationship)
