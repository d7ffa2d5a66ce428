"""Replies to calls that carried an idempotency key: a call that is repeated is answered again, and done once.

Invariant: a reply is kept in the transaction of its effect, so that there is never one without the other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction

from customerfile.access.errors import CallUnderWay, KeyNotPossible, KeyUsedOtherwise
from customerfile.access.models import ApiReply

KEPT = timedelta(hours=24)
LONGEST_KEY = 255
_KEY = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")


def once(
    key: str, request: bytes, work: Callable[[], bytes], *, token: int, at: datetime
) -> tuple[bytes, bool]:
    """The reply to a request, worked out where it has none yet; and whether it was kept from before.

    Raises CallUnderWay, KeyUsedOtherwise, KeyNotPossible, and whatever the work raises: then nothing is kept.
    """
    if not _KEY.fullmatch(key):
        raise KeyNotPossible(
            f"An idempotency key is 1 to {LONGEST_KEY} letters, digits and signs without a blank.",
            "Make one for each call, for example a UUID.",
        )
    digest = digest_of(key, token=token)
    asked = hashlib.sha256(request).hexdigest()
    with transaction.atomic():
        _take(digest)
        kept = ApiReply.objects.filter(pk=digest, created_at__gt=at - KEPT).first()
        if kept is not None:
            return _same(kept, asked), True
        reply = work()
        ApiReply.objects.filter(created_at__lte=at - KEPT).delete()
        ApiReply.objects.create(
            digest=digest, token_id=token, request_digest=asked, body=reply, created_at=at
        )
        return reply, False


def digest_of(key: str, *, token: int) -> str:
    """What a key of a token is kept as."""
    return hashlib.sha256(f"{token}\x1f{key}".encode("utf-8", "surrogateescape")).hexdigest()


def lock_of(digest: str) -> int:
    """The number of the advisory lock that a call holds while it is under way."""
    return int(digest[:15], 16)


def _take(digest: str) -> None:
    """Keep every other call with this key out until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_of(digest)])
        row = cursor.fetchone()
    if not (row and row[0]):
        raise CallUnderWay(
            "A call with this idempotency key is under way.", "Wait a moment, then send it again as it was."
        )


def _same(kept: ApiReply, asked: str) -> bytes:
    if kept.request_digest != asked:
        raise KeyUsedOtherwise(
            "This idempotency key came before with another request.", "Use a new key for every new request."
        )
    return bytes(kept.body)
