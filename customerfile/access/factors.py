"""What somebody can prove a second time with: an authenticator app, passkeys, and recovery codes behind them."""

from __future__ import annotations

from dataclasses import dataclass

from customerfile.access.models import AuthenticatorApp, Passkey, User
from customerfile.access.recovery import recovery_codes_left


@dataclass(frozen=True, slots=True)
class Factors:
    """Recovery codes alone are no second factor: they stand in for one."""

    app: bool
    passkeys: int
    recovery_codes: int

    @property
    def are_any(self) -> bool:
        return self.app or self.passkeys > 0

    @property
    def is_last(self) -> bool:
        """Whether taking one away leaves none."""
        return self.app + self.passkeys == 1


def factors_of(user: User) -> Factors:
    """What this person has set up."""
    return Factors(
        app=AuthenticatorApp.objects.filter(user=user).exists(),
        passkeys=Passkey.objects.filter(user=user).count(),
        recovery_codes=recovery_codes_left(user),
    )


def has_second_factor(user: User) -> bool:
    """Whether this person proves who they are twice."""
    return AuthenticatorApp.objects.filter(user=user).exists() or Passkey.objects.filter(user=user).exists()
