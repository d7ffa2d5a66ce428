"""A home for the length of a test: made quickly, in a place every account can reach, gone without a trace."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from customerfile.embedded.home import Home, home
from customerfile.embedded.server import stop


@contextmanager
def throw_away_home() -> Iterator[Home]:
    """A new home without durability. At the end its server, if any, is stopped, and all is deleted."""
    folder = Path(tempfile.mkdtemp(prefix="customerfile-", dir="/tmp"))
    folder.chmod(0o711)
    place = home(folder / "home", durable=False)
    try:
        yield place
    finally:
        stop(place, "immediate")
        shutil.rmtree(folder)
