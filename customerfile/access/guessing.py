"""Limits on guessing: how many passwords and codes may be wrong in a quarter of an hour. None is locked out for good.

An attempt is written down before it is looked at, and taken back where it was right, so that many at once are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q
from django.utils.crypto import salted_hmac

from customerfile.access.errors import SignInRefused
from customerfile.access.models import SignInAttempt

FAILURES_ALLOWED = 10  # for one name from one address; for the codes of one person from anywhere
FAILURES_OF_ONE_NAME = 100
FAILURES_OF_ONE_ADDRESS = 100
FAILURES_FORGOTTEN_AFTER = timedelta(minutes=15)


class Guessed(StrEnum):
    PASSWORD = "password"  # noqa: S105 - the kind of attempt
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Guesser:
    """Who tries: under which name, from where (an address, or a browser), and whether it was let in there before."""

    username: str
    address: str
    is_known: bool = False

    @property
    def account_digest(self) -> str:
        return account_digest(self.username)

    @property
    def address_digest(self) -> str:
        return _digest(self.address)

    @property
    def subject(self) -> str:
        """How the audit ledger names the two of them together."""
        return "sign_in:" + _digest(f"{self.username.casefold()}|{self.address}")


@contextmanager
def counted_attempt(what: Guessed, guesser: Guesser, *, at: datetime) -> Iterator[None]:
    """Around the look at a password or code: counted where the block raises SignInRefused.

    Raises SignInRefused itself where too many were wrong; then nothing is looked at.
    """
    SignInAttempt.objects.filter(at__lte=at - FAILURES_FORGOTTEN_AFTER).delete()
    attempt = SignInAttempt.objects.create(
        at=at, what=what, account=guesser.account_digest, address=guesser.address_digest
    )
    if _are_too_many(what, guesser, at):
        attempt.delete()
        raise SignInRefused(
            "Too many failed attempts to sign in.",
            "Wait 15 minutes, or make a sign-in link with: customerfile sign-in-link",
        )
    yield
    attempt.delete()


def account_digest(username: str) -> str:
    """The name as a digest: what is typed in a name field may be anything, a password too."""
    return _digest(username.casefold())


def _are_too_many(what: Guessed, guesser: Guesser, at: datetime) -> bool:
    of_account, from_address = Q(account=guesser.account_digest), Q(address=guesser.address_digest)
    found = SignInAttempt.objects.filter(
        of_account | from_address, at__gt=at - FAILURES_FORGOTTEN_AFTER
    ).aggregate(
        codes=Count("pk", filter=of_account & Q(what=Guessed.CODE)),
        both=Count("pk", filter=of_account & from_address & Q(what=Guessed.PASSWORD)),
        account=Count("pk", filter=of_account & Q(what=Guessed.PASSWORD)),
        address=Count("pk", filter=from_address & Q(what=Guessed.PASSWORD)),
    )
    if what is Guessed.CODE:
        return bool(found["codes"] > FAILURES_ALLOWED)
    from_anywhere = found["account"] > FAILURES_OF_ONE_NAME or found["address"] > FAILURES_OF_ONE_ADDRESS
    return bool(found["both"] > FAILURES_ALLOWED or (from_anywhere and not guesser.is_known))


def _digest(text: str) -> str:
    return salted_hmac("customerfile.access", text, algorithm="sha256").hexdigest()
