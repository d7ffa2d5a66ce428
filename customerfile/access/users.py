"""Writes about who may come in: people, their role, and what a role may do. Somebody is always an owner."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.db.models import Q

from customerfile.access.errors import RoleNotPossible, UnknownRole, UnknownUser, UserNotPossible
from customerfile.access.models import Role, User
from customerfile.access.permissions import IN_PART, Permission
from customerfile.access.queries import RoleInfo, roles
from customerfile.access.roles import OWNER, SHIPPED_ROLES
from customerfile.access.sessions import end_sessions
from customerfile.audit.changes import Value, changed
from customerfile.audit.operations import record
from customerfile.base.told import told


@transaction.atomic
def add_user(username: str, *, role: str, by: str, at: datetime) -> User:
    """Let somebody in, who has no password yet. Raises UserNotPossible, UnknownRole."""
    require_role(role)
    user = User(username=username.strip(), role=role)
    user.set_unusable_password()
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as wrong:
        raise UserNotPossible(
            told("{name} cannot be a name here: {why}", name=username, why=" ".join(wrong.messages))
        ) from wrong
    user.save()
    record(
        by=by,
        at=at,
        code="access.user.created",
        subject=f"user:{user.pk}",
        detail=changed({}, {"role": role}),
    )
    return user


def choose_language(user: User, language: str) -> None:
    """Have the pages in a language ("fr") for somebody from now on; "": as their browser asks."""
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def set_role(username: str, *, role: str, by: str, at: datetime) -> None:
    """Give somebody another role, from their next request on. Raises UnknownUser, UnknownRole, UserNotPossible."""
    require_role(role)
    user = _held(username)
    if user.role == OWNER and role != OWNER:
        _require_another_owner(user)
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    detail = changed({"role": before}, {"role": role})
    record(by=by, at=at, code="access.user.role_changed", subject=f"user:{user.pk}", detail=detail)


@transaction.atomic
def set_active(username: str, *, active: bool, by: str, at: datetime) -> None:
    """Let somebody in no longer, from their next request on; or again. Raises UnknownUser, UserNotPossible."""
    user = _held(username)
    if user.role == OWNER and not active:
        _require_another_owner(user)
    if user.is_active != active:
        user.is_active = active
        user.save(update_fields=["is_active"])
        code = "access.user.enabled" if active else "access.user.disabled"
        detail = changed({"may_come_in": not active}, {"may_come_in": active})
        record(by=by, at=at, code=code, subject=f"user:{user.pk}", detail=detail)
        end_sessions(user, by=by, at=at)


@transaction.atomic
def limit_to_branches(username: str, *, branches: Collection[str] | None, by: str, at: datetime) -> None:
    """Show somebody the customers of these branches alone, from their next request on; None: all customers.

    Raises UnknownUser, UserNotPossible.
    """
    user = _held(username)
    if user.role == OWNER and branches is not None:
        raise UserNotPossible("An owner sees everything, always.", "Give them another role first.")
    named = None if branches is None else sorted({each.strip() for each in branches} - {""})
    if named == []:
        raise UserNotPossible("No branch was named.", "Name one, as your files write it.")
    if user.branches != named:
        detail = changed({"branches": user.branches}, {"branches": named})
        user.branches = named
        user.save(update_fields=["branches"])
        record(by=by, at=at, code="access.user.limited", subject=f"user:{user.pk}", detail=detail)


@transaction.atomic
def define_role(
    key: str,
    *,
    label: str,
    permissions: Collection[Permission],
    fields: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> None:
    """Make a role, or change one; of customers it sees these fields, None: all. Raises RoleNotPossible."""
    if key == OWNER:
        raise RoleNotPossible("The owner may do everything, always.", "Make a role of your own instead.")
    beyond = sorted(set(permissions) - IN_PART) if fields is not None else []
    if beyond:
        raise RoleNotPossible(
            told(
                "Who sees some fields only may not {what}: that shows whole records.",
                what=told(beyond[0].words),
            ),
            told("Leave {permissions} away, or let the role see all fields.", permissions=", ".join(beyond)),
        )
    try:
        validate_slug(key)
    except ValidationError as wrong:
        raise RoleNotPossible(
            told("{role} cannot name a role.", role=key), "Use letters, digits and hyphens, as in front-line."
        ) from wrong
    shipped = SHIPPED_ROLES.get(key)
    shown = label.strip() or (shipped.label if shipped else key)
    seen = None if fields is None else sorted(fields)
    before = roles().get(key)
    kept = {"label": shown, "permissions": sorted(permissions), "fields": seen}
    Role.objects.update_or_create(key=key, defaults=kept)
    record(
        by=by, at=at, code="access.role.defined", subject=f"role:{key}", detail=changed(_said(before), kept)
    )


@transaction.atomic
def reset_role(key: str, *, by: str, at: datetime) -> None:
    """Take a role back to how it ships, or away where it does not. Raises UnknownRole, RoleNotPossible."""
    before = roles().get(key)
    if before is None:
        raise _unknown_role(key)
    if key not in SHIPPED_ROLES and User.objects.filter(role=key).exists():
        raise RoleNotPossible(
            "Somebody has this role.", "Give them another one first: customerfile user role"
        )
    if Role.objects.filter(key=key).delete()[0]:
        detail = changed(_said(before), _said(roles().get(key)))
        record(by=by, at=at, code="access.role.reset", subject=f"role:{key}", detail=detail)


def require_role(key: str) -> None:
    """Raises UnknownRole."""
    if key not in roles():
        raise _unknown_role(key)


def _said(role: RoleInfo | None) -> dict[str, Value]:
    """What there is to a role, as the ledger keeps it."""
    if role is None:
        return {}
    fields = None if role.fields is None else sorted(role.fields)
    return {"label": role.label, "permissions": sorted(role.permissions), "fields": fields}


def _unknown_role(key: str) -> UnknownRole:
    return UnknownRole(
        told("There is no role {role}.", role=key), told("There are: {roles}.", roles=", ".join(roles()))
    )


def _held(username: str) -> User:
    """The person, and every owner, held until the end: two cannot take the last one's place away at once."""
    held = User.objects.filter(Q(role=OWNER) | Q(username=username)).select_for_update().order_by("pk")
    found = [user for user in held if user.username == username]
    if not found:
        raise UnknownUser(
            told("Nobody here is called {name}.", name=username), "See who is with: customerfile user list"
        )
    return found[0]


def _require_another_owner(user: User) -> None:
    if not User.objects.filter(role=OWNER, is_active=True).exclude(pk=user.pk).exists():
        raise UserNotPossible(
            told("{name} is the only owner, and somebody has to be one.", name=user.username),
            "Make somebody else an owner first: customerfile user role NAME owner",
        )
