"""Codes of an authenticator app (TOTP, RFC 6238): six digits, new every 30 seconds, each good once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno
from django.db import transaction

from customerfile.access.errors import FactorNotPossible, FactorRefused
from customerfile.access.models import AuthenticatorApp, User
from customerfile.audit.operations import record
from customerfile.embedded import home
from customerfile.vault.keystore import KeyStore, key_store

STEP_SECONDS = 30
_STEPS_AROUND = 1  # a phone's clock may be off by one step, either way
_ISSUER = "Customerfile"
_NEVER = 0


@dataclass(frozen=True, slots=True)
class NewApp:
    """What somebody's phone has to learn. `sealed` comes back with the first code; the rest is shown once."""

    sealed: bytes
    secret: str
    address: str


def new_app(user: User) -> NewApp:
    """A fresh secret for this person. Nothing is kept until `add_app`."""
    secret = pyotp.random_base32()
    address = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=_ISSUER)
    return NewApp(_store().seal(secret.encode(), _context(user)), secret, address)


def known_app(user: User, sealed: bytes) -> NewApp:
    """The same once more, from what was sealed."""
    secret = _store().open(sealed, _context(user)).decode()
    return NewApp(
        sealed, secret, pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=_ISSUER)
    )


def square_code(address: str) -> str:
    """The address as an SVG picture that phones read. It holds no style and no script."""
    return segno.make(address, error="m", micro=False).svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass="square-code", lineclass=None
    )


@transaction.atomic
def add_app(user: User, *, sealed: bytes, code: str, by: str, at: datetime) -> None:
    """Keep an app whose first code fits. Raises FactorRefused, FactorNotPossible."""
    if AuthenticatorApp.objects.select_for_update().filter(user=user).exists():
        raise FactorNotPossible("You have an authenticator app already.", "Remove it before you add another.")
    step = _fitting_step(_store().open(sealed, _context(user)).decode(), code, after=_NEVER, at=at)
    if step is None:
        raise FactorRefused(
            "This code does not fit.",
            "Scan the picture again, and see that the clock of your phone is right.",
        )
    AuthenticatorApp.objects.create(user=user, sealed_secret=sealed, last_step=step, added_at=at)
    record(by=by, at=at, code="access.authenticator.added", subject=f"user:{user.pk}", detail={})


@transaction.atomic
def use_code(user: User, *, code: str, at: datetime) -> bool:
    """Whether this is a code of theirs that did not come before. It does not count again, nor does any before it."""
    app = AuthenticatorApp.objects.select_for_update().filter(user=user).first()
    if app is None:
        return False
    secret = _store().open(bytes(app.sealed_secret), _context(user)).decode()
    step = _fitting_step(secret, code, after=app.last_step, at=at)
    if step is None:
        return False
    app.last_step = step
    app.save(update_fields=["last_step"])
    return True


def _fitting_step(secret: str, code: str, *, after: int, at: datetime) -> int | None:
    made = pyotp.TOTP(secret)
    step = int(at.timestamp()) // STEP_SECONDS
    given = "".join(code.split())
    fitting = [
        each
        for each in range(step - _STEPS_AROUND, step + _STEPS_AROUND + 1)
        if pyotp.utils.strings_equal(made.generate_otp(each), given)
    ]
    return next((each for each in fitting if each > after), None)


def _context(user: User) -> bytes:
    return f"authenticator_app:{user.pk}".encode()


def _store() -> KeyStore:
    return key_store(home().keys)
