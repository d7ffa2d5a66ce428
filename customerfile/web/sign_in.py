"""Coming in and going out: by name and password, or once by a link that then offers to choose a password."""

from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from customerfile.access.errors import LinkRefused, SignInRefused
from customerfile.access.operations import check_password, redeem_sign_in_link, set_password
from customerfile.base.clock import now
from customerfile.web.forms import PasswordForm, SignInForm

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_CAME_BY_LINK = "came_by_link"


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. Somebody who is signed in already is sent on."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            user = check_password(**form.cleaned_data, address=_address(request), at=now())
        except SignInRefused as refused:
            form.add_error(None, str(refused))
            status = 403
        else:
            login(request, user, backend=_BACKEND)
            return redirect(_next(request))
    return render(request, "web/sign_in.html", {"form": form, "next": _next(request)}, status=status)


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
    login(request, user, backend=_BACKEND)
    request.session[_CAME_BY_LINK] = True
    return redirect("search" if user.has_usable_password() else "password")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest) -> HttpResponse:
    """Choose a password, in a session that began with a one-time link: such a link proves who came."""
    user = request.user
    if not user.is_authenticated or not request.session.get(_CAME_BY_LINK):
        return redirect("search")
    form = PasswordForm(request.POST or None)
    if not form.is_valid():
        return render(request, "web/password.html", {"form": form})
    set_password(user, password=form.cleaned_data["password"], by=user.username, at=now())
    update_session_auth_hash(request, user)
    del request.session[_CAME_BY_LINK]
    return redirect("search")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and with it what was last searched for."""
    logout(request)
    return redirect("sign-in")


def _next(request: HttpRequest) -> str:
    """Where somebody wanted to go before signing in, where that is one of our own pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else "/"


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
