"""Browsers that somebody came in with before. Strangers' wrong guesses never keep such a browser from the sign-in page.

A signed cookie names the browser at random, and as digests the few people who came in with it.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from customerfile.access.guessing import Guesser, account_digest
from customerfile.access.models import User
from customerfile.web.live_session import address_of

_COOKIE = "known_browser"
_LIFE = timedelta(days=180)
_MOST = 5


def guesser_of(request: HttpRequest, username: str) -> Guesser:
    """Who tries to come in: a browser known for this name counts on its own, all others by their address."""
    browser, *known = _kept(request)
    is_known = account_digest(username) in known
    return Guesser(username, f"browser:{browser}" if is_known else address_of(request), is_known)


def place_of(request: HttpRequest, username: str) -> str:
    """Where somebody tries from, as attempts are counted by."""
    return guesser_of(request, username).address


def remember(request: HttpRequest, response: HttpResponse, user: User) -> HttpResponse:
    """The answer, by which the browser is known for this person from now on."""
    browser, *known = _kept(request)
    digest = account_digest(user.username)
    people = [*(each for each in known if each != digest), digest][-_MOST:]
    response.set_signed_cookie(
        _COOKIE,
        ".".join([browser or secrets.token_hex(8), *people]),
        max_age=_LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _kept(request: HttpRequest) -> list[str]:
    """The browser and those who came in with it; [""] where it is not known. A forged cookie is none."""
    kept = request.get_signed_cookie(_COOKIE, "", max_age=_LIFE)
    return str(kept).split(".")
