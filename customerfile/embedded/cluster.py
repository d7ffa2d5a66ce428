"""Making a database: its files and its settings. Each step leaves either nothing or a whole."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import BinaryIO

from customerfile.embedded import tuning
from customerfile.embedded.account import Account, may_enter
from customerfile.embedded.binaries import Binaries
from customerfile.embedded.errors import EmbeddedFault
from customerfile.embedded.files import write_whole
from customerfile.embedded.home import Home, fresh_log
from customerfile.embedded.passwords import SUPERUSER, password_of

SETTINGS_FILE = "customerfile.conf"
HOST_RULES = (
    "# Written by Customerfile. No network, no rule without a password.\nlocal all all scram-sha-256\n"
)
NEEDED_BYTES = 300 * 1024 * 1024


def run_as(account: Account, *, folder: Path, command: list[str], output: BinaryIO) -> bool:
    """Run a program in a folder under `account`, in a session of its own; did it succeed?"""
    other = {"user": account.uid, "group": account.gid, "extra_groups": []} if account.other else {}
    done = subprocess.run(  # noqa: S603 (our own programs with our own arguments)
        command,
        cwd=folder,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        umask=0o077,
        check=False,
        **other,  # type: ignore[call-overload]
    )
    return int(done.returncode) == 0


def data_argument(account: Account, data: Path) -> str:
    """How the server's account names the data folder: by its path, else as the folder it was started in.

    The second serves homes below a folder that is closed to it, such as /root: it is put there before it
    changes account, and needs no path to stay.
    """
    return str(data) if may_enter(account, data) else "/proc/self/cwd"


def create_cluster(home: Home, account: Account, binaries: Binaries) -> None:
    """Make the data folder: checksums on, passwords required, plain byte order with Unicode letters."""
    if shutil.disk_usage(home.path).free < NEEDED_BYTES:
        raise EmbeddedFault(
            f"No room for a database: less than {NEEDED_BYTES // 1024**2} MB is free at {home.path}.",
            "Free some space, or choose a folder on another disk with CUSTOMERFILE_HOME.",
        )
    _clear_drafts(home)
    draft = Path(tempfile.mkdtemp(prefix="data.new-", dir=home.path))
    password = draft.with_name(f"{draft.name}.password")
    try:
        write_whole(password, password_of(home, SUPERUSER), account=account)
        _give(draft, account)
        _initdb(home, account, binaries, draft)
    finally:
        password.unlink(missing_ok=True)
    draft.rename(home.data)


def write_settings(home: Home, account: Account, binaries: Binaries, socket_folder: Path) -> None:
    """Write the server's configuration for the machine as it is today."""
    roomy = tuning.shared_memory_room() >= tuning.GIB
    settings = {
        "unix_socket_directories": str(socket_folder),
        **tuning.fixed_settings(
            compression="lz4" if binaries.has("lz4") else "off", shared_memory="posix" if roomy else "sysv"
        ),
        **tuning.disk_settings(shutil.disk_usage(home.path).free),
        **tuning.memory_settings(tuning.machine_memory()),
        **tuning.safety_settings(durable=home.durable),
    }
    write_whole(home.data / SETTINGS_FILE, tuning.render(settings), account=account)
    write_whole(home.data / "postgresql.conf", f"include '{SETTINGS_FILE}'\n", account=account)
    write_whole(home.data / "pg_hba.conf", HOST_RULES, account=account)


def make_server_folder(folder: Path, account: Account) -> None:
    """A folder of the server's own, closed to everybody else."""
    folder.mkdir(mode=0o700, exist_ok=True)
    _give(folder, account)


def _clear_drafts(home: Home) -> None:
    """Take away what a killed attempt left."""
    for left in home.path.glob("data.new-*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _initdb(home: Home, account: Account, binaries: Binaries, draft: Path) -> None:
    major = int(binaries.version().split(".")[0])
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major >= 17 else []
    command = [
        binaries.program("initdb"),
        *(
            "-D",
            data_argument(account, draft),
            "-U",
            SUPERUSER,
            "--data-checksums",
            "--encoding=UTF8",
            "--locale=C",
        ),
        *("--auth=scram-sha-256", f"--pwfile=../{draft.name}.password", *builtin),
        *([] if home.durable else ["--no-sync"]),
    ]
    log = home.run / "initdb.log"
    with fresh_log(home, log.name) as output:
        succeeded = run_as(account, folder=draft, command=command, output=output)
    if not succeeded:
        raise EmbeddedFault(
            f"PostgreSQL could not make its files in {home.path}: {_last_line(log)}",
            f"The whole message is in {log}. Check the disk and the rights of the folder, then try again.",
        )


def _give(path: Path, account: Account) -> None:
    if account.other:
        os.chown(path, account.uid, account.gid)


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    said = [line for line in lines if "error:" in line or "FATAL" in line]
    return said[-1] if said else "no message"
