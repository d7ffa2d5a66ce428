"""A browser's session, held against the list of where people are signed in: what was ended there is nothing here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse

from customerfile.access.models import User
from customerfile.access.operations import note_sign_in
from customerfile.access.sessions import SessionInfo, begin_session, forget_session, note_proof, session_of
from customerfile.base.clock import now

_NUMBER = "browser_session"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


class LiveSessionMiddleware:
    """Whoever comes with a session that was ended, or that never began here, is nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            here = session_of(request.user, request.session.get(_NUMBER, 0), at=now())
            if here is None:
                logout(request)
            request.here = here  # type: ignore[attr-defined]
        return self._get_response(request)


def here(request: HttpRequest) -> SessionInfo | None:
    """The session of the person signed in; None where nobody is."""
    found: SessionInfo | None = getattr(request, "here", None)
    return found


def come_in(request: HttpRequest, user: User, *, way: str, second_factor: bool) -> None:
    """Sign somebody in who proved who they are, and write it down."""
    at = now()
    login(request, user, backend=_BACKEND)
    note_proof(request.session[_NUMBER], way=way, second_factor=second_factor, at=at)
    note_sign_in(user, way=way, second_factor=second_factor, at=at)


def on_sign_in(request: HttpRequest, user: User, **_: Any) -> None:
    """A session began: put it on the list."""
    request.session[_NUMBER] = begin_session(
        user, way="", address=address_of(request), browser=request.META.get("HTTP_USER_AGENT", ""), at=now()
    )


def on_sign_out(request: HttpRequest, **_: Any) -> None:
    """A session ends: take it off the list."""
    forget_session(request.session.get(_NUMBER, 0))


def address_of(request: HttpRequest) -> str:
    """The network address that somebody comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))
