"""Signatures as in the Standard Webhooks specification: HMAC-SHA256 over id, timestamp and body."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

_PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """A signing secret as it is shown: 32 random bytes in base64, behind a sign of what it is."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signatures(keys: Sequence[str], *, key: str, timestamp: int, body: str) -> str:
    """The header `webhook-signature`: one signature for each secret, with blanks between."""
    signed = f"{key}.{timestamp}.{body}".encode()
    return " ".join(f"v1,{_signature(secret, signed)}" for secret in keys)


def _signature(secret: str, signed: bytes) -> str:
    made = hmac.new(base64.b64decode(secret.removeprefix(_PREFIX)), signed, hashlib.sha256)
    return base64.b64encode(made.digest()).decode()
