"""Reads of who may do what. Asked at every request, so that a change counts at the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from customerfile.access.errors import NotAllowed, UnknownUser
from customerfile.access.models import Role, User
from customerfile.access.permissions import Permission
from customerfile.access.roles import OWNER, SHIPPED_ROLES


@dataclass(frozen=True, slots=True)
class RoleInfo:
    """A role as it counts now. `changed`: other than it ships."""

    key: str
    label: str
    permissions: frozenset[Permission]
    changed: bool


@dataclass(frozen=True, slots=True)
class UserInfo:
    """A person who may come in, or could once."""

    username: str
    role: str
    active: bool
    last_login: datetime | None


def roles() -> dict[str, RoleInfo]:
    """Every role by its key: the shipped ones first, then the organisation's own by name."""
    found = {
        key: RoleInfo(key, role.label, role.permissions, changed=False) for key, role in SHIPPED_ROLES.items()
    }
    for row in Role.objects.order_by("label", "key"):
        if row.key != OWNER:
            found[row.key] = RoleInfo(row.key, row.label, _known(row.permissions), changed=True)
    return found


def permissions_of_role(key: str) -> frozenset[Permission]:
    """What somebody in this role may do. One read; none for the owner."""
    if key == OWNER:
        return frozenset(Permission)
    changed = Role.objects.filter(key=key).values_list("permissions", flat=True).first()
    if changed is not None:
        return _known(changed)
    return SHIPPED_ROLES[key].permissions if key in SHIPPED_ROLES else frozenset()


def permissions_of(username: str) -> frozenset[Permission]:
    """What somebody may do; nothing where they may not come in. Raises UnknownUser where nobody is called so."""
    found = User.objects.filter(username=username).values_list("role", "is_active").first()
    if found is None:
        raise UnknownUser(
            f"Nobody here is called {username}.",
            f"An owner can let them in: customerfile user add {username}",
        )
    role, is_active = found
    return permissions_of_role(role) if is_active else frozenset()


def is_anybody_here() -> bool:
    """Whether anybody was ever let in."""
    return User.objects.exists()


def users() -> tuple[UserInfo, ...]:
    """Everybody, by name."""
    rows = User.objects.order_by("username").values_list("username", "role", "is_active", "last_login")
    return tuple(UserInfo(*row) for row in rows)


def not_allowed(username: str, permission: Permission) -> NotAllowed:
    """The refusal, in words."""
    return NotAllowed(
        f"{username} may not {permission.words}.",
        f"An owner can allow it, with a role that has {permission.value}: customerfile user role {username} ROLE",
    )


def _known(permissions: list[str]) -> frozenset[Permission]:
    """Without those that no longer exist."""
    known = {each.value for each in Permission}
    return frozenset(Permission(each) for each in permissions if each in known)
