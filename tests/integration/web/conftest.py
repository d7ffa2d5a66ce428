"""Who looks at the pages in these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from customerfile.access.operations import ensure_owner
from customerfile.base.clock import now
from customerfile.embedded import Home, home, stop

PASSWORD = "teapot lantern gravel"


@pytest.fixture
def owner(db):
    """The owner, who has a password."""
    user = ensure_owner(username="olive", by="tests", at=now())
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def signed_in(client: Client, owner) -> Client:
    """A browser in which the owner is signed in."""
    client.force_login(owner)
    return client


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Home]:
    """A home of a test's own, for servers that are killed."""
    tmp_path.chmod(0o711)
    found = home(tmp_path / "home")
    yield found
    stop(found)
