"""Who may open which page. urls.py says it of every address; the server does not start where one says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from customerfile.access.permissions import Permission
from customerfile.access.queries import NO_CLEARANCE, clearance_of
from customerfile.access.second_factor import Standing, standing
from customerfile.access.sight import Sight
from customerfile.web.live_session import here
from customerfile.web.proof import Proof, proof_missing

type View = Callable[..., HttpResponseBase]

OPEN = "open"  # asks for no permission: the ways in and out
_DECLARED = "permission"
_PROOF = "proof"


def needs(permission: Permission, view: View, *, proof: Proof = Proof.NEVER) -> View:
    """The view, for those who may do this, and after a fresh proof of who they are where one is asked for.

    Others are told what is missing; who has to have a second factor first, and has none, is led to set one up.
    """

    @wraps(view)
    def asked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if permission in permissions_here(request):
            return proof_missing(request, proof) or view(request, *arguments, **named)
        if standing_here(request).factor_missing:
            return redirect("security")
        return render(request, "403.html", {"missing": permission}, status=403)

    setattr(asked, _DECLARED, permission)
    setattr(asked, _PROOF, proof)
    return asked


def anybody(view: View, *, proof: Proof = Proof.NEVER) -> View:
    """A view that asks for no permission; for a fresh proof of who is there, perhaps."""

    @wraps(view)
    def asked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        return proof_missing(request, proof) or view(request, *arguments, **named)

    setattr(asked, _DECLARED, OPEN)
    setattr(asked, _PROOF, proof)
    return asked


def declared(view: object) -> object:
    """What a view was declared to need; None where nothing was said."""
    return getattr(view, _DECLARED, None)


def proof_asked(view: object) -> Proof:
    """When a view asks for a fresh proof of who is there."""
    found: Proof = getattr(view, _PROOF, Proof.NEVER)
    return found


def standing_here(request: HttpRequest) -> Standing:
    """What the person signed in may do and sees, in this session. Worked out once a request."""
    found: Standing | None = getattr(request, "standing", None)
    if found is None:
        session, user = here(request), request.user
        cleared = clearance_of(user.role, user.branches) if user.is_authenticated else NO_CLEARANCE
        found = standing(cleared, has_factor=lambda: session is not None and session.second_factor)
        request.standing = found  # type: ignore[attr-defined]
    return found


def permissions_here(request: HttpRequest) -> frozenset[Permission]:
    """What the person signed in may do."""
    return standing_here(request).permissions


def sight_here(request: HttpRequest) -> Sight:
    """What the person signed in sees of customers."""
    return standing_here(request).sight


def may(request: HttpRequest) -> Mapping[str, Mapping[str, bool]]:
    """For templates: `may.merge_customers` and so on."""
    here = permissions_here(request)
    return {"may": {each.name.lower(): each in here for each in Permission}}
