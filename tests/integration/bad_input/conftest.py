"""A running home for commands, and a file of invented people that takes several chunks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.make_people import write_people
from customerfile.embedded import Home, home, running_server


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home whose database runs as long as the tests of the module."""
    folder = tmp_path_factory.mktemp("place")
    folder.chmod(0o711)
    found = home(folder / "home", durable=False)
    with running_server(found):
        yield found


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 14,000 people: three chunks, of more than two megabytes."""
    folder = tmp_path_factory.mktemp("people")
    write_people(folder, rows=24_000, seed=5)
    return folder / "people_a.csv"
