"""Is it still you? What is dangerous asks for a password or passkey again where the last proof is over ten minutes old.

urls.py says of which addresses. What was sent is kept in the form that asks, and goes on once the proof is there.
"""

from __future__ import annotations

from enum import Enum, auto
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from customerfile.access.errors import AccessError, FactorRefused
from customerfile.access.factors import factors_of
from customerfile.access.models import User
from customerfile.access.operations import check_password
from customerfile.access.passkeys import use_passkey
from customerfile.access.sessions import note_proof
from customerfile.base.clock import now
from customerfile.customers.judging.judging_rules import judging_rules
from customerfile.web.known_browser import guesser_of
from customerfile.web.live_session import here
from customerfile.web.passkey_questions import answer_in, site_of

_PASSWORD, _PASSKEY, _ONLY_LOOKED = "proof_password", "proof_passkey", "proof_only_looked"
_OURS = {_PASSWORD, _PASSKEY, _ONLY_LOOKED, "csrfmiddlewaretoken"}


class Proof(Enum):
    """When an address asks for a fresh proof of who is there."""

    NEVER = auto()
    TO_CHANGE = auto()  # to send something, not to look
    ALWAYS = auto()
    FOR_MANY = auto()  # where many records move: the view knows how many, and asks by proof_for_many


def proof_missing(request: HttpRequest, asked: Proof) -> HttpResponse | None:
    """The page that asks; None where nothing is asked, the last proof is young enough, or the request brings one."""
    session, user = here(request), request.user
    is_look = request.method in ("GET", "HEAD")
    if asked in (Proof.NEVER, Proof.FOR_MANY) or (asked is Proof.TO_CHANGE and is_look):
        return None
    if session is None or not isinstance(user, User) or session.is_proven(now()):
        return None
    if not {_PASSWORD, _PASSKEY} & set(request.POST):
        return _ask(request, user)
    try:
        _prove(request, user)
    except AccessError as problem:
        return _ask(request, user, problem)
    note_proof(session.id, at=now())
    return redirect(request.get_full_path()) if _ONLY_LOOKED in request.POST else None


def proof_for_many(request: HttpRequest, records: int) -> HttpResponse | None:
    """The page that asks, where more records move than one customer should have; see customerfile judging."""
    if records <= judging_rules().most_records:
        return None
    return proof_missing(request, Proof.TO_CHANGE)


def _prove(request: HttpRequest, user: User) -> None:
    """Raises SignInRefused or FactorRefused."""
    if request.POST.get(_PASSKEY):
        who = use_passkey(answer_in(request, _PASSKEY), at=now())
        if who.pk != user.pk:
            raise FactorRefused("This passkey is somebody else's.", "Use one of yours.")
    else:
        guesser = guesser_of(request, user.username)
        check_password(guesser=guesser, password=request.POST.get(_PASSWORD, ""), at=now())


def _ask(request: HttpRequest, user: User, problem: AccessError | None = None) -> HttpResponse:
    is_look = request.method in ("GET", "HEAD") or _ONLY_LOOKED in request.POST
    sent = [(key, value) for key, values in request.POST.lists() if key not in _OURS for value in values]
    context = {
        "problem": problem,
        "only_looked": is_look,
        "sent": [] if is_look else sent,
        "has_password": user.has_usable_password(),
        "provider": settings.SIGN_IN_PROVIDER,
        "onward": request.get_full_path() if is_look else urlsplit(request.headers.get("Referer", "")).path,
        "has_passkey": factors_of(user).passkeys > 0 and site_of(request).can_have_passkeys,
    }
    return render(request, "web/prove.html", context, status=403)
