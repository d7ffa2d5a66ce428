"""A home of the benchmarks' own, and the real commands run against it, each in a process of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psutil

from customerfile.embedded import SUPERUSER, Connection, Home, connection_to, home, running_server

CHECKOUT = Path(__file__).resolve().parents[2]
_BETWEEN_LOOKS = 0.5


@dataclass(frozen=True, slots=True)
class Ground:
    """A running home, and a folder for the files of the benchmark."""

    folder: Path
    home: Home
    connection: Connection

    @property
    def superuser(self) -> Connection:
        """For tables of the benchmark's own: the application makes none."""
        return connection_to(self.home, self.connection.host, login=SUPERUSER)


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process printed, how long it took and the most memory that it and its children held at once."""

    output: str
    seconds: float
    peak_bytes: int


@contextmanager
def bench_ground(*, keep: bool = False, durable: bool = True) -> Iterator[Ground]:
    """A new home with the real settings, its database running and migrated; gone at the end unless it is kept."""
    folder = Path(tempfile.mkdtemp(prefix="customerfile-bench-"))
    try:
        with ground_at(folder, durable=durable) as ground:
            yield ground
    finally:
        if keep:
            print(f"Kept: {folder / 'home'}")
        else:
            shutil.rmtree(folder)


@contextmanager
def ground_at(folder: Path, *, durable: bool = True) -> Iterator[Ground]:
    """The home in a folder, made where there is none yet, its database running and migrated. It stays."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)  # the server may run under another account
    place = home(folder / "home", durable=durable)
    with running_server(place) as connection:
        ground = Ground(folder, place, connection)
        run_command(ground, "deliveries", "--json")  # the first command of all migrates
        yield ground


def run_command(ground: Ground, *words: str) -> Ended:
    """Run `customerfile WORDS` on the home. Raises CalledProcessError, after showing what it said."""
    return run_python(["-m", "customerfile", *words], CUSTOMERFILE_HOME=str(ground.home.path))


def run_python(words: Sequence[str], **environment: str) -> Ended:
    """Run Python with these words, in the checkout, and watch its memory."""
    started = monotonic()
    with _start(words, environment) as process:
        watch = _Watch(process.pid)
        watch.start()
        output, _ = process.communicate()
        seconds = monotonic() - started
        watch.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(words), output)
    return Ended(output, seconds, watch.peak_bytes)


def start_python(words: Sequence[str], ground: Ground) -> subprocess.Popen[str]:
    """Start Python on the home, to run beside others. Whoever starts it reads its output to the end."""
    return _start(words, {"CUSTOMERFILE_HOME": str(ground.home.path)})


def _start(words: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=CHECKOUT,
        env={**kept, **environment, "PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.PIPE,
        text=True,
    )


class _Watch(threading.Thread):
    """Looks at a process and its children until it ends. Pages that they share are counted for each."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self._process = psutil.Process(pid)

    def run(self) -> None:
        while True:
            sleep(_BETWEEN_LOOKS)
            try:
                found = [self._process, *self._process.children(recursive=True)]
                self.peak_bytes = max(self.peak_bytes, sum(map(_resident, found)))
                if self._process.status() == psutil.STATUS_ZOMBIE:
                    return
            except psutil.NoSuchProcess:
                return


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
