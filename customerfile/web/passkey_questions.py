"""What a browser is asked to make or use a passkey; the challenge is kept in its session until it answers, once."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from customerfile.access.errors import AccessError
from customerfile.access.models import User
from customerfile.access.passkeys import Answer, Question, Site, ask_for_new_passkey, ask_for_passkey
from customerfile.base.clock import now
from customerfile.web.waiting import who_waits

_CHALLENGE = "passkey_challenge"


@login_not_required
@require_POST
def question_to_prove(request: HttpRequest) -> HttpResponse:
    """Prove who is there: the person signed in, the one whose password was right, or anybody with a passkey."""
    user = request.user if isinstance(request.user, User) else who_waits(request, at=now())
    return _asked(request, ask_for_passkey(user, site=site_of(request)))


@require_POST
def question_to_add(request: HttpRequest) -> HttpResponse:
    """Make a passkey for the person signed in."""
    user = request.user
    assert isinstance(user, User)
    try:
        return _asked(request, ask_for_new_passkey(user, site=site_of(request)))
    except AccessError as problem:
        return HttpResponse(str(problem), status=409, content_type="text/plain")


def answer_in(request: HttpRequest, field: str) -> Answer:
    """What the browser answered in this field. The challenge that was put to it last counts once."""
    return Answer(request.POST.get(field, ""), request.session.pop(_CHALLENGE, ""), site_of(request))


def site_of(request: HttpRequest) -> Site:
    """The site that the browser sees; a proxy before us may have taken the https off."""
    is_https = settings.SESSION_COOKIE_SECURE or request.is_secure()
    return Site("https" if is_https else "http", request.get_host())


def _asked(request: HttpRequest, question: Question) -> HttpResponse:
    request.session[_CHALLENGE] = question.challenge
    return HttpResponse(question.options, content_type="application/json")
