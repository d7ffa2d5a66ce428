"""People and roles: somebody is always an owner, and every change is written down."""

import pytest

from customerfile.access.errors import RoleNotPossible, UnknownRole, UnknownUser, UserNotPossible
from customerfile.access.operations import ensure_owner
from customerfile.access.permissions import Permission
from customerfile.access.queries import permissions_of, roles, users
from customerfile.access.roles import SHIPPED_ROLES
from customerfile.access.users import add_user, define_role, reset_role, set_active, set_role
from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now

BY = {"by": "olive", "at": now()}


@pytest.fixture
def olive(db):
    return ensure_owner(username="olive", by="olive", at=now())


def test_what_somebody_may_do_follows_from_the_role(olive):
    add_user("nora", role="steward", **BY)
    assert permissions_of("olive") == set(Permission)
    assert permissions_of("nora") == SHIPPED_ROLES["steward"].permissions
    set_active("nora", active=False, **BY)
    assert permissions_of("nora") == set()
    assert [(each.username, each.role, each.active) for each in users()] == [
        ("nora", "steward", False),
        ("olive", "owner", True),
    ]
    with pytest.raises(UnknownUser):
        permissions_of("nobody")


def test_the_last_owner_stays(olive):
    with pytest.raises(UserNotPossible, match="only owner"):
        set_role("olive", role="read-only", **BY)
    with pytest.raises(UserNotPossible, match="only owner"):
        set_active("olive", active=False, **BY)
    add_user("nora", role="owner", **BY)
    set_role("olive", role="read-only", **BY)
    with pytest.raises(UserNotPossible, match="only owner"):
        set_role("nora", role="steward", **BY)


@pytest.mark.parametrize("name", ["olive", "", "a b", "x" * 151])
def test_names_that_cannot_be(olive, name: str):
    with pytest.raises(UserNotPossible):
        add_user(name, role="steward", **BY)


def test_roles_are_made_changed_and_taken_back(olive):
    define_role("till", label="Till", permissions={Permission.SEE_CUSTOMERS}, **BY)
    add_user("nora", role="till", **BY)
    assert permissions_of("nora") == {Permission.SEE_CUSTOMERS}
    with pytest.raises(RoleNotPossible, match="Somebody has this role"):
        reset_role("till", **BY)
    set_role("nora", role="analyst", **BY)
    reset_role("till", **BY)
    assert "till" not in roles()
    define_role("analyst", label="", permissions=set(), **BY)
    assert (permissions_of("nora"), roles()["analyst"].label) == (set(), "Analyst")
    reset_role("analyst", **BY)
    assert permissions_of("nora") == SHIPPED_ROLES["analyst"].permissions
    assert [
        entry.code for entry in AuditEntry.objects.filter(code__startswith="access.role").order_by("id")
    ] == [
        "access.role.defined",
        "access.role.reset",
        "access.role.defined",
        "access.role.reset",
    ]


def test_roles_that_cannot_be(olive):
    for key in ("owner", "a b", ""):
        with pytest.raises(RoleNotPossible):
            define_role(key, label="", permissions=set(Permission), **BY)
    with pytest.raises(UnknownRole):
        add_user("nora", role="nothing", **BY)
    with pytest.raises(UnknownRole):
        reset_role("nothing", **BY)
