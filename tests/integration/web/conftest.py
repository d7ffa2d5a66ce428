"""Who looks at the pages in these tests."""

import pytest
from django.test import Client

from customerfile.access.operations import ensure_owner
from customerfile.base.clock import now

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
