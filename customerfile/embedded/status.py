"""What a home's server is doing now. Looks only; starts and changes nothing."""

from dataclasses import dataclass
from pathlib import Path

from customerfile.embedded import process
from customerfile.embedded.home import Home


@dataclass(frozen=True, slots=True)
class Status:
    """The state of one home's server. Without a server the pid is 0 and the socket empty."""

    running: bool  # takes connections now
    pid: int
    socket: str  # the folder of the socket
    version: str  # the major version that wrote the data, "" before the first start
    data: Path
    data_bytes: int
    orphans: tuple[int, ...]  # processes that a killed server left behind


def status(home: Home) -> Status:
    """Look at the server of this home, running or not."""
    found = process.answering(home.data)
    pid = process.postmaster(home.data)
    return Status(
        running=found is not None,
        pid=pid or 0,
        socket=found.socket_folder if found else "",
        version=data_version(home),
        data=home.data,
        data_bytes=_size(home.data),
        orphans=() if pid else tuple(process.server_processes(home.data)),
    )


def data_version(home: Home) -> str:
    """The major version of PostgreSQL that wrote the data; "" where there is none yet."""
    path = home.data / "PG_VERSION"
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def _size(folder: Path) -> int:
    total = 0
    for place, _, names in folder.walk():
        total += sum(_file_size(place / name) for name in names)
    return total


def _file_size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except FileNotFoundError:  # a living database drops files as we look
        return 0
