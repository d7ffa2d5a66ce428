"""Signing secrets, sealed by the vault: readable by who has its keys, bound to their endpoint."""

from datetime import datetime

from customerfile.vault.keystore import KeyStore
from customerfile.webhooks.models import WebhookEndpoint


def sealed(secret: str, endpoint: int, *, store: KeyStore) -> bytes:
    """What is stored of a secret."""
    return store.seal(secret.encode(), _context(endpoint))


def signing_secrets(endpoint: WebhookEndpoint, at: datetime, *, store: KeyStore) -> list[str]:
    """The secrets that sign now: after a rotation the former one too, for a day. Raises KeysMissing."""
    kept = [endpoint.secret]
    if endpoint.former_secret is not None and endpoint.former_until and at < endpoint.former_until:
        kept.append(endpoint.former_secret)
    return [store.open(bytes(each), _context(endpoint.pk)).decode() for each in kept]


def _context(endpoint: int) -> bytes:
    return f"webhook_endpoint:{endpoint}".encode()
