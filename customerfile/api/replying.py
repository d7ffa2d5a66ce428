"""Replies: written straight from what an endpoint gives; of calls that change something, once for each key."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from pydantic import TypeAdapter

from customerfile.access.replies import KeyedCall, Reply, keyed_call, once
from customerfile.access.tokens import Bearer
from customerfile.base.clock import now

HEADER = "Idempotency-Key"
REPEATED = "Idempotent-Replayed"


def replies[R](endpoint: Callable[..., R]) -> Callable[..., HttpResponse]:
    """The endpoint, whose result is its reply: values were typed where they were made, they are not checked again."""
    write, signature = _written(endpoint)

    @wraps(endpoint)
    def call(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        return _answer(write(endpoint(request, *arguments, **named)), is_repeated=False)

    return _marked(call, __signature__=signature)


def tagged[R](tag_of: Callable[[R], str]) -> Callable[[Callable[..., R]], Callable[..., HttpResponse]]:
    """As `replies`, with the `ETag` that a function gives of the result."""

    def decorate(endpoint: Callable[..., R]) -> Callable[..., HttpResponse]:
        write, signature = _written(endpoint)

        @wraps(endpoint)
        def call(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
            found = endpoint(request, *arguments, **named)
            answer = _answer(write(found), is_repeated=False)
            answer["ETag"] = f'"{tag_of(found)}"'
            return answer

        return _marked(call, __signature__=signature, tagged=True)

    return decorate


def done_once[R](endpoint: Callable[..., R]) -> Callable[..., HttpResponse]:
    """As `replies`; the reply is kept under the caller's key in the transaction of its effect."""
    write, signature = _written(endpoint)

    @wraps(endpoint)
    def call(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        def work() -> bytes:
            return write(endpoint(request, *arguments, **named))

        keyed = _keyed(request)
        if keyed is None:
            return _answer(work(), is_repeated=False)
        return _replied(once(keyed, work))

    return _marked(call, __signature__=signature, once=True)


def done_once_by[R](kind: type[R]) -> Callable[[Callable[..., Reply]], Callable[..., HttpResponse]]:
    """As `done_once`, for an endpoint that keeps its replies itself: it does several calls in one transaction.

    It takes `keyed`, the call under its key if it has one, and `write`, which writes a result of this kind.
    """
    write = TypeAdapter[Any](kind).dump_json

    def decorate(endpoint: Callable[..., Reply]) -> Callable[..., HttpResponse]:
        signature = inspect.signature(endpoint, eval_str=True)
        taken = [each for name, each in signature.parameters.items() if name not in ("keyed", "write")]

        @wraps(endpoint)
        def call(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
            return _replied(endpoint(request, *arguments, **named, keyed=_keyed(request), write=write))

        return _marked(call, __signature__=signature.replace(parameters=taken), once=True)

    return decorate


def is_done_once(endpoint: object) -> bool:
    """Whether an endpoint takes an Idempotency-Key."""
    return getattr(endpoint, "once", False) is True


def is_tagged(endpoint: object) -> bool:
    """Whether an endpoint gives an ETag."""
    return getattr(endpoint, "tagged", False) is True


def _written(endpoint: Callable[..., object]) -> tuple[Callable[[object], bytes], inspect.Signature]:
    """How the result of an endpoint is written; and its signature, for whose types its own module is asked."""
    signature = inspect.signature(endpoint, eval_str=True)
    return TypeAdapter[Any](signature.return_annotation).dump_json, signature


def _marked(call: Callable[..., HttpResponse], **marks: object) -> Callable[..., HttpResponse]:
    vars(call).update(marks)
    return call


def _keyed(request: HttpRequest) -> KeyedCall | None:
    """The call under its key, where it has one."""
    key = request.headers.get(HEADER)
    if key is None:
        return None
    bearer: Bearer = request.auth  # type: ignore[attr-defined]
    return keyed_call(key, _asked(request), token=bearer.token, at=now())


def _asked(request: HttpRequest) -> bytes:
    return f"{request.method} {request.get_full_path()}\n".encode() + request.body


def _replied(reply: Reply) -> HttpResponse:
    return _answer(reply.body, is_repeated=reply.is_repeated)


def _answer(body: bytes, *, is_repeated: bool) -> HttpResponse:
    headers = {REPEATED: "true"} if is_repeated else {}
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)
