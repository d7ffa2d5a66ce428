"""Signing in at a provider (OpenID Connect, authorization code flow with PKCE). Talks to the provider; knows no people.

What it says counts only where its signature, issuer, audience, time and the nonce of this very attempt fit.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt

from customerfile.access.errors import ProviderRefused
from customerfile.access.provider_settings import ProviderSettings
from customerfile.base.told import noted_text

_SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_CLOCKS_DIFFER = timedelta(seconds=60)
_ATTEMPT_LIFE = timedelta(minutes=10)
_PATIENCE_SECONDS = 10
_LONGEST_ANSWER = 1 << 20
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the browser's session keeps until it comes back. `anew`: the provider has to ask for the login again."""

    state: str
    nonce: str
    verifier: str
    since: str
    onward: str
    anew: bool


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the provider wants to be asked, and its keys."""

    authorization_endpoint: str
    token_endpoint: str
    keys: jwt.PyJWKClient


def begin_attempt(onward: str, *, anew: bool, at: datetime) -> Attempt:
    """A fresh attempt. Each of its secrets counts for this one alone."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Attempt(state, nonce, verifier, at.isoformat(), onward, anew)


def address_to_ask(settings: ProviderSettings, attempt: Attempt, *, back: str) -> str:
    """Where the browser goes to sign in; it comes back to `back`. Raises ProviderRefused."""
    digest = hashlib.sha256(attempt.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": settings.client_id,
        "redirect_uri": back,
        "scope": "openid profile email",
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    if attempt.anew:
        asked |= {"prompt": "login", "max_age": "0"}
    endpoint = provider_at(settings.issuer).authorization_endpoint
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"


def claims_of(
    settings: ProviderSettings, attempt: Attempt | None, told: Mapping[str, str], *, back: str, at: datetime
) -> Mapping[str, Any]:
    """What the provider says of who came back with these parameters. Raises ProviderRefused."""
    if attempt is None or at - datetime.fromisoformat(attempt.since) >= _ATTEMPT_LIFE:
        raise _refused(noted_text("This attempt to sign in has expired."))
    if not hmac.compare_digest(told.get("state", "").encode(), attempt.state.encode()):
        raise _refused(noted_text("This answer belongs to another attempt to sign in."))
    if told.get("iss", settings.issuer).rstrip("/") != settings.issuer or not told.get("code"):
        raise _refused(noted_text("The provider did not let you in."))
    provider = provider_at(settings.issuer)
    answer = _exchange(settings, provider, attempt, code=told["code"], back=back)
    claims = _verified(settings, provider, str(answer.get("id_token", "")), at=at)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), attempt.nonce.encode()):
        raise _refused(noted_text("The provider's answer belongs to another attempt to sign in."))
    if attempt.anew and not _is_recent(claims.get("auth_time"), since=attempt.since):
        raise _refused(noted_text("The provider did not ask for your login again."))
    return claims


@lru_cache(maxsize=4)
def provider_at(issuer: str) -> Provider:
    """The provider, as it describes itself; asked once while the server runs. Raises ProviderRefused."""
    described = _fetched(Request(f"{issuer}/.well-known/openid-configuration"))  # noqa: S310 - see _require_safe
    if str(described.get("issuer", "")).rstrip("/") != issuer:
        raise _refused(
            noted_text("The provider calls itself by another name than CUSTOMERFILE_OIDC_ISSUER says.")
        )
    authorization, token, keys = (
        str(described.get(each, "")) for each in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    )
    for address in (authorization, token, keys):
        _require_safe(address)
    return Provider(authorization, token, jwt.PyJWKClient(keys, timeout=_PATIENCE_SECONDS))


def _exchange(
    settings: ProviderSettings, provider: Provider, attempt: Attempt, *, code: str, back: str
) -> Mapping[str, Any]:
    """The provider's tokens for the code that the browser brought."""
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": attempt.verifier,
    }
    who = f"{quote(settings.client_id, safe='')}:{quote(settings.client_secret, safe='')}"
    headers = {"Authorization": f"Basic {base64.b64encode(who.encode()).decode()}"}
    request = Request(provider.token_endpoint, data=urlencode(sent).encode(), headers=headers)  # noqa: S310
    return _fetched(request)


def _verified(
    settings: ProviderSettings, provider: Provider, token: str, *, at: datetime
) -> Mapping[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            provider.keys.get_signing_key_from_jwt(token),
            algorithms=_SIGNATURES,
            audience=settings.client_id,
            issuer=[settings.issuer, f"{settings.issuer}/"],
            leeway=_CLOCKS_DIFFER,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.PyJWTError as wrong:
        raise _refused(noted_text("What the provider said could not be verified.")) from wrong
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != settings.client_id:
        raise _refused(noted_text("What the provider said is meant for another program."))
    return claims


def _is_recent(login: object, *, since: str) -> bool:
    return isinstance(login, int) and login >= (datetime.fromisoformat(since) - _CLOCKS_DIFFER).timestamp()


class _NoRedirects(HTTPRedirectHandler):
    """A provider answers at its own address; what leads elsewhere is refused."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _fetched(request: Request) -> Mapping[str, Any]:
    """The JSON object that is answered. Raises ProviderRefused."""
    _require_safe(request.full_url)
    try:
        with build_opener(_NoRedirects).open(request, timeout=_PATIENCE_SECONDS) as answer:
            told = json.loads(answer.read(_LONGEST_ANSWER))
    except (URLError, HTTPException, OSError, ValueError, RecursionError) as problem:
        raise _refused(noted_text("The provider cannot be reached, or did not accept us.")) from problem
    if not isinstance(told, dict):
        raise _refused(noted_text("The provider answered something else than was asked for."))
    return told


def _require_safe(address: str) -> None:
    """Secrets travel over https; on this machine itself, http will do."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise _refused(noted_text("The addresses of the provider have to begin with https."))


def _refused(reason: str) -> ProviderRefused:
    return ProviderRefused(reason, "Try again, or come in another way.")
