"""Recovery codes: ten, for the day the phone is lost. Each counts once; shown when they are made, kept as digests."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from customerfile.access.models import RecoveryCode, User
from customerfile.audit.operations import record

COUNT = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another
_LENGTH = 16  # 79 random bits
_GROUP = 4


@transaction.atomic
def make_recovery_codes(user: User, *, by: str, at: datetime) -> tuple[str, ...]:
    """Ten new codes; those there were count no more."""
    RecoveryCode.objects.filter(user=user).delete()
    codes = tuple(_random_code() for _ in range(COUNT))
    RecoveryCode.objects.bulk_create(RecoveryCode(digest=_digest(user, code), user=user) for code in codes)
    record(
        by=by, at=at, code="access.recovery_codes.made", subject=f"user:{user.pk}", detail={"count": COUNT}
    )
    return codes


@transaction.atomic
def use_recovery_code(user: User, *, code: str, at: datetime) -> bool:
    """Whether this is a code of theirs that was not used before. From now on it was."""
    found = RecoveryCode.objects.filter(digest=_digest(user, code), user=user, used_at=None)
    if not found.update(used_at=at):
        return False
    left = recovery_codes_left(user)
    record(
        by=user.username,
        at=at,
        code="access.recovery_code.used",
        subject=f"user:{user.pk}",
        detail={"left": left},
    )
    return True


def recovery_codes_left(user: User) -> int:
    """How many codes still count."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def _random_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def _digest(user: User, code: str) -> str:
    """Of what was typed, whatever its dashes and capitals. A slow hash adds nothing to that many random bits."""
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    return hashlib.sha256(f"{user.pk}|{plain}".encode()).hexdigest()
