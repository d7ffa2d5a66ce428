"""Tokens: the secrets by which programs come in, each shown once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from customerfile.access.errors import AccessError
from customerfile.access.permissions import Permission
from customerfile.access.tokens import TokenInfo, TokenState, issue_token, revoke_token, tokens
from customerfile.base.clock import now
from customerfile.web.forms import TokenForm
from customerfile.web.permissions import permissions_here
from customerfile.web.requests import actor

_SECRET = "new_token"  # noqa: S105 - where it is kept until the next page


@dataclass(frozen=True, slots=True)
class ShownToken:
    """A token as the page lists it."""

    token: TokenInfo
    state: TokenState


@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """Every token; make one, for programs that act for the person signed in."""
    form = TokenForm(
        request.POST or None, allowed=[each for each in Permission if each in permissions_here(request)]
    )
    if form.is_valid() and _make(request, form):
        return redirect("tokens")
    at = now()
    context = {
        "tokens": [ShownToken(each, each.state(at)) for each in tokens()],
        "form": form,
        "secret": request.session.pop(_SECRET, None),
    }
    return render(request, "web/tokens.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    """End a token at once."""
    try:
        revoke_token(token, by=actor(request), at=now())
    except AccessError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Token {token} is revoked: its next call is refused.")
    return redirect("tokens")


def _make(request: HttpRequest, form: TokenForm) -> bool:
    chosen = {Permission(each) for each in form.cleaned_data["may"]}
    try:
        made = issue_token(
            form.cleaned_data["name"],
            username=actor(request),
            permissions=chosen,
            life=timedelta(days=form.cleaned_data["days"]),
            by=actor(request),
            at=now(),
        )
    except AccessError as problem:
        form.add_error(None, str(problem))
        return False
    request.session[_SECRET] = {"secret": made.secret, "name": form.cleaned_data["name"], "id": made.id}
    return True
