"""Who asks: every shipped role, and people who see a part of the fields, of the customers, or of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client

from customerfile.access.models import User
from customerfile.access.permissions import Permission
from customerfile.access.queries import Clearance, clearance_of_user
from customerfile.access.roles import SHIPPED_ROLES
from customerfile.access.tokens import issue_token
from customerfile.access.users import add_user, define_role, limit_to_branches
from customerfile.base.clock import now

_NAMES = [
    "given_name",
    "middle_name",
    "family_name",
    "nickname",
    "organisation_name",
    "trading_name",
    "contact_person",
]
EVERYBODY = {role: (role, None) for role in SHIPPED_ROLES} | {  # by name: their role, and the branch they see
    "till": ("till", None),
    "figures": ("figures", None),
    "looks-in-leeds": ("read-only", "Leeds"),
    "exports-in-leeds": ("marketer", "Leeds"),
    "steward-in-leeds": ("steward", "Leeds"),
    "figures-in-leeds": ("figures", "Leeds"),
    "nothing": ("gone", None),
}


@dataclass(frozen=True, slots=True)
class Asker:
    """A person with a browser in which they are signed in, and a token that may do all they may."""

    name: str
    cleared: Clearance
    browser: Client
    token: str

    @property
    def fields(self) -> frozenset[str] | None:
        """Those they see; None: all."""
        return self.cleared.sight.fields

    @property
    def branches(self) -> frozenset[str] | None:
        """Those whose customers they see; None: all."""
        return self.cleared.sight.branches


def askers() -> list[Asker]:
    """Everybody, by name."""
    define_role("till", label="", permissions={Permission.SEE_CUSTOMERS}, fields=_NAMES, by="tests", at=now())
    looks = {Permission.SEE_CUSTOMERS, Permission.EXPORT_CUSTOMERS}
    define_role("figures", label="", permissions=looks, fields=["segment"], by="tests", at=now())
    return [_asker(name, role, branch) for name, (role, branch) in EVERYBODY.items()]


def _asker(name: str, role: str, branch: str | None) -> Asker:
    user = add_user(name, role="owner" if role == "gone" else role, by="tests", at=now())
    if role == "gone":
        User.objects.filter(pk=user.pk).update(role=role)
        user.refresh_from_db()
    if branch:
        limit_to_branches(name, branches=[branch], by="tests", at=now())
    browser = Client()
    browser.force_login(user)
    secret = issue_token(
        name, username=name, permissions=set(Permission), life=timedelta(days=1), by="tests", at=now()
    ).secret
    return Asker(name, clearance_of_user(name), browser, secret)
