"""What can go wrong when someone comes in."""

from customerfile.base.errors import CustomerfileError


class AccessError(CustomerfileError):
    """Base of this room's errors."""


class LinkRefused(AccessError):
    """The sign-in link is unknown, used or expired."""


class SignInRefused(AccessError):
    """The name and password do not belong together, or too many were tried."""
