"""Who may open which page. urls.py says it of every address; the server does not start where one says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from customerfile.access.permissions import Permission
from customerfile.access.queries import permissions_of_role

type View = Callable[..., HttpResponseBase]

OPEN = "open"  # asks for no permission: the ways in and out
_DECLARED = "permission"


def needs(permission: Permission, view: View) -> View:
    """The view, for those who may do this. Others are told what is missing."""

    @wraps(view)
    def asked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if permission in permissions_here(request):
            return view(request, *arguments, **named)
        return render(request, "403.html", {"missing": permission}, status=403)

    setattr(asked, _DECLARED, permission)
    return asked


def anybody(view: View) -> View:
    """A view that asks for no permission."""
    setattr(view, _DECLARED, OPEN)
    return view


def declared(view: object) -> object:
    """What a view was declared to need; None where nothing was said."""
    return getattr(view, _DECLARED, None)


def permissions_here(request: HttpRequest) -> frozenset[Permission]:
    """What the person signed in may do. Read once a request."""
    found: frozenset[Permission] | None = getattr(request, "permissions", None)
    if found is None:
        found = permissions_of_role(getattr(request.user, "role", ""))  # nobody has signed in: no role
        request.permissions = found  # type: ignore[attr-defined]
    return found


def may(request: HttpRequest) -> Mapping[str, Mapping[str, bool]]:
    """For templates: `may.merge_customers` and so on."""
    here = permissions_here(request)
    return {"may": {each.name.lower(): each in here for each in Permission}}
