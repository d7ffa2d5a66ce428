"""Who somebody is here whom the organisation's provider signed in. A subject, once known, is never somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from customerfile.access.errors import AccessError, ProviderRefused
from customerfile.access.models import ProviderIdentity, User
from customerfile.access.provider_settings import ProviderSettings
from customerfile.access.roles import OWNER
from customerfile.access.users import add_user, set_role
from customerfile.audit.operations import record
from customerfile.base.told import told

_SEVERAL_FACTORS = "mfa"  # RFC 8176
_BY = "single sign-on"


@transaction.atomic
def person_of(claims: Mapping[str, Any], *, settings: ProviderSettings, at: datetime) -> User:
    """The person whom the provider means. Raises ProviderRefused.

    Known by their subject there; at first by their name here, which is one of the claims. Where roles follow a claim,
    whoever has one of them comes in without having been added, and the role is what the claim says at each sign-in; an
    owner stays one.
    """
    role = _role(claims, settings)
    user = _known(claims, settings) or _named(claims, settings, role, at)
    if not user.is_active:
        raise _unknown()
    if role and user.role not in (role, OWNER):
        set_role(user.username, role=role, by=_BY, at=at)
        user.refresh_from_db()
    return user


def proves_second_factor(claims: Mapping[str, Any], *, settings: ProviderSettings) -> bool:
    """Whether the login there counts as two factors: where it says so (`amr`), or the settings say it always does."""
    methods = claims.get("amr")
    return settings.is_second_factor or (isinstance(methods, list) and _SEVERAL_FACTORS in methods)


def _known(claims: Mapping[str, Any], settings: ProviderSettings) -> User | None:
    found = ProviderIdentity.objects.filter(issuer=settings.issuer, subject=str(claims["sub"]))
    identity = found.select_related("user").first()
    return identity.user if identity else None


def _named(claims: Mapping[str, Any], settings: ProviderSettings, role: str, at: datetime) -> User:
    """The person of this name, who is known by the subject from now on; added where roles follow a claim."""
    name = _name(claims, settings)
    user = User.objects.select_for_update().filter(username=name).first()
    if user is None and role:
        try:
            user = add_user(name, role=role, by=_BY, at=at)
        except AccessError as problem:
            raise ProviderRefused(str(problem)) from problem
    if user is None or ProviderIdentity.objects.filter(issuer=settings.issuer, user=user).exists():
        raise _unknown()
    ProviderIdentity.objects.create(issuer=settings.issuer, subject=str(claims["sub"]), user=user)
    record(by=_BY, at=at, code="access.provider.linked", subject=f"user:{user.pk}", detail={})
    return user


def _name(claims: Mapping[str, Any], settings: ProviderSettings) -> str:
    """An e-mail address counts only where the provider has verified it."""
    name = claims.get(settings.name_claim)
    is_verified = settings.name_claim != "email" or claims.get("email_verified") is True
    if not isinstance(name, str) or not name or not is_verified:
        raise ProviderRefused(
            "The provider did not say who you are.",
            told(
                "It has to send the claim {claim}; see CUSTOMERFILE_OIDC_NAME_CLAIM.",
                claim=settings.name_claim,
            ),
        )
    return name


def _role(claims: Mapping[str, Any], settings: ProviderSettings) -> str:
    """The role that the claims give, or "" where roles do not follow a claim."""
    if not settings.role_claim:
        return ""
    claimed = claims.get(settings.role_claim)
    values = (
        {claimed}
        if isinstance(claimed, str)
        else {each for each in claimed if isinstance(each, str)}
        if isinstance(claimed, list)
        else set()
    )
    role = next((role for value, role in settings.role_of.items() if value in values), "")
    if not role:
        raise _unknown()
    return role


def _unknown() -> ProviderRefused:
    return ProviderRefused(
        "You are signed in there, but nobody has let you in here.",
        "Ask whoever looks after Customerfile in your organisation.",
    )
