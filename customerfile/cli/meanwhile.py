"""What runs beside something else: threads that last as long as a block, and processes of our own that they begin."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_GIVES_WAY = 10  # of 19
_TERMINATED = 128 + signal.SIGTERM


@contextmanager
def meanwhile(name: str, work: Callable[[threading.Event], object], *, patience: float) -> Iterator[None]:
    """Run `work` in a thread until the block ends: its event is set then, and it has `patience` seconds to return."""
    over = threading.Event()
    thread = threading.Thread(target=work, args=(over,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=patience)


def begun(module: str, *words: str) -> "subprocess.Popen[bytes]":
    """A module of ours as a process, to be asked to leave with SIGTERM: see `leave_when_told`."""
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", module, *words],
        stdin=subprocess.DEVNULL,
        env=os.environ | {"CUSTOMERFILE_PAGES": ""},
        start_new_session=True,  # Ctrl-C is for whoever began it, who then asks it to leave
    )


def leave_when_told() -> None:
    """From now on SIGTERM ends this process in good order, as Ctrl-C does: what is open is closed, and a database
    that nobody else uses is stopped.
    """
    signal.signal(signal.SIGTERM, _leave)


def give_way() -> None:
    """From now on this process takes what processor time others leave: people wait for pages, not for it.

    For one that only reads: whoever holds locks is not to hold them longer than it must.
    """
    os.nice(_GIVES_WAY)


def _leave(received: int, frame: FrameType | None) -> None:
    raise SystemExit(_TERMINATED)
