"""The description of the messages that endpoints are sent, for the section `webhooks` of OpenAPI."""

from __future__ import annotations

from typing import Any

from customerfile.webhooks.messages import CHOOSABLE, MOST_ITEMS, MessageType

type Described = dict[str, Any]

_NUMBER: Described = {"type": "string", "description": "A customer number.", "examples": ["0000001X"]}
_NUMBERS: Described = {"type": "array", "items": _NUMBER}
_COUNT: Described = {"type": "integer", "minimum": 0}
_HEADERS = {
    "webhook-id": "The message; the same at each attempt. Whoever has seen it may leave it.",
    "webhook-timestamp": "When this attempt was made, in seconds since 1970.",
    "webhook-signature": "One or more of `v1,` and the base64 of HMAC-SHA256 over id, timestamp and body with full"
    " stops between, by the secret of the endpoint.",
}


def _object(properties: dict[str, Described]) -> Described:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _customers(item: dict[str, Described]) -> Described:
    items = {"type": "array", "items": _object(item), "minItems": 1, "maxItems": MOST_ITEMS}
    return _object({"customers": items})


_DATA = {
    MessageType.CREATED: _customers({"number": _NUMBER}),
    MessageType.CHANGED: _customers(
        {"number": _NUMBER, "state": {"type": "string", "enum": ["active", "withdrawn"]}}
    ),
    MessageType.MERGED: _customers({"number": _NUMBER, "merged": _NUMBERS}),
    MessageType.SPLIT: _customers({"number": _NUMBER, "split_off": _NUMBERS}),
    MessageType.DELIVERY_FINISHED: _object(
        dict.fromkeys(("delivery", "rows", "created", "updated", "unchanged", "rejected"), _COUNT)
    ),
}


def described_messages() -> Described:
    """Every type of message, by its name."""
    return {each.value: {"post": _operation(each)} for each in CHOOSABLE}


def _operation(type_: MessageType) -> Described:
    body = _object(
        {
            "type": {"const": type_.value},
            "timestamp": {"type": "string", "format": "date-time"},
            "data": _DATA[type_],
        }
    )
    return {
        "summary": f"Tells of {type_.words}",
        "tags": ["webhooks"],
        "parameters": [
            {
                "in": "header",
                "name": name,
                "required": True,
                "description": words,
                "schema": {"type": "string"},
            }
            for name, words in _HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "2XX": {"description": "Taken. The answer's text is kept for the log, up to 200 characters."},
            "410": {"description": "The endpoint wants nothing any more, and is switched off."},
            "default": {"description": "Tried again: ten times in all, over three days."},
        },
    }
