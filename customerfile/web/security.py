"""One's own sign-in: password, second factor, recovery codes, and where one is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from customerfile.access.factors import factors_of
from customerfile.access.models import User
from customerfile.access.passkeys import passkeys_of
from customerfile.access.recovery import make_recovery_codes
from customerfile.access.second_factor import remove_app, remove_passkey
from customerfile.access.sessions import SessionInfo, end_session, end_sessions, sessions_of
from customerfile.base.clock import now
from customerfile.web.browsers import browser_words
from customerfile.web.live_session import here
from customerfile.web.outcome import tell
from customerfile.web.passkey_questions import site_of
from customerfile.web.permissions import standing_here
from customerfile.web.reading import LANGUAGES

_WAYS = {
    "": gettext_noop("sign-in"),
    "password": gettext_noop("password"),
    "passkey": gettext_noop("passkey"),
    "link": gettext_noop("link"),
    "single sign-on": gettext_noop("single sign-on"),
    "password and code": gettext_noop("password and code"),
    "password and passkey": gettext_noop("password and passkey"),
    "link and code": gettext_noop("link and code"),
    "link and passkey": gettext_noop("link and passkey"),
    "single sign-on and code": gettext_noop("single sign-on and code"),
    "single sign-on and passkey": gettext_noop("single sign-on and passkey"),
}


@dataclass(frozen=True, slots=True)
class ShownSession:
    """A session as the page lists it."""

    session: SessionInfo
    browser: str
    is_here: bool

    @property
    def way(self) -> str:
        """How somebody came in, as the session keeps it."""
        return gettext(_WAYS.get(self.session.way, self.session.way))


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Everything about one's own sign-in. It is open to whoever has to set up a second factor first."""
    user, session = myself(request), here(request)
    context = {
        "factors": factors_of(user),
        "has_password": user.has_usable_password(),
        "passkeys": passkeys_of(user),
        "can_have_passkeys": site_of(request).can_have_passkeys,
        "factor_missing": standing_here(request).factor_missing,
        "languages": LANGUAGES,
        "today": now(),
        "sessions": [
            ShownSession(each, browser_words(each.browser), session is not None and each.id == session.id)
            for each in sessions_of(user, at=now())
        ],
    }
    return render(request, "web/security.html", context)


@require_POST
def remove_my_app(request: HttpRequest) -> HttpResponse:
    """Take one's authenticator app away."""
    user = myself(request)
    if tell(request, lambda: remove_app(user, by=user.username, at=now())):
        after_change(
            request, gettext("The authenticator app is removed. Delete the entry on your phone, too.")
        )
    return redirect("security")


@require_POST
def remove_my_passkey(request: HttpRequest, passkey: int) -> HttpResponse:
    """Take one of one's passkeys away."""
    user = myself(request)
    if tell(request, lambda: remove_passkey(user, passkey, by=user.username, at=now())):
        after_change(request, gettext("The passkey is removed."))
    return redirect("security")


@require_POST
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make ten recovery codes anew, and show them this once."""
    user = myself(request)
    if not factors_of(user).are_any:
        messages.error(request, gettext("Recovery codes stand in for a second factor. Set one up first."))
        return redirect("security")
    codes = make_recovery_codes(user, by=user.username, at=now())
    return render(request, "web/recovery_codes.html", {"codes": codes})


@require_POST
def end_one_session(request: HttpRequest, session: int) -> HttpResponse:
    """End one of one's sessions; ending this one signs out."""
    user = myself(request)
    if end_session(user, session, by=user.username, at=now()):
        messages.success(request, gettext("That session is ended."))
    return redirect("security")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    after_change(request, gettext("You are signed in nowhere else any more."))
    return redirect("security")


def after_change(request: HttpRequest, told: str) -> None:
    """What one proves who one is with has changed: whoever came in before that, elsewhere, comes in anew."""
    user, session = myself(request), here(request)
    end_sessions(user, but=session.id if session else 0, by=user.username, at=now())
    messages.success(request, told)


def myself(request: HttpRequest) -> User:
    """The person signed in. Every address here is closed to others."""
    assert isinstance(request.user, User)
    return request.user
