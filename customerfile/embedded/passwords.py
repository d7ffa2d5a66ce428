"""The passwords of the embedded server's logins: random, made once, kept 0600 in the home's secrets."""

import secrets
from collections.abc import Sequence

from customerfile.base.database_roles import DatabaseRoles
from customerfile.embedded.errors import EmbeddedFault
from customerfile.embedded.files import write_whole
from customerfile.embedded.home import Home, give_to_owner

SUPERUSER = "postgres"
ROLES = DatabaseRoles()
FORMER_OWNER = "customerfile"  # the one login of homes from before there were roles


def password_of(home: Home, role: str) -> str:
    """The kept password of a role. Raises EmbeddedFault where it has been lost."""
    try:
        return (home.secrets / f"{role}.password").read_text(encoding="utf-8").strip()
    except FileNotFoundError as problem:
        raise EmbeddedFault(
            f"The password of the database role {role} is missing from {home.secrets}.",
            "Put the secrets folder back from your backup; it belongs with the data folder.",
        ) from problem


def make_passwords(home: Home, roles: Sequence[str]) -> None:
    """Make the passwords that are not there yet."""
    for role in roles:
        path = home.secrets / f"{role}.password"
        if not path.exists():
            write_whole(path, secrets.token_urlsafe(32))
            give_to_owner(path, home)


def forget_password(home: Home, role: str) -> None:
    """Remove the password of a login that is no more."""
    (home.secrets / f"{role}.password").unlink(missing_ok=True)
