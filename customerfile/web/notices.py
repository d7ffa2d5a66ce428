"""What a second person is to know of: exports of many customers, and somebody who saw very many within an hour."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from customerfile.access.models import User
from customerfile.access.permissions import Permission
from customerfile.access.queries import clearance_of
from customerfile.audit.errors import UnknownNotice
from customerfile.audit.notices import acknowledge, notices_for
from customerfile.base.clock import now
from customerfile.web.requests import actor, onward_of


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What this person has not taken note of yet."""
    found = notices_for(actor(request), at=now())
    return render(request, "web/notices.html", {"notices": found, "next": onward_of(request)})


@require_POST
def take_note(request: HttpRequest, entry: int) -> HttpResponse:
    """Take note of one of them; it is written down."""
    try:
        acknowledge(entry, by=actor(request), at=now())
    except UnknownNotice as unknown:
        messages.info(request, str(unknown))
    return redirect(f"{reverse('notices')}?{urlencode({'next': onward_of(request)})}")


def by_way_of_notices(user: User, onward: str) -> str:
    """Where somebody who has just come in is led: past what they are to take note of, if there is anything."""
    may = clearance_of(user.role, user.branches).permissions
    if Permission.SEE_AUDIT not in may or not notices_for(user.username, at=now()):
        return onward
    return f"{reverse('notices')}?{urlencode({'next': onward})}"
