"""Under which account the server runs: ours, or for root an unprivileged one, as PostgreSQL insists."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from customerfile.embedded.errors import EmbeddedFault
from customerfile.embedded.home import Home

ACCOUNT = "customerfile"


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server. `other` is true when that is not the account of this process."""

    uid: int
    gid: int
    other: bool


def server_account(home: Home) -> Account:
    """The account for this home: whoever owns its data, else the home, else one made for the purpose."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), other=False)
    for folder in (home.data, home.path):
        if folder.exists() and folder.stat().st_uid != 0:
            return Account(folder.stat().st_uid, folder.stat().st_gid, other=True)
    if home.data.exists():
        raise EmbeddedFault(
            f"The database files in {home.data} belong to root, and PostgreSQL refuses to run as root.",
            f"Give them to an unprivileged account: chown -R nobody {home.data} {home.logs}",
        )
    return _unprivileged()


def may_enter(account: Account, folder: Path) -> bool:
    """May this account pass through `folder` and every folder above it?"""
    return not account.other or all(_permits(account, each, 1) for each in (folder, *folder.parents))


def may_use(account: Account, path: Path) -> bool:
    """May this account read and run `path` (list it, where it is a folder)?"""
    return not account.other or (may_enter(account, path.parent) and _permits(account, path, 5))


def _permits(account: Account, path: Path, wanted: int) -> bool:
    facts = path.stat()
    if facts.st_uid == account.uid:
        granted = facts.st_mode >> 6
    elif facts.st_gid == account.gid:
        granted = facts.st_mode >> 3
    else:
        granted = facts.st_mode
    return granted & wanted == wanted


def _unprivileged() -> Account:
    found = _named(ACCOUNT) or _created() or _named("nobody")
    if found is None:
        raise EmbeddedFault(
            "PostgreSQL refuses to run as root, and no unprivileged account could be found or made.",
            f"Add one (useradd --system {ACCOUNT}), or run Customerfile as an ordinary user.",
        )
    return found


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid, other=True)


def _created() -> Account | None:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        return None
    options = ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    subprocess.run([program, *options, ACCOUNT], check=False, capture_output=True)  # noqa: S603 (fixed words)
    return _named(ACCOUNT)
