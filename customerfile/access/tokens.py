"""Tokens by which programs come in: shown once, kept as a digest, limited in what they may do and for how long."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from customerfile.access.errors import NotAllowed, TokenNotPossible, TokenRefused, UnknownToken, UnknownUser
from customerfile.access.models import ApiToken, User
from customerfile.access.permissions import Permission
from customerfile.access.queries import allowed_in, clearance_of
from customerfile.access.second_factor import standing
from customerfile.access.sight import Sight
from customerfile.audit.changes import Value, changed
from customerfile.audit.operations import record
from customerfile.base.database import one_row, statement
from customerfile.base.told import noted_text, told

LONGEST = timedelta(days=366)
_PREFIX = "cf_"  # so that a token that slipped into a text is known for what it is
_USE_NOTED_EVERY = timedelta(minutes=1)
_REMEDY = noted_text("Make a new one with: customerfile token add")

type TokenState = Literal["works", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who comes in with a token, what it may do, and what of customers it sees."""

    token: int
    username: str
    permissions: frozenset[Permission]
    sight: Sight
    factor_missing: bool = False  # of the person, who may do nothing until they have set one up

    def require(self, permission: Permission) -> None:
        """Raises NotAllowed where the token was not given this permission."""
        if self.factor_missing:
            raise NotAllowed(
                told("{name} needs a second factor, and has none.", name=self.username),
                "They set one up by signing in to the pages; then their tokens work again.",
            )
        if permission not in self.permissions:
            raise NotAllowed(
                told("This token may not {what}.", what=told(permission.words)),
                told(
                    "Make one that may with: customerfile token add NAME --may {permission}",
                    permission=permission.value,
                ),
            )


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """A token as it is listed: without the secret, which nobody has but who was shown it."""

    id: int
    name: str
    username: str
    permissions: tuple[str, ...]
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None

    def state(self, at: datetime) -> TokenState:
        """Whether its next call is let in."""
        return "revoked" if self.revoked_at else "expired" if self.expires_at <= at else "works"


@dataclass(frozen=True, slots=True)
class NewToken:
    """`secret` is told this once."""

    id: int
    secret: str
    expires_at: datetime


@transaction.atomic
def issue_token(
    name: str, *, username: str, permissions: Collection[Permission], life: timedelta, by: str, at: datetime
) -> NewToken:
    """A secret by which a program acts for a person. Raises UnknownUser, TokenNotPossible."""
    _check(name, permissions, life)
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise UnknownUser(
            told("Nobody signs in under the name {name}.", name=username), "Name somebody who does."
        )
    secret = _PREFIX + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(
        digest=_digest(secret),
        name=name.strip(),
        user=user,
        permissions=sorted(permissions),
        created_at=at,
        created_by=by,
        expires_at=at + life,
    )
    record(
        by=by,
        at=at,
        code="access.token.created",
        subject=f"api_token:{made.pk}",
        detail=changed({}, _said(made)),
    )
    return NewToken(made.pk, secret, made.expires_at)


def bearer_of(secret: str, *, at: datetime) -> Bearer:
    """Who comes in with this secret. Asked at every call, so that a revoked token is refused at once.

    Raises TokenRefused, in the same words for an unknown token as for one that ended.
    """
    found = _found(_digest(secret))
    if found is None or found.revoked_at is not None or found.expires_at <= at or not found.is_active:
        raise TokenRefused("This token is unknown, revoked or expired.", _REMEDY)
    if found.last_used_at is None or found.last_used_at < at - _USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=found.token).update(last_used_at=at)
    is_now = (found.role_permissions or [], found.role_fields) if found.is_role_changed else None
    cleared = clearance_of(found.role, found.branches, allowed=allowed_in(found.role, is_now))
    stands = standing(
        cleared,
        has_factor=lambda: found.has_factor,
        is_required=lambda: found.is_factor_required,
    )
    allowed = stands.permissions  # a token never lets its bearer do what its person may not
    return Bearer(
        token=found.token,
        username=found.username,
        permissions=allowed.intersection(found.permissions),
        sight=stands.sight,
        factor_missing=stands.factor_missing,
    )


class _Found(NamedTuple):
    """All that is known of a token and its person, as `bearer.sql` has it."""

    token: int
    permissions: list[str]
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    username: str
    is_active: bool
    role: str
    branches: list[str] | None
    is_role_changed: bool
    role_permissions: list[str] | None
    role_fields: list[str] | None
    is_factor_required: bool
    has_factor: bool


def _found(digest: str) -> _Found | None:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        row = one_row(connection.connection, statement(__package__, "bearer"), (digest,))
    return _Found(*row) if row else None


def tokens() -> tuple[TokenInfo, ...]:
    """Every token, the newest first, revoked and expired ones too."""
    return tuple(
        TokenInfo(
            id=each.pk,
            name=each.name,
            username=each.user.username,
            permissions=tuple(each.permissions),
            created_at=each.created_at,
            created_by=each.created_by,
            expires_at=each.expires_at,
            revoked_at=each.revoked_at,
            last_used_at=each.last_used_at,
        )
        for each in ApiToken.objects.select_related("user").order_by("-pk")
    )


@transaction.atomic
def revoke_token(token: int, *, by: str, at: datetime) -> None:
    """End a token at once. Ending it twice changes nothing. Raises UnknownToken."""
    found = ApiToken.objects.select_related("user").filter(pk=token).first()
    if found is None:
        raise UnknownToken(
            told("There is no token {number}.", number=token), "See them with: customerfile token list"
        )
    if ApiToken.objects.filter(pk=token, revoked_at=None).update(revoked_at=at):
        detail = changed(_said(found), {})
        record(by=by, at=at, code="access.token.revoked", subject=f"api_token:{token}", detail=detail)


def _said(token: ApiToken) -> dict[str, Value]:
    """What there is to a token, as the ledger keeps it."""
    return {
        "user": token.user.username,
        "permissions": list(token.permissions),
        "expires_at": token.expires_at.isoformat(timespec="seconds"),
    }


@transaction.atomic
def revoke_tokens_of(user: User, *, by: str, at: datetime) -> int:
    """End every token that acts for this person or that they made; how many worked until now."""
    theirs = Q(user=user) | Q(created_by=user.username)
    working = ApiToken.objects.filter(theirs, revoked_at=None, expires_at__gt=at).values_list("pk", flat=True)
    for token in sorted(working):
        revoke_token(token, by=by, at=at)
    return len(working)


def _check(name: str, permissions: Collection[Permission], life: timedelta) -> None:
    if not name.strip():
        raise TokenNotPossible("A token needs a name.", "Say which program it is for.")
    if not permissions:
        raise TokenNotPossible(
            "A token that may do nothing is of no use.", "Give it a permission with --may."
        )
    if not timedelta() < life <= LONGEST:
        raise TokenNotPossible(
            told("A token is for a day to {days} days.", days=LONGEST.days), "Renew it by making another one."
        )


def _digest(secret: str) -> str:
    """Without salt: a secret of 256 bits cannot be guessed from its digest."""
    return hashlib.sha256(secret.encode()).hexdigest()
