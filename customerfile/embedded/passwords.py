"""The passwords of the embedded server's two roles: random, made once, kept 0600 in the home's secrets."""

import secrets

from customerfile.embedded.errors import EmbeddedFault
from customerfile.embedded.files import write_whole
from customerfile.embedded.home import Home, give_to_owner

SUPERUSER = "postgres"
OWNER = "customerfile"


def password_of(home: Home, role: str) -> str:
    """The kept password of a role. Raises EmbeddedFault where it has been lost."""
    try:
        return (home.secrets / f"{role}.password").read_text(encoding="utf-8").strip()
    except FileNotFoundError as problem:
        raise EmbeddedFault(
            f"The password of the database role {role} is missing from {home.secrets}.",
            "Put the secrets folder back from your backup; it belongs with the data folder.",
        ) from problem


def make_passwords(home: Home) -> None:
    """Make the passwords that are not there yet."""
    for role in (SUPERUSER, OWNER):
        path = home.secrets / f"{role}.password"
        if not path.exists():
            write_whole(path, secrets.token_urlsafe(32))
            give_to_owner(path, home)
