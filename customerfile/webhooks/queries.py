"""Reads of endpoints and of the log of what was sent to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, Q

from customerfile.base.told import told
from customerfile.webhooks.errors import UnknownEndpoint, UnknownMessage
from customerfile.webhooks.models import WebhookAttempt, WebhookEndpoint, WebhookMessage

type EndpointState = Literal["on", "failing", "off"]


@dataclass(frozen=True, slots=True)
class EndpointInfo:
    """An endpoint as it is listed. `why_off` is "", gone (answered 410), failing (for five days), by_hand,
    or not_allowed: whoever answers for it may not any more.
    """

    id: int
    url: str
    types: tuple[str, ...]
    state: EndpointState
    why_off: str
    created_at: datetime
    created_by: str
    failing_since: datetime | None
    former_secret_until: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class AttemptInfo:
    """One attempt. `status` is None where no answer came, and `fault` says why."""

    at: datetime
    status: int | None
    milliseconds: int
    said: str
    fault: str


@dataclass(frozen=True, slots=True)
class MessageInfo:
    """A message with its attempts, the latest first. `next_at` is when it is tried again, while it waits."""

    id: int
    key: str
    endpoint: int
    url: str
    type: str
    state: str
    created_at: datetime
    next_at: datetime | None
    body: str
    attempts: tuple[AttemptInfo, ...]


def endpoints(at: datetime) -> tuple[EndpointInfo, ...]:
    """Every endpoint as it stands at this moment, the newest first, with how many messages wait."""
    waiting = Count("webhookmessage", filter=Q(webhookmessage__state="waiting"))
    return tuple(
        _endpoint_info(each, at) for each in WebhookEndpoint.objects.annotate(waiting=waiting).order_by("-pk")
    )


def message_log(
    *, endpoint: int | None = None, before: int | None = None, limit: int = 50
) -> tuple[MessageInfo, ...]:
    """Messages with their attempts, the newest first; of one endpoint, and from below a number on, where asked.

    Two reads. Raises UnknownEndpoint.
    """
    found = WebhookMessage.objects.select_related("endpoint").order_by("-pk")
    if endpoint is not None:
        if not WebhookEndpoint.objects.filter(pk=endpoint).exists():
            raise UnknownEndpoint(
                told("There is no endpoint {number}.", number=endpoint),
                "See those there are with: customerfile webhook list",
            )
        found = found.filter(endpoint=endpoint)
    if before is not None:
        found = found.filter(pk__lt=before)
    return _with_attempts(list(found[:limit]))


def message(number: int) -> MessageInfo:
    """One message with its attempts. Raises UnknownMessage."""
    found = _with_attempts(list(WebhookMessage.objects.select_related("endpoint").filter(pk=number)))
    if not found:
        raise UnknownMessage(
            told("There is no message {number}.", number=number),
            "See those of the last 30 days with: customerfile webhook log",
        )
    return found[0]


def _with_attempts(messages: list[WebhookMessage]) -> tuple[MessageInfo, ...]:
    attempts: dict[int, list[AttemptInfo]] = {}
    for each in WebhookAttempt.objects.filter(message__in=messages).order_by("-pk"):
        attempts.setdefault(each.message_id, []).append(
            AttemptInfo(each.at, each.status, each.milliseconds, each.said, each.fault)
        )
    return tuple(
        MessageInfo(
            each.pk,
            each.key,
            each.endpoint_id,
            each.endpoint.url,
            each.type,
            each.state,
            each.created_at,
            each.next_at,
            each.body,
            tuple(attempts.get(each.pk, ())),
        )
        for each in messages
    )


def _endpoint_info(row: WebhookEndpoint, at: datetime) -> EndpointInfo:
    until = row.former_until
    return EndpointInfo(
        id=row.pk,
        url=row.url,
        types=tuple(row.types),
        state="off" if row.state == "off" else "failing" if row.failing_since else "on",
        why_off=row.why_off,
        created_at=row.created_at,
        created_by=row.created_by,
        failing_since=row.failing_since,
        former_secret_until=until if until and at < until else None,
        waiting=row.waiting,  # type: ignore[attr-defined]
    )
