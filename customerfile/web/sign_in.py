"""Coming in and going out: by name and password, by passkey, or once by a link that offers to choose a password."""

from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from customerfile.access.errors import AccessError, LinkRefused, PasswordRefused, SignInRefused
from customerfile.access.factors import has_second_factor
from customerfile.access.models import User
from customerfile.access.operations import check_password, redeem_sign_in_link, set_password
from customerfile.access.passkeys import use_passkey
from customerfile.access.passwords import SHORTEST_ALONE, SHORTEST_BESIDE_SECOND_FACTOR
from customerfile.base.clock import now
from customerfile.web.forms import PasswordForm, SignInForm
from customerfile.web.known_browser import guesser_of
from customerfile.web.live_session import here
from customerfile.web.passkey_questions import answer_in, site_of
from customerfile.web.requests import onward_of
from customerfile.web.second_step import arrive, go_on


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. Somebody who is signed in already is sent on."""
    if request.user.is_authenticated:
        return redirect(onward_of(request))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        guesser = guesser_of(request, form.cleaned_data["username"])
        try:
            user = check_password(guesser=guesser, password=form.cleaned_data["password"], at=now())
        except SignInRefused as refused:
            form.add_error(None, str(refused))
            return _sign_in_page(request, form, status=403)
        return go_on(request, user, way="password", onward=onward_of(request))
    return _sign_in_page(request, form)


@login_not_required
@require_POST
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey says who is there and proves it twice: the device, and the finger, face or PIN that it asked for."""
    try:
        user = use_passkey(answer_in(request, "passkey"), at=now())
    except AccessError as refused:
        form = SignInForm()
        return _sign_in_page(request, form, status=403, problem=refused)
    return arrive(request, user, way="passkey", second_factor=True, onward=onward_of(request))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link. Looking at it does nothing, so that a program which tests links in mail does not use it up."""
    if request.method != "POST":
        return render(request, "web/sign_in_by_link.html", {"token": token})
    try:
        user = redeem_sign_in_link(token, at=now())
    except LinkRefused as refused:
        return render(request, "web/sign_in_by_link.html", {"refused": refused}, status=403)
    return go_on(request, user, way="link", onward="/" if user.has_usable_password() else "/password")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest) -> HttpResponse:
    """Choose a password, soon after proving who is there. It ends every other session of this person."""
    user, session = request.user, here(request)
    assert isinstance(user, User)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            password, keep = form.cleaned_data["password"], session.id if session else 0
            set_password(user, password=password, keep=keep, by=user.username, at=now())
        except PasswordRefused as refused:
            form.add_error("password", str(refused))
        else:
            update_session_auth_hash(request, user)
            return redirect("search")
    shortest = SHORTEST_BESIDE_SECOND_FACTOR if has_second_factor(user) else SHORTEST_ALONE
    return render(request, "web/password.html", {"form": form, "shortest": shortest})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and with it what was last searched for."""
    logout(request)
    return redirect("sign-in")


def _sign_in_page(
    request: HttpRequest, form: SignInForm, *, status: int = 200, problem: AccessError | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "next": onward_of(request),
        "problem": problem,
        "can_have_passkeys": site_of(request).can_have_passkeys,
        "provider": settings.SIGN_IN_PROVIDER,
    }
    return render(request, "web/sign_in.html", context, status=status)
