"""Reads of who may do what. Asked at every request, so that a change counts at the next one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from customerfile.access.errors import NotAllowed, UnknownUser
from customerfile.access.models import Role, User
from customerfile.access.permissions import IN_PART, Permission
from customerfile.access.roles import OWNER, SHIPPED_ROLES
from customerfile.access.sight import WHOLE, Sight
from customerfile.base.told import told

type Allowed = tuple[frozenset[Permission], frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class RoleInfo:
    """A role as it counts now. `changed`: other than it ships."""

    key: str
    label: str
    permissions: frozenset[Permission]
    changed: bool
    fields: frozenset[str] | None = None  # of customers that it sees; None: all


@dataclass(frozen=True, slots=True)
class Clearance:
    """What somebody may do, and what of customers they see."""

    permissions: frozenset[Permission]
    sight: Sight


NO_CLEARANCE = Clearance(frozenset(), Sight(frozenset(), frozenset(), records=False))


@dataclass(frozen=True, slots=True)
class UserInfo:
    """A person who may come in, or could once."""

    username: str
    role: str
    active: bool
    last_login: datetime | None
    branches: tuple[str, ...] | None = None  # whose customers they see; None: all


def roles() -> dict[str, RoleInfo]:
    """Every role by its key: the shipped ones first, then the organisation's own by name."""
    found = {
        key: RoleInfo(key, role.label, role.permissions, changed=False, fields=role.fields)
        for key, role in SHIPPED_ROLES.items()
    }
    for row in Role.objects.order_by("label", "key"):
        if row.key != OWNER:
            found[row.key] = RoleInfo(
                row.key, row.label, _known(row.permissions), changed=True, fields=_set(row.fields)
            )
    return found


def clearance_of(role: str, branches: Iterable[str] | None, *, allowed: Allowed | None = None) -> Clearance:
    """What somebody in this role may do and sees, of these branches' customers.

    One read; none for the owner, and none where it is known what the role is `allowed`.
    """
    if role == OWNER:
        return Clearance(frozenset(Permission), WHOLE)
    permissions, fields = allowed or _of_role(role)
    named = None if branches is None else frozenset(branches)
    may = permissions if fields is None and named is None else permissions & IN_PART
    return Clearance(may, Sight(fields, named, records=Permission.SEE_RECORDS in may))


def allowed_in(key: str, changed: tuple[list[str], list[str] | None] | None) -> Allowed:
    """What a role may do, and the fields it sees, given what it was changed to, if it was."""
    if changed is not None:
        return _known(changed[0]), _set(changed[1])
    shipped = SHIPPED_ROLES.get(key)
    return (shipped.permissions, shipped.fields) if shipped else (frozenset(), frozenset())


def _of_role(key: str) -> Allowed:
    return allowed_in(key, Role.objects.filter(key=key).values_list("permissions", "fields").first())


def permissions_of(username: str) -> frozenset[Permission]:
    """What somebody may do; nothing where they may not come in. Raises UnknownUser where nobody is called so."""
    return clearance_of_user(username).permissions


def clearance_of_user(username: str) -> Clearance:
    """What somebody may do and sees; nothing where they may not come in. Raises UnknownUser."""
    found = User.objects.filter(username=username).values_list("role", "branches", "is_active").first()
    if found is None:
        raise UnknownUser(
            told("Nobody here is called {name}.", name=username),
            told("An owner can let them in: customerfile user add {name}", name=username),
        )
    role, branches, is_active = found
    return clearance_of(role, branches) if is_active else NO_CLEARANCE


def clearance_by_name(username: str) -> Clearance:
    """The same for a login that may not read who works here; nothing where nobody is called so. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM standing_of(%s)", [username])
        found = cursor.fetchone()
    if found is None or not found[0]:
        return NO_CLEARANCE
    _, role, branches, is_changed, permissions, fields = found
    return clearance_of(
        role, branches, allowed=allowed_in(role, (permissions, fields) if is_changed else None)
    )


def is_anybody_here() -> bool:
    """Whether anybody was ever let in."""
    return User.objects.exists()


def users() -> tuple[UserInfo, ...]:
    """Everybody, by name."""
    return tuple(
        UserInfo(each.username, each.role, each.is_active, each.last_login, _told(each.branches))
        for each in User.objects.order_by("username")
    )


def not_allowed(username: str, permission: Permission) -> NotAllowed:
    """The refusal, in words."""
    return NotAllowed(
        told("{name} may not {what}.", name=username, what=told(permission.words)),
        told(
            "An owner can allow it, with a role that has {permission}: customerfile user role {name} ROLE",
            permission=permission.value,
            name=username,
        ),
    )


def _told(branches: list[str] | None) -> tuple[str, ...] | None:
    return None if branches is None else tuple(branches)


def _set(fields: list[str] | None) -> frozenset[str] | None:
    return None if fields is None else frozenset(fields)


def _known(permissions: list[str]) -> frozenset[Permission]:
    """Without those that no longer exist."""
    known = {each.value for each in Permission}
    return frozenset(Permission(each) for each in permissions if each in known)
