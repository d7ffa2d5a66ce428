"""Writes about people who sign in: the first user, one-time sign-in links, passwords and codes."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction

from customerfile.access.authenticator import use_code
from customerfile.access.errors import LinkRefused, SignInRefused, UnknownUser
from customerfile.access.factors import has_second_factor
from customerfile.access.guessing import Guessed, Guesser, counted_attempt
from customerfile.access.models import SignInLink, User
from customerfile.access.passwords import SHORTEST_ALONE, require_password
from customerfile.access.recovery import use_recovery_code
from customerfile.access.roles import OWNER
from customerfile.access.sessions import end_sessions
from customerfile.access.tokens import revoke_tokens_of
from customerfile.audit.operations import record
from customerfile.base.told import told

LINK_LIFE = timedelta(minutes=30)


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
            told("Nobody signs in under the name {name}.", name=username),
            "See who does with: customerfile user list",
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


def check_password(*, guesser: Guesser, password: str, at: datetime) -> User:
    """The person with this name and password. Raises SignInRefused.

    A name that does not exist is refused in the same words and the same time as a wrong password.
    """
    with counted_attempt(Guessed.PASSWORD, guesser, at=at):
        user = authenticate(None, username=guesser.username, password=password)
        if not isinstance(user, User):
            record(by="", at=at, code="access.sign_in.refused", subject=guesser.subject, detail={})
            raise SignInRefused("This name and password do not belong together.", "Try again.")
    return user


def check_code(user: User, *, code: str, address: str, at: datetime) -> None:
    """Their authenticator's code, or a recovery code; it counts once. Raises SignInRefused."""
    guesser = Guesser(user.username, address)
    with counted_attempt(Guessed.CODE, guesser, at=at):
        if not (use_code(user, code=code, at=at) or use_recovery_code(user, code=code, at=at)):
            detail = {"second_factor": True}
            record(by="", at=at, code="access.sign_in.refused", subject=guesser.subject, detail=detail)
            raise SignInRefused("This code does not fit.", "Wait for the next one, and try again.")


def note_sign_in(user: User, *, way: str, second_factor: bool, at: datetime) -> None:
    """Write down that somebody came in, and how."""
    record(
        by=user.username,
        at=at,
        code="access.user.signed_in",
        subject=f"user:{user.pk}",
        detail={"way": way, "second_factor": second_factor},
    )


@transaction.atomic
def set_password(user: User, *, password: str, keep: int = 0, by: str, at: datetime) -> None:
    """Give a person a new password. It ends their sessions, but the one to `keep`; where it replaces another one, which
    somebody may know, their tokens too, and those they made. Raises PasswordRefused.
    """
    had_one = user.has_usable_password()
    require_password(password, username=user.username, has_second_factor=has_second_factor(user))
    user.set_password(password)
    user.password_is_short = len(password) < SHORTEST_ALONE
    user.save(update_fields=["password", "password_is_short"])
    record(by=by, at=at, code="access.password.set", subject=f"user:{user.pk}", detail={})
    end_sessions(user, but=keep, by=by, at=at)
    if had_one:
        revoke_tokens_of(user, by=by, at=at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
