"""Writes about people who sign in: the first user, and one-time sign-in links."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from customerfile.access.errors import LinkRefused
from customerfile.access.models import SignInLink, User
from customerfile.audit.operations import record

LINK_LIFE = timedelta(minutes=30)


@transaction.atomic
def ensure_owner(*, username: str, by: str, at: datetime) -> User:
    """The person with this name, made with full rights and no usable password where there is none."""
    user, created = User.objects.get_or_create(username=username, defaults={"is_superuser": True, "is_staff": True})
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        record(by=by, at=at, code="access.user.created", subject=f"user:{user.pk}", detail={"owner": True})
    return user


@transaction.atomic
def issue_sign_in_link(*, user: User, by: str, at: datetime) -> str:
    """A secret token that signs `user` in once within 30 minutes. The token itself is not stored."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(digest=_digest(token), user=user, expires_at=at + LINK_LIFE)
    record(by=by, at=at, code="access.link.issued", subject=f"user:{user.pk}", detail={})
    return token


@transaction.atomic
def redeem_sign_in_link(token: str, *, at: datetime) -> User:
    """The person this token signs in; it works once. Raises LinkRefused where it is unknown, used or expired."""
    link = SignInLink.objects.select_for_update().filter(digest=_digest(token)).select_related("user").first()
    if link is None or link.used_at is not None or link.expires_at <= at or not link.user.is_active:
        raise LinkRefused(
            "This sign-in link has been used or has expired.",
            "Make a new one with: customerfile sign-in-link",
        )
    link.used_at = at
    link.save(update_fields=["used_at"])
    record(by=link.user.username, at=at, code="access.link.used", subject=f"user:{link.user.pk}", detail={})
    return link.user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
