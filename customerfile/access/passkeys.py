"""Passkeys (WebAuthn): a device proves who holds it. It asks for a finger, face or PIN, so one is worth two factors.

The site is the host name that pages are opened under: a passkey made for one name works for no other.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from customerfile.access.errors import FactorNotPossible, FactorRefused
from customerfile.access.models import Passkey, User
from customerfile.audit.operations import record
from customerfile.base.told import noted_text, told

_LONGEST_NAME = 100
_MOST = 20
_REFUSED = noted_text("This passkey does not fit.")
_VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class Site:
    """Where pages are opened: "https://file.example.org"."""

    scheme: str
    host: str  # with its port, where it has one

    @property
    def name(self) -> str:
        return self.host.rpartition(":")[0] if self.host.rpartition(":")[2].isdigit() else self.host

    @property
    def can_have_passkeys(self) -> bool:
        """Browsers make passkeys for names, not for numbers, and only where nobody can listen in."""
        try:
            ipaddress.ip_address(self.name.strip("[]"))
        except ValueError:
            return self.scheme == "https" or self.name == "localhost"
        return False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser answered (JSON, or anything else), the challenge that was put to it, and where it is."""

    text: str
    challenge: str
    site: Site


@dataclass(frozen=True, slots=True)
class PasskeyInfo:
    """A passkey as it is listed."""

    id: int
    name: str
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """What the browser is asked (as JSON), and the challenge, which has to be kept until it answers."""

    options: str
    challenge: str


def ask_for_new_passkey(user: User, *, site: Site) -> Question:
    """What a browser needs to make a passkey for this person. Raises FactorNotPossible."""
    held = [_held(each) for each in Passkey.objects.filter(user=user)]
    if len(held) >= _MOST:
        raise FactorNotPossible(
            told("You have {most} passkeys.", most=_MOST), "Remove one that you do not use any more."
        )
    person = PublicKeyCredentialUserEntity(
        name=user.username, id=user.pk.to_bytes(8), display_name=user.username
    )
    options, state = _server(site).register_begin(
        person,
        credentials=held,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_VERIFIED,
    )
    return Question(json.dumps(dict(options.public_key)), state["challenge"])


@transaction.atomic
def add_passkey(user: User, answer: Answer, *, name: str, at: datetime) -> None:
    """Keep a passkey that the browser made. Raises FactorRefused."""
    answered = _read(answer)
    try:
        made = _server(answer.site).register_complete(
            _state(answer.challenge), RegistrationResponse.from_dict(answered)
        )
        credential = made.credential_data
    except (ValueError, KeyError, TypeError) as wrong:
        raise FactorRefused("The passkey could not be read.", "Try again.") from wrong
    if credential is None or Passkey.objects.filter(credential_id=credential.credential_id).exists():
        raise FactorRefused("This passkey is in use already.", "Use another device.")
    Passkey.objects.create(
        user=user,
        credential_id=credential.credential_id,
        credential=bytes(credential),
        name=name.strip()[:_LONGEST_NAME] or "Passkey",
        use_count=made.counter,
        added_at=at,
    )
    record(by=user.username, at=at, code="access.passkey.added", subject=f"user:{user.pk}", detail={})


def ask_for_passkey(user: User | None, *, site: Site) -> Question:
    """What a browser needs to prove who is there; anybody with a passkey for this site where no person is named."""
    held = [_held(each) for each in Passkey.objects.filter(user=user)] if user else None
    options, state = _server(site).authenticate_begin(held, user_verification=_VERIFIED)
    return Question(json.dumps(dict(options.public_key)), state["challenge"])


@transaction.atomic
def use_passkey(answer: Answer, *, at: datetime) -> User:
    """Whose passkey answered. Raises FactorRefused."""
    answered = _read(answer)
    try:
        response = AuthenticationResponse.from_dict(answered)
        passkey = _held_passkey(response.raw_id)
        _server(answer.site).authenticate_complete(_state(answer.challenge), [_held(passkey)], response)
    except (ValueError, KeyError, TypeError) as wrong:
        raise FactorRefused(_REFUSED, "Try again, or come in another way.") from wrong
    _count_use(passkey, response.response.authenticator_data.counter, at)
    return passkey.user


def passkeys_of(user: User) -> tuple[PasskeyInfo, ...]:
    """Somebody's passkeys, the oldest first."""
    return tuple(
        PasskeyInfo(each.pk, each.name, each.added_at, each.last_used_at)
        for each in Passkey.objects.filter(user=user).order_by("pk")
    )


def _held_passkey(credential_id: bytes) -> Passkey:
    found = (
        Passkey.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(credential_id=credential_id, user__is_active=True)
        .first()
    )
    if found is None:
        raise FactorRefused(_REFUSED, "Try again, or come in another way.")
    return found


def _count_use(passkey: Passkey, count: int, at: datetime) -> None:
    """A device that counts never counts backwards; a copy of it does."""
    if (count or passkey.use_count) and count <= passkey.use_count:
        raise FactorRefused(
            "This passkey was used elsewhere in the meantime: it may have been copied.",
            "Come in another way, and remove it.",
        )
    passkey.use_count, passkey.last_used_at = count, at
    passkey.save(update_fields=["use_count", "last_used_at"])


def _read(answer: Answer) -> Mapping[str, Any]:
    if not answer.challenge:
        raise FactorRefused("The question has expired.", "Try again.")
    try:
        answered = json.loads(answer.text)
    except (ValueError, RecursionError) as wrong:
        raise FactorRefused(_REFUSED, "Try again.") from wrong
    if not isinstance(answered, dict):
        raise FactorRefused(_REFUSED, "Try again.")
    return answered


def _held(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(passkey.credential))


def _state(challenge: str) -> dict[str, object]:
    return {"challenge": challenge, "user_verification": _VERIFIED}


def _server(site: Site) -> Fido2Server:
    """Holds answers to this very address, port and all."""
    party = PublicKeyCredentialRpEntity(id=site.name, name="Customerfile")
    return Fido2Server(party, verify_origin=lambda origin: origin == f"{site.scheme}://{site.host}")
