"""What can go wrong when someone comes in."""

from customerfile.base.errors import CustomerfileError


class AccessError(CustomerfileError):
    """Base of this room's errors."""


class LinkRefused(AccessError):
    """The sign-in link is unknown, used or expired."""


class SignInRefused(AccessError):
    """The name and password do not belong together, or too many were tried."""


class PasswordRefused(AccessError):
    """A password that is too short, too long, or among those that are tried first."""


class BreachListMissing(AccessError):
    """The file of breached passwords that the settings name cannot be read."""


class ProviderRefused(AccessError):
    """The provider of the organisation did not let somebody in, or means nobody who was let in here."""


class FactorRefused(AccessError):
    """A code or passkey that does not fit, came before, or came too late."""


class FactorNotPossible(AccessError):
    """A change to somebody's second factor that makes no sense as things stand."""


class TokenRefused(AccessError):
    """The token is unknown, revoked or expired, or the person it acts for may not come in any more."""


class NotAllowed(AccessError):
    """Somebody came in who may not do this."""


class UnknownUser(AccessError):
    """Nobody signs in under this name."""


class UnknownToken(AccessError):
    """No token has this number."""


class TokenNotPossible(AccessError):
    """A token without a name, without permissions, or for a time that makes no sense."""


class UnknownRole(AccessError):
    """There is no role of this name."""


class UserNotPossible(AccessError):
    """A name that is taken or cannot be one, or a change that would leave the file without an owner."""


class RoleNotPossible(AccessError):
    """A role that makes no sense, or the owner's, which cannot be changed."""


class CallUnderWay(AccessError):
    """A call with the same idempotency key has not ended yet."""


class KeyUsedOtherwise(AccessError):
    """The idempotency key came before with another request."""


class KeyNotPossible(AccessError):
    """The idempotency key is empty or too long."""
