"""Replies to calls that carried an idempotency key: a call that is repeated is answered again, and done once.

Invariant: a reply is kept in the transaction of its effect, so that there is never one without the other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from customerfile.access.errors import CallUnderWay, KeyNotPossible, KeyUsedOtherwise
from customerfile.base.database import statement
from customerfile.base.told import told

KEPT = timedelta(hours=24)
LONGEST_KEY = 255
_KEY = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")


class KeyedCall(NamedTuple):
    """A call that is done once. `digest` is of its key, `asked` of what it asks for."""

    digest: str
    asked: str
    token: int
    at: datetime


class Reply(NamedTuple):
    """What a call is answered, and whether that was kept from before."""

    body: bytes
    is_repeated: bool


def keyed_call(key: str, request: bytes, *, token: int, at: datetime) -> KeyedCall:
    """A call under its key. Raises KeyNotPossible."""
    if not _KEY.fullmatch(key):
        raise KeyNotPossible(
            told(
                "An idempotency key is 1 to {longest} letters, digits and signs without a blank.",
                longest=LONGEST_KEY,
            ),
            "Make one for each call, for example a UUID.",
        )
    return KeyedCall(digest_of(key, token=token), hashlib.sha256(request).hexdigest(), token, at)


def once(call: KeyedCall, work: Callable[[], bytes]) -> Reply:
    """The reply to a call, worked out where it has none yet.

    Raises CallUnderWay, KeyUsedOtherwise, and whatever the work raises: then nothing is kept.
    """
    with transaction.atomic():
        found = replies_there([call]).get(call.digest)
        if isinstance(found, Exception):
            raise found
        if found is not None:
            return found
        body = work()
        keep_replies([(call, body)])
        return Reply(body, is_repeated=False)


def replies_there(calls: Sequence[KeyedCall]) -> Mapping[str, Reply | CallUnderWay | KeyUsedOtherwise]:
    """By digest, of those calls that are not to be done: the reply they had, or why there is none.

    The others are this transaction's to do: whoever comes with one of their keys meanwhile is told to wait. No two of
    the calls have the same key.
    """
    if not calls:
        return {}
    digests = [call.digest for call in calls]
    named: dict[str, list[str] | list[int] | datetime] = {
        "digests": digests,
        "numbers": [lock_of(digest) for digest in digests],
        "since": calls[0].at - KEPT,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "replies_there"), named)
        taken = dict(cursor.fetchall())
        cursor.nextset()
        kept = {digest: (asked, bytes(body)) for digest, asked, body in cursor.fetchall()}
    found = {call.digest: _there(call, kept.get(call.digest), taken=taken[call.digest]) for call in calls}
    return {digest: reply for digest, reply in found.items() if reply is not None}


def keep_replies(replies: Sequence[tuple[KeyedCall, bytes]]) -> None:
    """Keep what calls are answered, in the transaction of their effect."""
    if not replies:
        return
    at = replies[0][0].at
    with connection.cursor() as cursor:
        cursor.execute(
            statement(__package__, "keep_replies"),
            {
                "digests": [call.digest for call, _ in replies],
                "tokens": [call.token for call, _ in replies],
                "asked": [call.asked for call, _ in replies],
                "bodies": [body for _, body in replies],
                "at": at,
                "until": at - KEPT,
            },
        )


def digest_of(key: str, *, token: int) -> str:
    """What a key of a token is kept as."""
    return hashlib.sha256(f"{token}\x1f{key}".encode("utf-8", "surrogateescape")).hexdigest()


def lock_of(digest: str) -> int:
    """The number of the advisory lock that a call holds while it is under way."""
    return int(digest[:15], 16)


def _there(
    call: KeyedCall, kept: tuple[str, bytes] | None, *, taken: bool
) -> Reply | CallUnderWay | KeyUsedOtherwise | None:
    if not taken:
        return CallUnderWay(
            "A call with this idempotency key is under way.", "Wait a moment, then send it again as it was."
        )
    if kept is None:
        return None
    asked, body = kept
    if asked != call.asked:
        return KeyUsedOtherwise(
            "This idempotency key came before with another request.", "Use a new key for every new request."
        )
    return Reply(body, is_repeated=True)
