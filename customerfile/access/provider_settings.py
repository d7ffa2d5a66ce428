"""How people sign in at a provider of the organisation's own (OpenID Connect), as the environment says it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from customerfile.base.errors import CustomerfileError
from customerfile.base.told import told

_PREFIX = "CUSTOMERFILE_OIDC_"
_EMAIL = "email"
_ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """`name_claim`: what a person is called here; `role_of`: value of the role claim -> role, the first that fits.

    Without a role claim only people who were added here come in.
    """

    issuer: str
    client_id: str
    client_secret: str
    label: str
    name_claim: str
    role_claim: str
    role_of: Mapping[str, str]
    is_second_factor: bool  # the provider asks everybody for one, whatever it says of a single login


class SettingsWrong(CustomerfileError):
    """A setting that cannot be; the message names it."""


def provider_settings(environment: Mapping[str, str]) -> ProviderSettings | None:
    """What CUSTOMERFILE_OIDC_* say; None where no issuer is named. Raises SettingsWrong."""

    def said(name: str, otherwise: str = "") -> str:
        return environment.get(_PREFIX + name, "").strip() or otherwise

    issuer = said("ISSUER").rstrip("/")
    if not issuer:
        return None
    for name in ("CLIENT_ID", "CLIENT_SECRET"):
        if not said(name):
            raise SettingsWrong(
                told(
                    "{issuer} is set, so {missing} has to be, too.",
                    issuer=f"{_PREFIX}ISSUER",
                    missing=f"{_PREFIX}{name}",
                )
            )
    claim, _, pairs = said("ROLES").partition(":")
    return ProviderSettings(
        issuer=issuer,
        client_id=said("CLIENT_ID"),
        client_secret=said("CLIENT_SECRET"),
        label=said("LABEL", "single sign-on"),
        name_claim=said("NAME_CLAIM", _EMAIL),
        role_claim=claim.strip(),
        role_of=_pairs(pairs),
        is_second_factor=said("SECOND_FACTOR") == _ALWAYS,
    )


def _pairs(text: str) -> dict[str, str]:
    """ "crm-admins=administrator, crm=front-line" in its order."""
    found = {}
    for pair in filter(None, (each.strip() for each in text.split(","))):
        value, equals, role = (each.strip() for each in pair.partition("="))
        if not (value and equals and role) or role == "owner":
            raise SettingsWrong(
                told(
                    "{setting} is like groups:crm-admins=administrator,crm=front-line; owner cannot be given so.",
                    setting=f"{_PREFIX}ROLES",
                )
            )
        found[value] = role
    return found
