"""The home folder: where an installation keeps all it knows. Two homes share nothing.

Only the owner can read a home. As root the home itself may be passed through (0711), because the server runs
under an unprivileged account; the folders that account does not own stay 0700.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from customerfile.embedded.errors import fault_of

OWN_FOLDERS = ("secrets", "keys", "spool", "run")


@dataclass(frozen=True, slots=True)
class Home:
    """One installation's folder. `durable=False` is for throw-away homes of tests: lost on a crash."""

    path: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        """The database's files; exists once the database has been made."""
        return self.path / "data"

    @property
    def logs(self) -> Path:
        """The database server's log files."""
        return self.path / "logs"

    @property
    def secrets(self) -> Path:
        """Passwords and signing keys."""
        return self.path / "secrets"

    @property
    def keys(self) -> Path:
        """The keys of sealed values."""
        return self.path / "keys"

    @property
    def spool(self) -> Path:
        """Files in passage: uploads and sorted runs of an import."""
        return self.path / "spool"

    @property
    def run(self) -> Path:
        """Locks, and notes on what runs now."""
        return self.path / "run"

    @property
    def programs(self) -> Path:
        """A copy of the server's programs, where the installed ones are out of the server account's reach."""
        return self.path / "programs"


def home_path() -> Path:
    """CUSTOMERFILE_HOME, or the default of this user."""
    given = os.environ.get("CUSTOMERFILE_HOME")
    if given:
        return Path(given).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/customerfile")
    return (Path.home() / ".local" / "share" / "customerfile").resolve()


def home(path: Path | None = None, *, durable: bool = True) -> Home:
    """The home at `path`, else at `home_path()`, its folders made. Raises EmbeddedFault."""
    place = Home(path.expanduser().resolve() if path else home_path(), durable)
    try:
        _make(place)
    except OSError as problem:
        raise fault_of(problem, place.path) from problem
    return place


def give_to_owner(path: Path, home: Home) -> None:
    """Let root leave nothing in another user's home that its owner could not open."""
    owner = home.path.stat()
    if os.geteuid() == 0 and owner.st_uid != 0:
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def fresh_log(home: Home, name: str) -> BinaryIO:
    """An empty file in the home's `run` folder, for what a program says."""
    path = home.run / name
    file = path.open("wb")
    give_to_owner(path, home)
    return file


def _make(place: Home) -> None:
    if not place.path.exists():
        place.path.mkdir(mode=0o700, parents=True)
    if os.geteuid() == 0 and place.path.stat().st_uid == 0 and not place.path.stat().st_mode & 0o001:
        place.path.chmod(0o711)
    for name in OWN_FOLDERS:
        folder = place.path / name
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
            give_to_owner(folder, place)
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(13, f"{name} belongs to another account")
