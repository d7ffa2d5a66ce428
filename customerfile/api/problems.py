"""Errors as RFC 9457 problem details: what is wrong, in words, and what to do about it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from customerfile.access.errors import KeyNotPossible, KeyUsedOtherwise, NotAllowed, TokenRefused
from customerfile.api.conditions import NoSuchTag
from customerfile.api.limits import TooManyCalls
from customerfile.api.parameters import UnknownParameter
from customerfile.base.errors import CustomerfileError
from customerfile.customers.errors import (
    ChangedMeanwhile,
    NothingCorrected,
    SearchTooSlow,
    UnknownCustomer,
    UnknownRecord,
)
from customerfile.intake.errors import CorrectionRefused
from customerfile.sources.errors import BadSourceKey, UnknownDelivery
from customerfile.webhooks.errors import UnknownEndpoint, UnknownMessage

_STATUS: Mapping[type[CustomerfileError], int] = {
    TokenRefused: 401,
    NotAllowed: 403,
    UnknownCustomer: 404,
    UnknownRecord: 404,
    UnknownDelivery: 404,
    UnknownEndpoint: 404,
    UnknownMessage: 404,
    ChangedMeanwhile: 412,
    BadSourceKey: 422,
    NothingCorrected: 404,
    NoSuchTag: 422,
    KeyNotPossible: 422,
    KeyUsedOtherwise: 422,
    UnknownParameter: 422,
    TooManyCalls: 429,
    SearchTooSlow: 503,
}
_OTHERWISE = 409  # what is asked cannot be done as the file stands
_NO_TOKEN = "Send a token: Authorization: Bearer cf_... Make one with: customerfile token add"  # noqa: S105 - a sentence

_AS_JSON = "Send JSON in UTF-8, nested no deeper than the interface describes."

_log = logging.getLogger(__name__)


class Wrong(Schema):
    """One thing in a request that is not as described."""

    field: str
    reason: str


class Problem(Schema):
    """What is wrong and what to do, as RFC 9457 has it. `type` is stable, for programs; the rest is for people."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str
    errors: list[Wrong] = []


def answers(found: object, *more: int) -> dict[int | frozenset[int], object]:
    """The answers of an endpoint: what it gives, or a problem, of `more` statuses than all endpoints have."""
    return {200: found, frozenset({400, 401, 403, 404, 409, 413, 422, 429, 500, 503, *more}): Problem}


def add_handlers(api: NinjaAPI) -> None:
    """Give every error this shape."""
    handlers: Sequence[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]]] = (
        (CustomerfileError, _told),
        (ValidationError, _invalid),
        (AuthenticationError, _nobody),
        (RequestDataTooBig, _too_big),
        (HttpError, _refused),
        (Http404, _nothing),
        (Exception, _failed),
    )
    for error, handler in handlers:
        api.add_exception_handler(error, handler)


def problem(kind: str, status: int, detail: str, *, remedy: str = "", **more: object) -> HttpResponse:
    """An answer in the shape of `Problem`."""
    body = {
        "type": f"urn:customerfile:problem:{kind}",
        "title": kind.replace("-", " ").capitalize(),
        "status": status,
        "detail": detail,
        "remedy": remedy,
        **more,
    }
    answer = HttpResponse(orjson.dumps(body), content_type="application/problem+json", status=status)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def _told(request: HttpRequest, error: CustomerfileError) -> HttpResponse:
    status = next((found for kind, found in _STATUS.items() if isinstance(error, kind)), _OTHERWISE)
    more = {"errors": _by_field(error)} if isinstance(error, CorrectionRefused) else {}
    answer = problem(_kebab(type(error).__name__), status, error.reason, remedy=error.remedy, **more)
    if isinstance(error, TooManyCalls):
        answer["Retry-After"] = str(error.retry_after)
    return answer


def _by_field(error: CorrectionRefused) -> list[dict[str, str]]:
    """What could not be taken, and what to do about it, field by field."""
    return [{"field": each.field, "reason": f"{each.reason} {each.remedy}".strip()} for each in error.faults]


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Says which field, without what stood in it."""
    wrong = [
        {"field": ".".join(map(str, each["loc"][1:])) or str(each["loc"][0]), "reason": each["msg"]}
        for each in error.errors
    ]
    return problem("invalid-request", 422, "The request is not as the interface describes it.", errors=wrong)


def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem("no-token", 401, "This call needs a token.", remedy=_NO_TOKEN)


def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem("too-large", 413, "The request is larger than 20 MB.", remedy="Send it in parts.")


def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem("refused", error.status_code, "The request could not be read.", remedy=_AS_JSON)


def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem("not-found", 404, "There is nothing at this address.")


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.error("A call of the interface failed: %s", type(error).__name__, exc_info=_without_values(error))
    return problem("failed", 500, "Something went wrong on our side.", remedy="Try again in a moment.")


def _without_values(error: Exception) -> tuple[type[Exception], Exception, TracebackType | None]:
    """Where it failed, and not on which value: messages of databases hold rows."""
    return type(error), RuntimeError("not shown, it may hold values of customers"), error.__traceback__


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
