"""Signing in at the provider of the organisation: there and back. The same rules hold as for every other way in."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from customerfile.access.errors import AccessError, ProviderRefused
from customerfile.access.models import User
from customerfile.access.oidc import Attempt, address_to_ask, begin_attempt, claims_of
from customerfile.access.provider_settings import ProviderSettings
from customerfile.access.sessions import note_proof
from customerfile.access.single_sign_on import person_of, proves_second_factor
from customerfile.base.clock import now
from customerfile.web.live_session import here
from customerfile.web.passkey_questions import site_of
from customerfile.web.requests import onward_of
from customerfile.web.second_step import arrive, go_on

_ATTEMPT = "provider_attempt"
_WAY = "single sign-on"


@login_not_required
@require_safe
def to_provider(request: HttpRequest) -> HttpResponse:
    """Off to the provider. Whoever is signed in proves anew who they are."""
    provider = _provider()
    attempt = begin_attempt(onward_of(request), anew=request.user.is_authenticated, at=now())
    try:
        address = address_to_ask(provider, attempt, back=_back(request))
    except ProviderRefused as refused:
        return render(request, "web/provider_refused.html", {"refused": refused}, status=502)
    request.session[_ATTEMPT] = asdict(attempt)
    return redirect(address)


@login_not_required
@require_safe
def from_provider(request: HttpRequest) -> HttpResponse:
    """Back again, with a code that the provider takes once."""
    provider, kept = _provider(), request.session.pop(_ATTEMPT, None)
    attempt = Attempt(**kept) if kept else None
    try:
        claims = claims_of(provider, attempt, request.GET.dict(), back=_back(request), at=now())
        user = person_of(claims, settings=provider, at=now())
    except AccessError as refused:
        return render(request, "web/provider_refused.html", {"refused": refused}, status=403)
    onward = attempt.onward if attempt else "/"
    if attempt and attempt.anew:
        return _proven(request, user, onward)
    if proves_second_factor(claims, settings=provider):
        return arrive(request, user, way=_WAY, second_factor=True, onward=onward)
    return go_on(request, user, way=_WAY, onward=onward)


def _proven(request: HttpRequest, user: User, onward: str) -> HttpResponse:
    session = here(request)
    if session is None or user != request.user:
        refused = ProviderRefused("You are somebody else there than here.", "Sign out, and in again.")
        return render(request, "web/provider_refused.html", {"refused": refused}, status=403)
    note_proof(session.id, at=now())
    return redirect(onward)


def _provider() -> ProviderSettings:
    found: ProviderSettings | None = settings.SIGN_IN_PROVIDER
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest) -> str:
    site = site_of(request)
    return f"{site.scheme}://{site.host}{reverse('from-provider')}"
