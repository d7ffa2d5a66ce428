"""The second step of coming in: who has a second factor proves it before the session begins, however they came."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from customerfile.access.errors import AccessError, FactorRefused
from customerfile.access.factors import factors_of, has_second_factor
from customerfile.access.models import User
from customerfile.access.operations import check_code
from customerfile.access.passkeys import use_passkey
from customerfile.base.clock import now
from customerfile.web.known_browser import place_of, remember
from customerfile.web.live_session import come_in
from customerfile.web.notices import by_way_of_notices
from customerfile.web.passkey_questions import answer_in, site_of
from customerfile.web.waiting import let_wait, wait_no_more, waiting, who_waits


def go_on(request: HttpRequest, user: User, *, way: str, onward: str) -> HttpResponse:
    """After the first step: the second one for those who have it, the page that was asked for for everybody else."""
    if has_second_factor(user):
        let_wait(request, user, way=way, onward=onward, at=now())
        return redirect("second-factor")
    return arrive(request, user, way=way, second_factor=False, onward=onward)


def arrive(request: HttpRequest, user: User, *, way: str, second_factor: bool, onward: str) -> HttpResponse:
    """Begin the session, and lead on."""
    wait_no_more(request)
    come_in(request, user, way=way, second_factor=second_factor)
    return remember(request, redirect(by_way_of_notices(user, onward)), user)


@login_not_required
@sensitive_post_parameters("code", "passkey")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """A code of the authenticator app, a recovery code, or a passkey."""
    found, user = waiting(request, at=now()), who_waits(request, at=now())
    if found is None or user is None:
        return redirect("sign-in")
    problem = None
    if request.method == "POST":
        try:
            kind = _prove(request, user)
        except AccessError as refused:
            problem = refused
        else:
            way = f"{found.way} and {kind}"
            return arrive(request, user, way=way, second_factor=True, onward=found.onward)
    context = {
        "problem": problem,
        "factors": factors_of(user),
        "can_have_passkeys": site_of(request).can_have_passkeys,
    }
    return render(request, "web/second_factor.html", context, status=403 if problem else 200)


def _prove(request: HttpRequest, user: User) -> str:
    """With what it was proven. Raises SignInRefused or FactorRefused."""
    if not request.POST.get("passkey"):
        check_code(
            user, code=request.POST.get("code", ""), address=place_of(request, user.username), at=now()
        )
        return "code"
    who = use_passkey(answer_in(request, "passkey"), at=now())
    if who.pk != user.pk:
        raise FactorRefused("This passkey is somebody else's.", "Use one of yours.")
    return "passkey"
