"""Setting up a second factor: an authenticator app, or a passkey. With the first come recovery codes, shown once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from customerfile.access.authenticator import NewApp, add_app, known_app, new_app, square_code
from customerfile.access.errors import AccessError
from customerfile.access.factors import factors_of
from customerfile.access.passkeys import add_passkey
from customerfile.access.recovery import make_recovery_codes
from customerfile.access.sessions import note_proof
from customerfile.base.clock import now
from customerfile.web.browsers import browser_words
from customerfile.web.live_session import here
from customerfile.web.passkey_questions import answer_in, site_of
from customerfile.web.security import after_change, myself

_APP = "new_authenticator_app"  # sealed, until its first code came


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Show the square code to scan; keep the app once its first code fits."""
    user, problem = myself(request), None
    if factors_of(user).app:
        return redirect("security")
    app = _app_in_hand(request)
    if request.method == "POST":
        code = request.POST.get("code", "")
        try:
            add_app(user, sealed=app.sealed, code=code, by=user.username, at=now())
        except AccessError as refused:
            problem = refused
        else:
            del request.session[_APP]
            return _done(request, gettext("Your authenticator app is set up."))
    context = {
        "problem": problem,
        "square_code": mark_safe(square_code(app.address)),  # noqa: S308 - made here, of letters and digits
        "secret": " ".join(app.secret[at : at + 4] for at in range(0, len(app.secret), 4)),
    }
    return render(request, "web/set_up_app.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def set_up_passkey(request: HttpRequest) -> HttpResponse:
    """Name a passkey, and keep what the browser made."""
    user, problem = myself(request), None
    name = request.POST.get("name", "")
    if request.method == "POST":
        try:
            add_passkey(user, answer_in(request, "passkey"), name=name, at=now())
        except AccessError as refused:
            problem = refused
        else:
            return _done(request, gettext("Your passkey is set up."))
    context = {
        "problem": problem,
        "name": name or browser_words(request.META.get("HTTP_USER_AGENT", "")),
        "can_have_passkeys": site_of(request).can_have_passkeys,
        "host": request.get_host(),
    }
    return render(request, "web/set_up_passkey.html", context, status=422 if problem else 200)


def _app_in_hand(request: HttpRequest) -> NewApp:
    """The secret that is being set up: the same while the page is loaded again, so that a scanned one stays good."""
    user = myself(request)
    if _APP in request.session:
        return known_app(user, bytes.fromhex(request.session[_APP]))
    app = new_app(user)
    request.session[_APP] = app.sealed.hex()
    return app


def _done(request: HttpRequest, told: str) -> HttpResponse:
    """This session has proven the new factor. Whoever has no recovery codes yet gets them now."""
    user, session = myself(request), here(request)
    if session is not None:
        note_proof(session.id, second_factor=True, at=now())
    after_change(request, told)
    if factors_of(user).recovery_codes:
        return redirect("security")
    codes = make_recovery_codes(user, by=user.username, at=now())
    return render(request, "web/recovery_codes.html", {"codes": codes})
