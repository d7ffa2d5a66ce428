"""Making a database: its files, its settings, its two roles. Each step leaves either nothing or a whole."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import BinaryIO

import psycopg
from psycopg import sql

from customerfile.embedded import tuning
from customerfile.embedded.account import Account, may_enter
from customerfile.embedded.binaries import Binaries
from customerfile.embedded.errors import EmbeddedFault
from customerfile.embedded.files import write_whole
from customerfile.embedded.home import Home, fresh_log
from customerfile.embedded.passwords import OWNER, SUPERUSER, password_of

DATABASE = "customerfile"
SETTINGS_FILE = "customerfile.conf"
READY_FILE = "customerfile.ready"  # there once the roles and the database are made
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


def is_prepared(home: Home) -> bool:
    """Have the roles and the database been made?"""
    return (home.data / READY_FILE).exists()


def prepare_database(home: Home, account: Account, host: str) -> None:
    """Make the application's role and database in a running server, where they are not there yet."""
    with psycopg.connect(
        host=host, dbname="postgres", user=SUPERUSER, password=password_of(home, SUPERUSER), autocommit=True
    ) as connection:
        _make_role(connection, home)
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if found is None:
            statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
            connection.execute(statement.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)))
    write_whole(home.data / READY_FILE, "", account=account)


def make_server_folder(folder: Path, account: Account) -> None:
    """A folder of the server's own, closed to everybody else."""
    folder.mkdir(mode=0o700, exist_ok=True)
    _give(folder, account)


def _make_role(connection: psycopg.Connection, home: Home) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone()
    secret = connection.pgconn.encrypt_password(
        password_of(home, OWNER).encode(), OWNER.encode(), b"scram-sha-256"
    )
    # Throw-away homes serve tests, which make databases of their own.
    statement = sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
        sql.SQL("CREATE" if found is None else "ALTER"),
        sql.Identifier(OWNER),
        sql.SQL("NOCREATEDB" if home.durable else "CREATEDB"),
        sql.Literal(secret.decode()),
    )
    connection.execute(statement)


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
