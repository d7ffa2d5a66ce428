"""Webhooks: which addresses are told what happens, their secrets, and the log of what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Field, Router

from customerfile.access.permissions import Permission
from customerfile.api.bearer import BearerToken, caller
from customerfile.api.bodies import Body, Id
from customerfile.api.problems import answers
from customerfile.api.replying import done_once, replies
from customerfile.base.clock import now
from customerfile.embedded import home
from customerfile.vault.keystore import KeyStore, key_store
from customerfile.webhooks.configured import own_network
from customerfile.webhooks.messages import MessageType
from customerfile.webhooks.operations import (
    NewEndpoint,
    add_endpoint,
    queue_again,
    queue_test,
    remove_endpoint,
    rotate_secret,
    switch_endpoint,
)
from customerfile.webhooks.queries import EndpointInfo, MessageInfo, endpoints, message, message_log

router = Router(tags=["webhooks"])

Chosen = Literal[
    MessageType.CREATED,
    MessageType.CHANGED,
    MessageType.MERGED,
    MessageType.SPLIT,
    MessageType.DELIVERY_FINISHED,
]


class NewAddress(Body):
    """An address of another system, and what it is told."""

    url: Annotated[str, Field(max_length=2000, pattern=r"^https?://[!-~]+$")] = Field(
        examples=["https://example.org/hooks"]
    )
    types: list[Chosen] = Field(min_length=1, max_length=10, examples=[["customer.created"]])


class State(Body):
    """Whether anything is sent."""

    on: bool


@dataclass(frozen=True, slots=True)
class EndpointIs:
    """What became of an endpoint."""

    endpoint: int
    state: Literal["on", "off", "removed"]


@router.get("", auth=BearerToken(Permission.MANAGE_WEBHOOKS), response=answers(list[EndpointInfo]))
@replies
def list_webhooks(request: HttpRequest) -> tuple[EndpointInfo, ...]:
    """The addresses that are told, the newest first, with how many messages wait."""
    return endpoints(now())


@router.post("", auth=BearerToken(Permission.MANAGE_WEBHOOKS), response=answers(NewEndpoint))
@replies
def add_webhook(request: HttpRequest, body: NewAddress) -> NewEndpoint:
    """Tell an address what happens from now on. `secret` is told this once, and kept sealed.

    No Idempotency-Key is taken, for the reply would have to be kept with the secret in it. The same address again is
    told 409: after a broken connection, look at the list, and rotate the secret.
    """
    return add_endpoint(
        body.url, set(body.types), own_network(), store=_store(), by=caller(request), at=now()
    )


@router.get("/messages", auth=BearerToken(Permission.MANAGE_WEBHOOKS), response=answers(list[MessageInfo]))
@replies
def list_webhook_messages(
    request: HttpRequest,
    endpoint: Id | None = None,
    before: Id | None = None,
    limit: Annotated[int, Field(ge=1, le=100)] = 50,
) -> tuple[MessageInfo, ...]:
    """Messages of the last 30 days with every attempt, the newest first. `before`: the `id` of the last one seen."""
    return message_log(endpoint=endpoint, before=before, limit=limit)


@router.post(
    "/messages/{message_id}/resend",
    auth=BearerToken(Permission.MANAGE_WEBHOOKS),
    response=answers(MessageInfo),
)
@done_once
def resend_webhook_message(request: HttpRequest, message_id: Id) -> MessageInfo:
    """Have a message sent again at once, whatever became of it, under the id that it had."""
    at = now()
    queue_again(message_id, due=at, by=caller(request), at=at)
    return message(message_id)


@router.delete("/{endpoint}", auth=BearerToken(Permission.MANAGE_WEBHOOKS), response=answers(EndpointIs))
@done_once
def remove_webhook(request: HttpRequest, endpoint: Id) -> EndpointIs:
    """Tell an address nothing any more, and forget its messages."""
    remove_endpoint(endpoint, by=caller(request), at=now())
    return EndpointIs(endpoint, "removed")


@router.post("/{endpoint}/state", auth=BearerToken(Permission.MANAGE_WEBHOOKS), response=answers(EndpointIs))
@done_once
def switch_webhook(request: HttpRequest, endpoint: Id, body: State) -> EndpointIs:
    """Send nothing to an address until it is switched on again, or begin again with what waited."""
    switch_endpoint(endpoint, on=body.on, by=caller(request), at=now())
    return EndpointIs(endpoint, "on" if body.on else "off")


@router.post(
    "/{endpoint}/secret", auth=BearerToken(Permission.MANAGE_WEBHOOKS), response=answers(NewEndpoint)
)
@replies
def rotate_webhook_secret(request: HttpRequest, endpoint: Id) -> NewEndpoint:
    """Give an endpoint a new secret, told this once. For 24 hours messages are signed with the former one as well."""
    return rotate_secret(endpoint, store=_store(), by=caller(request), at=now())


@router.post("/{endpoint}/test", auth=BearerToken(Permission.MANAGE_WEBHOOKS), response=answers(MessageInfo))
@done_once
def test_webhook(request: HttpRequest, endpoint: Id) -> MessageInfo:
    """Have a test message sent at once, a single time. What came of it is in the messages a moment later."""
    at = now()
    return message(queue_test(endpoint, due=at, by=caller(request), at=at))


def _store() -> KeyStore:
    return key_store(home().keys)
