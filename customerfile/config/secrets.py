"""The key that signs sessions: from the environment, or a file in the home made on first use, readable by us alone."""

import os
import secrets

from customerfile.embedded.home import home


def secret_key() -> str:
    """The signing key of this installation. Raises OSError where the home cannot be written."""
    given = os.environ.get("CUSTOMERFILE_SECRET_KEY")
    if given:
        return given
    path = home().secrets / "session.key"
    if not path.exists():
        _create(path)
    return path.read_text().strip()


def _create(path: os.PathLike[str]) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
