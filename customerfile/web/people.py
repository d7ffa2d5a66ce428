"""People and roles: who may come in, what they may do, and the one-time link by which somebody comes in first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from customerfile.access.errors import AccessError
from customerfile.access.operations import issue_sign_in_link
from customerfile.access.permissions import Permission
from customerfile.access.queries import RoleInfo, roles, users
from customerfile.access.second_factor import (
    is_second_factor_required,
    require_second_factor,
    reset_second_factor,
    with_second_factor,
)
from customerfile.access.sessions import end_sessions_of
from customerfile.access.sight import EVENTS, HOLDINGS
from customerfile.access.users import add_user, limit_to_branches, set_active, set_role
from customerfile.base.clock import now
from customerfile.definition.queries import current_definition
from customerfile.web.forms import PersonForm
from customerfile.web.outcome import tell
from customerfile.web.requests import actor

_EVENTS = gettext_noop("Events")  # what a role may see beside fields
_HOLDINGS = gettext_noop("Holdings")


@dataclass(frozen=True, slots=True)
class ShownRole:
    """A role as the page lists it; `sees` are the labels of the fields that it sees, where it does not see all."""

    info: RoleInfo
    sees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """By which somebody comes in. It is told in the answer itself: a session would keep it in the database."""

    username: str
    address: str


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with their role; let somebody in."""
    form = PersonForm(request.POST or None)
    if not form.is_valid():
        return _page(request, form)
    name, role = form.cleaned_data["username"], form.cleaned_data["role"]
    try:
        user = add_user(name, role=role, by=actor(request), at=now())
    except AccessError as problem:
        form.add_error("username", str(problem))
        return _page(request, form)
    return _page(request, PersonForm(), _link(request, user.username))


def _page(request: HttpRequest, form: PersonForm, link: OneTimeLink | None = None) -> HttpResponse:
    context = {
        "people": users(),
        "roles": _shown_roles(),
        "every_permission": list(Permission),
        "form": form,
        "link": link,
        "me": actor(request),
        "factor_required": is_second_factor_required(),
        "with_factor": with_second_factor(),
    }
    return render(request, "web/people.html", context, status=422 if form.errors else 200)


def _shown_roles() -> list[ShownRole]:
    labels = {field.key: field.label for field in current_definition().fields} | {
        EVENTS: _EVENTS,
        HOLDINGS: _HOLDINGS,
    }
    return [
        ShownRole(
            role, tuple(sorted(gettext(labels.get(key, key.capitalize())) for key in role.fields or ()))
        )
        for role in roles().values()
    ]


@require_POST
def change_role(request: HttpRequest, username: str) -> HttpResponse:
    """Give somebody another role."""
    role = request.POST.get("role", "")
    return _done(
        request,
        lambda: set_role(username, role=role, by=actor(request), at=now()),
        gettext("{name} has another role from the next click on.").format(name=username),
    )


@require_POST
def change_branches(request: HttpRequest, username: str) -> HttpResponse:
    """Show somebody the customers of some branches alone, or of all."""
    named = [each.strip() for each in request.POST.get("branches", "").split(",") if each.strip()]
    told = (
        gettext("{name} sees the customers of {branches} alone from the next click on.")
        if named
        else gettext("{name} sees all customers from the next click on.")
    )
    return _done(
        request,
        lambda: limit_to_branches(username, branches=named or None, by=actor(request), at=now()),
        told.format(name=username, branches=", ".join(named)),
    )


@require_POST
def change_state(request: HttpRequest, username: str) -> HttpResponse:
    """Let somebody in no longer, or again."""
    active = request.POST.get("state") == "enabled"
    told = gettext("{name} may come in again.") if active else gettext("{name} may not come in any more.")
    return _done(
        request,
        lambda: set_active(username, active=active, by=actor(request), at=now()),
        told.format(name=username),
    )


@require_POST
def make_link(request: HttpRequest, username: str) -> HttpResponse:
    """Make a one-time link for somebody."""
    try:
        link = _link(request, username)
    except AccessError as problem:
        messages.error(request, str(problem))
        return redirect("people")
    return _page(request, PersonForm(), link)


@require_POST
def end_their_sessions(request: HttpRequest, username: str) -> HttpResponse:
    """Sign somebody out everywhere."""
    return _done(
        request,
        lambda: end_sessions_of(username, by=actor(request), at=now()),
        gettext("{name} is signed out everywhere.").format(name=username),
    )


@require_POST
def reset_factor(request: HttpRequest, username: str) -> HttpResponse:
    """For somebody who lost their second factor: they come in without, and set up another."""
    return _done(
        request,
        lambda: reset_second_factor(username, by=actor(request), at=now()),
        gettext("{name} has no second factor any more, and is signed out everywhere.").format(name=username),
    )


@require_POST
def change_factor_rule(request: HttpRequest) -> HttpResponse:
    """Ask for a second factor from roles that can do much, or no longer."""
    required = request.POST.get("required") == "yes"
    return _done(request, lambda: require_second_factor(required=required, by=actor(request), at=now()), "")


def _done(request: HttpRequest, work: Callable[[], object], told: str) -> HttpResponse:
    tell(request, work, told)
    return redirect("people")


def _link(request: HttpRequest, username: str) -> OneTimeLink:
    token = issue_sign_in_link(username=username, by=actor(request), at=now())
    return OneTimeLink(username, request.build_absolute_uri(f"/sign-in/{token}"))
