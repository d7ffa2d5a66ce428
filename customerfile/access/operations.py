"""Writes about people who sign in: the first user, one-time sign-in links, passwords and the limit on guessing them."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.crypto import salted_hmac

from customerfile.access.errors import LinkRefused, SignInRefused, UnknownUser
from customerfile.access.models import SignInLink, User
from customerfile.access.roles import OWNER
from customerfile.audit.operations import record
from customerfile.audit.queries import entry_count

LINK_LIFE = timedelta(minutes=30)
FAILURES_ALLOWED = 10
FAILURES_FORGOTTEN_AFTER = timedelta(minutes=15)


@transaction.atomic
def ensure_owner(*, username: str, by: str, at: datetime) -> User:
    """The person with this name, made an owner without a usable password where there is none."""
    user, created = User.objects.get_or_create(username=username, defaults={"role": OWNER})
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        record(by=by, at=at, code="access.user.created", subject=f"user:{user.pk}", detail={"owner": True})
    return user


@transaction.atomic
def issue_sign_in_link(*, username: str, by: str, at: datetime) -> str:
    """A secret token that signs somebody in once within 30 minutes. It is not stored itself. Raises UnknownUser."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise UnknownUser(
            f"Nobody signs in under the name {username}.", "See who does with: customerfile user list"
        )
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


def check_password(*, username: str, password: str, address: str, at: datetime) -> User:
    """The person with this name and password. Raises SignInRefused.

    After ten failures for one name from one address within 15 minutes nothing is tried any more until they are over.
    A name that does not exist is refused in the same words and the same time as a wrong password.
    """
    guesser = _guesser(username, address)
    failures = entry_count(
        code="access.sign_in.refused", subject=guesser, since=at - FAILURES_FORGOTTEN_AFTER
    )
    if failures >= FAILURES_ALLOWED:
        raise SignInRefused(
            "Too many failed attempts to sign in.",
            "Wait 15 minutes, or make a sign-in link with: customerfile sign-in-link",
        )
    user = authenticate(None, username=username, password=password)
    if not isinstance(user, User):
        record(by="", at=at, code="access.sign_in.refused", subject=guesser, detail={})
        raise SignInRefused("This name and password do not belong together.", "Try again.")
    record(by=user.username, at=at, code="access.user.signed_in", subject=f"user:{user.pk}", detail={})
    return user


@transaction.atomic
def set_password(user: User, *, password: str, by: str, at: datetime) -> None:
    """Give a person a new password, which ends their other sessions. It has been validated by the caller."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=by, at=at, code="access.password.set", subject=f"user:{user.pk}", detail={})


def _guesser(username: str, address: str) -> str:
    """A name and address that tries passwords, as a digest: what is typed in a name field may be anything."""
    typed = f"{username.casefold()}|{address}"
    return "sign_in:" + salted_hmac("customerfile.access", typed, algorithm="sha256").hexdigest()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
