"""`customerfile doctor`: what is installed, what runs, what is wrong. Starts and changes nothing."""

import importlib.metadata
import json
import platform
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.cli.doctor_database import Migrations, examine_database
from customerfile.cli.findings import Finding
from customerfile.embedded import SUPERUSER, Home, Status, connection_to, status
from customerfile.embedded.tuning import GIB, MIB, machine_memory

OLDEST_PYTHON = (3, 12)
LEAST_FREE_DISK = 2 * GIB
LEAST_MEMORY = 2 * GIB
LEFT_BEHIND_SECONDS = 24 * 3600  # no import runs longer; what is older in the spool was left by a killed one


def examine(home: Home, database_url: str = "", *, migrations: Migrations | None = None) -> list[Finding]:
    """Every finding about this installation.

    `migrations` names the migrations not applied yet; it is asked only when the database could be reached.
    """
    findings = [_python(), _package(), _disk(home), _memory(), _spool(home), _secrets(home), _web(home)]
    if database_url:
        findings.append(Finding("database", True, "your own PostgreSQL, named by DATABASE_URL"))
        findings += examine_database(database_url, today=now().date(), migrations=migrations)
    else:
        findings += _embedded(home, migrations)
    return findings


def _python() -> Finding:
    ok = sys.version_info >= OLDEST_PYTHON
    return Finding("python", ok, platform.python_version(), "" if ok else "Install Python 3.12 or newer.")


def _package() -> Finding:
    try:
        return Finding("customerfile", True, importlib.metadata.version("customerfile"))
    except importlib.metadata.PackageNotFoundError:
        return Finding(
            "customerfile", True, f"not installed; runs from {Path(__file__).resolve().parents[2]}"
        )


def _disk(home: Home) -> Finding:
    free = shutil.disk_usage(home.path).free
    remedy = "Free some space, or move the home to a larger disk." if free < LEAST_FREE_DISK else ""
    return Finding("disk", not remedy, f"{_size(free)} free at {home.path}", remedy)


def _memory() -> Finding:
    total = machine_memory()
    remedy = "Large imports need 2 GB or more." if total < LEAST_MEMORY else ""
    free = _size(psutil.virtual_memory().available)
    return Finding("memory", not remedy, f"{_size(total)}, {free} of it free", remedy)


def _spool(home: Home) -> Finding:
    limit = time.time() - LEFT_BEHIND_SECONDS
    files = [path for path in home.spool.rglob("*") if path.is_file()]
    old = [path for path in files if path.stat().st_mtime < limit]
    if old:
        detail = f"{len(old)} files older than a day, {_size(sum(path.stat().st_size for path in old))}"
        return Finding(
            "spool", False, detail, f"No import needs them any more: delete what lies in {home.spool}."
        )
    return Finding("spool", True, f"{len(files)} files in passage" if files else "empty")


def _secrets(home: Home) -> Finding:
    open_ones = [folder for folder in (home.secrets, home.keys) if not _is_private(folder)]
    if open_ones:
        places = " ".join(str(folder) for folder in open_ones)
        return Finding("secrets", False, f"others can read {places}", f"chmod 700 {places}")
    return Finding("secrets", True, "closed to other accounts")


def _web(home: Home) -> Finding:
    try:
        note = json.loads((home.run / "serve.json").read_text(encoding="utf-8"))
        pid, address = int(note["pid"]), str(note["address"])
    except FileNotFoundError:
        return Finding("web server", True, "not running; customerfile serve starts it")
    except (ValueError, KeyError, TypeError):
        return Finding(
            "web server", False, "its note of where it runs is damaged", "Start customerfile serve again."
        )
    if psutil.pid_exists(pid):
        return Finding("web server", True, f"{address} (process {pid})")
    return Finding("web server", True, "not running; it was ended without saying goodbye")


def _embedded(home: Home, migrations: Migrations | None) -> Iterator[Finding]:
    found = status(home)
    yield _server(home, found)
    if found.orphans:
        pids = " ".join(map(str, found.orphans))
        remedy = f"The next command waits for them; to end them at once: kill {pids}"
        yield Finding("database leftovers", False, f"processes of a killed server: {pids}", remedy)
    if found.running:
        yield _socket(Path(found.socket))
        yield from _inside(home, found, migrations)


def _server(home: Home, found: Status) -> Finding:
    if not found.version:
        return Finding("database", True, f"embedded; not made yet, the first command makes it in {home.path}")
    size = f"PostgreSQL {found.version}, {_size(found.data_bytes)} in {found.data}"
    if found.running:
        return Finding("database", True, f"embedded, running (process {found.pid}), {size}")
    if found.pid:
        return Finding("database", True, f"embedded, starting or stopping (process {found.pid}), {size}")
    return Finding("database", True, f"embedded, not running; any command starts it; {size}")


def _socket(folder: Path) -> Finding:
    if _is_private(folder):
        return Finding("database socket", True, f"{folder}, closed to other accounts")
    return Finding("database socket", False, f"others can reach {folder}", f"chmod 700 {folder}")


def _inside(home: Home, found: Status, migrations: Migrations | None) -> Iterator[Finding]:
    try:
        conninfo = connection_to(home, found.socket, login=SUPERUSER).conninfo
    except CustomerfileError as fault:
        yield Finding("database passwords", False, fault.reason, fault.remedy)
        return
    yield from examine_database(conninfo, today=now().date(), migrations=migrations)


def _is_private(folder: Path) -> bool:
    return stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


def _size(count: int) -> str:
    return f"{count / GIB:.1f} GB" if count >= GIB else f"{count / MIB:.0f} MB"
