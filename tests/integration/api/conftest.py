"""Programs that call the interface in these tests."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.test import Client

from customerfile.access.operations import ensure_owner
from customerfile.access.permissions import Permission
from customerfile.access.tokens import issue_token
from customerfile.base.clock import now

type Call = Callable[..., Any]


@pytest.fixture
def token(db: None) -> Callable[..., str]:
    """A token of the owner that may do what is named, or everything."""
    ensure_owner(username="olive", by="tests", at=now())

    def token(*may: Permission) -> str:
        permissions = may or tuple(Permission)
        return issue_token(
            "tests",
            username="olive",
            permissions=permissions,
            life=timedelta(days=1),
            by="tests",
            at=now(),
        ).secret

    return token


@pytest.fixture
def call(client: Client, token: Callable[..., str]) -> Call:
    """Call the interface with a token that may do everything, or with the one given. What it answers."""
    whole = token()

    def call(method: str, path: str, body: object = None, *, secret: str = whole) -> Any:
        return client.generic(
            method,
            f"/api/v1{path}",
            data=b"" if body is None else orjson.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    return call
