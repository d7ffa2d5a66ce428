"""Calls that are to be done only while a customer is what the caller read: `ETag` and `If-Match`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest

from customerfile.api.bearer import sight_of
from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.customers.judging.revision import if_at_revision

HEADER = "If-Match"
PATTERN = r'^(\*|(W/)?"[!#-~]*"(, ?(W/)?"[!#-~]*")*)$'
_TAG = re.compile(r'(W/)?"([!#-~]*)"')


class NoSuchTag(CustomerfileError):
    """The header If-Match is not written as tags are."""


def if_match[R](endpoint: Callable[..., R]) -> Callable[..., R]:
    """The endpoint about the customer `number`, which takes If-Match; what it does is done in the same transaction.

    It raises ChangedMeanwhile where the customer changed, NoSuchTag.
    """
    return _conditional(endpoint, alone=False)


def if_match_alone[R](endpoint: Callable[..., R]) -> Callable[..., R]:
    """As `if_match`, where what the endpoint does takes the file for itself."""
    return _conditional(endpoint, alone=True)


def _conditional[R](endpoint: Callable[..., R], *, alone: bool) -> Callable[..., R]:
    @wraps(endpoint)
    def call(request: HttpRequest, number: str, **named: Any) -> R:
        header = request.headers.get(HEADER)
        if header is None:
            return endpoint(request, number, **named)
        return if_at_revision(
            lambda: endpoint(request, number, **named),
            number=number,
            revisions=_revisions(header),
            sight=sight_of(request),
            at=now(),
            alone=alone,
        )

    vars(call).update(__signature__=inspect.signature(endpoint, eval_str=True), takes_if_match=True)
    return call


def takes_if_match(endpoint: object) -> bool:
    """Whether an endpoint takes If-Match."""
    return getattr(endpoint, "takes_if_match", False) is True


def _revisions(header: str) -> frozenset[str] | None:
    """Those that are named; None for any. A weak tag is none: it does not promise that nothing changed."""
    if not re.fullmatch(PATTERN, header):
        raise NoSuchTag(
            "If-Match is not a tag in quotes.",
            "Send the ETag of the customer as it was given, or leave it out.",
        )
    return None if header == "*" else frozenset(tag for weak, tag in _TAG.findall(header) if not weak)
