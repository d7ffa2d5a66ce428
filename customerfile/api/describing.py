"""What the framework's description of the interface lacks: how errors are sent, and the header of calls done once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from customerfile.access.replies import KEPT, LONGEST_KEY
from customerfile.api.conditions import PATTERN

_HOURS = int(KEPT.total_seconds()) // 3600
_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": f"Made by the caller for each call. For {_HOURS} hours a call that comes again with it is answered"
    " as the first time, and not done again.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    "example": "6f1c2a52-2a0e-4f7c-9a52-0d6f2b7a9c11",
}
_IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "The `ETag` of the customer as it was read: nothing is done where it changed since, and 412 told.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 1000, "pattern": PATTERN},
    "example": '"6e1f0c9b2d7a4a3f8b5c1d2e3f4a5b6c"',
}
_ETAG = {"description": "For `If-Match` of calls that change the customer.", "schema": {"type": "string"}}
_RETRY_AFTER = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}


@dataclass(frozen=True, slots=True)
class Headers:
    """Which headers an operation has: Idempotency-Key, If-Match, an ETag in its answer."""

    once: bool
    if_match: bool
    tagged: bool


def complete(description: OpenAPISchema, headers: Mapping[str, Headers]) -> OpenAPISchema:
    """Mend a description in place. `headers` of operations by their ids."""
    for operation in _operations(description):
        has = headers[operation["operationId"]]
        taken = [*([_KEY] if has.once else []), *([_IF_MATCH] if has.if_match else [])]
        if taken:
            operation.setdefault("parameters", []).extend(taken)
        if has.tagged:
            operation["responses"][200]["headers"] = {"ETag": _ETAG}
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                response["content"] = {"application/problem+json": response["content"]["application/json"]}
                response["description"] = _WORDS[int(status)]
            if int(status) == 429:
                response["headers"] = {"Retry-After": _RETRY_AFTER}
    return description


_WORDS = {
    400: "The request cannot be read: no JSON, no UTF-8, nested too deeply.",
    401: "No token, or one that is unknown, revoked or expired.",
    403: "The token may not do this.",
    404: "No such customer, record, delivery, webhook or address.",
    409: "What is asked cannot be done as the file stands, or the same call is under way.",
    412: "The customer changed since it was read: nothing was done.",
    413: "The request is too large.",
    422: "The request is not as described here; `errors` names the fields.",
    429: "The token has used up its calls of this minute.",
    500: "Something went wrong on the server's side.",
    503: "It took too long and was stopped.",
}


def _operations(description: OpenAPISchema) -> Iterator[dict[str, Any]]:
    for methods in description["paths"].values():
        yield from methods.values()
