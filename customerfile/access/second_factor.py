"""Who has to have a second factor, taking one away, and what to do for somebody who lost theirs.

A person whose role may do something powerful may do nothing until they proved a second factor, where the
installation asks for it. `standing` is the one place that decides so, for pages and tokens alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from customerfile.access.errors import FactorNotPossible, UnknownUser
from customerfile.access.factors import factors_of
from customerfile.access.models import AuthenticatorApp, Passkey, RecoveryCode, SignInRules, User
from customerfile.access.permissions import Permission
from customerfile.access.queries import NO_CLEARANCE, Clearance
from customerfile.access.sessions import end_sessions
from customerfile.access.sight import Sight
from customerfile.audit.changes import changed
from customerfile.audit.operations import record
from customerfile.base.told import told

POWERFUL = frozenset(
    {
        Permission.EXPORT_CUSTOMERS,
        Permission.MERGE_CUSTOMERS,
        Permission.MANAGE_USERS,
        Permission.MANAGE_TOKENS,
        Permission.MANAGE_WEBHOOKS,
        Permission.CHANGE_DEFINITION,
        Permission.CHANGE_MATCHING,
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody may do now and sees. `factor_missing`: nothing, until they proved a second factor."""

    permissions: frozenset[Permission]
    sight: Sight
    factor_missing: bool = False


def standing(
    cleared: Clearance, *, has_factor: Callable[[], bool], is_required: Callable[[], bool] | None = None
) -> Standing:
    """What somebody with this clearance may do. What is asked is asked only where it counts.

    `is_required` where it is known already whether this installation wants a second factor.
    """
    if not cleared.permissions & POWERFUL or not (is_required or is_second_factor_required)() or has_factor():
        return Standing(cleared.permissions, cleared.sight)
    return Standing(NO_CLEARANCE.permissions, NO_CLEARANCE.sight, factor_missing=True)


def is_second_factor_required() -> bool:
    """Whether roles with powerful permissions need a second factor here."""
    return SignInRules.objects.filter(second_factor_required=True).exists()


def with_second_factor() -> frozenset[str]:
    """The names of those who have a second factor."""
    found = User.objects.filter(Q(authenticatorapp__isnull=False) | Q(passkey__isnull=False))
    return frozenset(found.values_list("username", flat=True))


@transaction.atomic
def require_second_factor(*, required: bool, by: str, at: datetime) -> None:
    """Ask for a second factor, or do so no longer, from everybody's next click or call on."""
    if required != is_second_factor_required():
        SignInRules.objects.update_or_create(only=True, defaults={"second_factor_required": required})
        detail = changed({"required": not required}, {"required": required})
        record(by=by, at=at, code="access.second_factor.rule_changed", subject="sign_in_rules", detail=detail)


@transaction.atomic
def remove_app(user: User, *, by: str, at: datetime) -> None:
    """Take somebody's authenticator app away. Raises FactorNotPossible."""
    _require_password_alone(user)
    if AuthenticatorApp.objects.filter(user=user).delete()[0]:
        record(by=by, at=at, code="access.authenticator.removed", subject=f"user:{user.pk}", detail={})
        _tidy(user)


@transaction.atomic
def remove_passkey(user: User, passkey: int, *, by: str, at: datetime) -> None:
    """Take one of somebody's passkeys away. Raises FactorNotPossible."""
    _require_password_alone(user)
    if Passkey.objects.filter(user=user, pk=passkey).delete()[0]:
        record(by=by, at=at, code="access.passkey.removed", subject=f"user:{user.pk}", detail={})
        _tidy(user)


@transaction.atomic
def reset_second_factor(username: str, *, by: str, at: datetime) -> None:
    """For somebody who lost it: no second factor any more, and signed out everywhere. Raises UnknownUser.

    A password that was short enough only beside a second factor goes away, too.
    """
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        raise UnknownUser(
            told("Nobody here is called {name}.", name=username), "See who is with: customerfile user list"
        )
    for kind in (AuthenticatorApp, Passkey, RecoveryCode):
        kind.objects.filter(user=user).delete()
    if user.password_is_short:
        user.set_unusable_password()
        user.password_is_short = False
        user.save(update_fields=["password", "password_is_short"])
    end_sessions(user, by=by, at=at)
    record(by=by, at=at, code="access.second_factor.reset", subject=f"user:{user.pk}", detail={})


def _require_password_alone(user: User) -> None:
    """Two of them cannot both take the last but one away at once: the person is held until the end."""
    held = User.objects.select_for_update().get(pk=user.pk)
    if held.password_is_short and factors_of(user).is_last:
        raise FactorNotPossible(
            "Your password is short, which is enough only beside a second factor.",
            "Choose one with at least 15 characters first, or add another second factor.",
        )


def _tidy(user: User) -> None:
    """Recovery codes stand in for a second factor; without one they are for nothing."""
    if not factors_of(user).are_any:
        RecoveryCode.objects.filter(user=user).delete()
