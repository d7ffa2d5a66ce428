"""Who calls: a token in the Authorization header, held against the permission that an endpoint declares."""

from __future__ import annotations

from time import monotonic

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from customerfile.access.permissions import Permission
from customerfile.access.sight import Sight
from customerfile.access.tokens import Bearer, bearer_of
from customerfile.api.limits import CallCounter
from customerfile.api.parameters import require_known
from customerfile.audit.operations import record_reads
from customerfile.base.clock import now

calls = CallCounter(settings.API_CALLS_PER_MINUTE)


class BearerToken(HttpBearer):
    """Lets in the bearer of a token with one permission. Its refusals: see `authenticate`."""

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission
        self.parameters: frozenset[str] = frozenset()  # that the endpoint takes in its query

    def authenticate(self, request: HttpRequest, token: str) -> Bearer:
        """Raises TokenRefused, TooManyCalls, NotAllowed, UnknownParameter."""
        bearer = bearer_of(token, at=now())
        calls.count(bearer.token, seconds=monotonic())
        bearer.require(self.permission)
        require_known(request, self.parameters)
        return bearer


def caller(request: HttpRequest) -> str:
    """The name under which a call is written down: the person's for whom the token acts."""
    bearer: Bearer = request.auth  # type: ignore[attr-defined]
    return bearer.username


def permitted(request: HttpRequest) -> frozenset[Permission]:
    """What the token may do."""
    bearer: Bearer = request.auth  # type: ignore[attr-defined]
    return bearer.permissions


def sight_of(request: HttpRequest) -> Sight:
    """What the person for whom the token acts sees of customers."""
    bearer: Bearer = request.auth  # type: ignore[attr-defined]
    return bearer.sight


def seen(request: HttpRequest, endpoint: str, customers: list[int]) -> None:
    """Keep whose data a call gave."""
    record_reads(by=caller(request), at=now(), page=f"api {endpoint}", customer_ids=customers)
