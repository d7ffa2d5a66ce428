"""A device that makes and uses passkeys, in software: it answers questions as a browser would, or wrongly."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40
AAGUID = bytes(16)


@dataclass
class SoftPasskey:
    """One key pair for one site. `flags` and `count` are what the device says of itself at its next answer."""

    origin: str
    site: str
    flags: int = PRESENT | VERIFIED
    count: int = 0
    credential_id: bytes = b"a soft passkey"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, question: str) -> str:
        """The answer to a question to make a passkey."""
        told = self._told(question, "webauthn.create")
        public = AttestedCredentialData.create(
            AAGUID, self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(self._site_hash, self.flags | WITH_KEY, self.count, public)
        attestation = AttestationObject.create("none", data, {})
        return self._answer({"clientDataJSON": _text(told), "attestationObject": _text(attestation)})

    def used(self, question: str) -> str:
        """The answer to a question to prove who is there."""
        told = self._told(question, "webauthn.get")
        data = AuthenticatorData.create(self._site_hash, self.flags, self.count)
        signature = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {"clientDataJSON": _text(told), "authenticatorData": _text(data), "signature": _text(signature)}
        )

    @property
    def _site_hash(self) -> bytes:
        return hashlib.sha256(self.site.encode()).digest()

    def _told(self, question: str, kind: str) -> bytes:
        challenge = json.loads(question)["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, Any]) -> str:
        name = _text(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def challenge_in(question: str) -> bytes:
    """The bytes that a question asks to be signed."""
    text = json.loads(question)["challenge"]
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
