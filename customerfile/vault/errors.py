"""What can go wrong with keys and sealed values."""

from customerfile.base.errors import CustomerfileError


class VaultError(CustomerfileError):
    """Base of this room's errors."""


class KeysMissing(VaultError):
    """The key store cannot be opened with the keys at hand. Nothing is written and no new key is made."""
