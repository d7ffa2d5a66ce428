"""Tokens: the secrets by which programs come in, each shown once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from customerfile.access.errors import AccessError
from customerfile.access.permissions import Permission
from customerfile.access.tokens import (
    NewToken,
    TokenInfo,
    TokenState,
    issue_token,
    revoke_token,
    tokens,
)
from customerfile.base.clock import now
from customerfile.web.forms import TokenForm
from customerfile.web.outcome import tell
from customerfile.web.permissions import permissions_here
from customerfile.web.requests import actor


@dataclass(frozen=True, slots=True)
class ShownToken:
    """A token as the page lists it."""

    token: TokenInfo
    state: TokenState


@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """Every token; make one, for programs that act for the person signed in.

    Its secret is told in the answer itself: a session would keep it in the database.
    """
    allowed = [each for each in Permission if each in permissions_here(request)]
    form = TokenForm(request.POST or None, allowed=allowed)
    made = _make(request, form) if form.is_valid() else None
    at = now()
    context = {
        "tokens": [ShownToken(each, each.state(at)) for each in tokens()],
        "form": TokenForm(allowed=allowed) if made else form,
        "made": made,
        "name": form.cleaned_data["name"] if made else "",
    }
    return render(request, "web/tokens.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    """End a token at once."""
    tell(
        request,
        lambda: revoke_token(token, by=actor(request), at=now()),
        gettext("Token {number} is revoked: its next call is refused.").format(number=token),
    )
    return redirect("tokens")


def _make(request: HttpRequest, form: TokenForm) -> NewToken | None:
    chosen = {Permission(each) for each in form.cleaned_data["may"]}
    try:
        return issue_token(
            form.cleaned_data["name"],
            username=actor(request),
            permissions=chosen,
            life=timedelta(days=form.cleaned_data["days"]),
            by=actor(request),
            at=now(),
        )
    except AccessError as problem:
        form.add_error(None, str(problem))
        return None
