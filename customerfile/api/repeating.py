"""Calls that change something, made once: with an Idempotency-Key, a call that is repeated gets its first reply."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.http import HttpRequest, HttpResponse
from pydantic import TypeAdapter

from customerfile.access.replies import once
from customerfile.access.tokens import Bearer
from customerfile.base.clock import now

HEADER = "Idempotency-Key"
REPEATED = "Idempotent-Replayed"
_ONCE = "once"


def done_once[**P, R](
    endpoint: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The endpoint, whose reply is kept under the caller's key in the transaction of its effect."""
    signature = inspect.signature(endpoint, eval_str=True)
    reply: TypeAdapter[Any] = TypeAdapter(signature.return_annotation)

    @wraps(endpoint)
    def call(request: HttpRequest, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
        def work() -> bytes:
            return reply.dump_json(endpoint(request, *arguments, **named))

        key = request.headers.get(HEADER)
        if key is None:
            return _answer(work(), is_repeated=False)
        bearer: Bearer = request.auth  # type: ignore[attr-defined]
        body, is_repeated = once(key, _asked(request), work, token=bearer.token, at=now())
        return _answer(body, is_repeated=is_repeated)

    marks: dict[str, object] = {
        "__signature__": signature,
        _ONCE: True,
    }  # types are found in the endpoint's module
    vars(call).update(marks)
    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", call)


def is_done_once(endpoint: object) -> bool:
    """Whether an endpoint takes an Idempotency-Key."""
    return getattr(endpoint, _ONCE, False) is True


def _asked(request: HttpRequest) -> bytes:
    return f"{request.method} {request.get_full_path()}\n".encode() + request.body


def _answer(body: bytes, *, is_repeated: bool) -> HttpResponse:
    headers = {REPEATED: "true"} if is_repeated else {}
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)
