"""Takes what happened out of the outbox, and sends what is due: at least once, to each endpoint one message at a time.

Messages travel in threads; the database is asked by the thread alone that calls. Whoever begins to send a message moves
on when it is due, so that others leave it; if this process dies meanwhile, it is due again then.
"""

from __future__ import annotations

import logging
import queue
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction

from customerfile.base.clock import now
from customerfile.base.database import statement
from customerfile.vault.errors import VaultError
from customerfile.vault.keystore import KeyStore
from customerfile.webhooks.addresses import OwnNetwork
from customerfile.webhooks.expansion import expand_outbox, forget_old
from customerfile.webhooks.messages import MessageType
from customerfile.webhooks.models import WebhookAttempt, WebhookMessage
from customerfile.webhooks.operations import give_up
from customerfile.webhooks.posting import Answer, post
from customerfile.webhooks.schedule import is_given_up, next_attempt
from customerfile.webhooks.sealed_secrets import signing_secrets
from customerfile.webhooks.signing import signatures

HELD = timedelta(minutes=2)  # for which others leave a message that is being sent
_AT_ONCE = 8  # endpoints that are written to at the same time
_TIDIED_EVERY = timedelta(hours=1)

_log = logging.getLogger(__name__)

type Post = Callable[[str, str, dict[str, str], OwnNetwork], Answer]


class Returned(NamedTuple):
    """A message that was sent, with what came of it."""

    message: WebhookMessage
    answer: Answer


@dataclass(slots=True)
class Sender:
    """Sends for one process. `turn` is called again and again by one thread."""

    store: Callable[[], KeyStore]
    own: OwnNetwork
    clock: Callable[[], datetime] = now
    post: Post = post
    at_once: int = _AT_ONCE
    _under_way: set[int] = field(default_factory=set)  # endpoints
    _returned: queue.SimpleQueue[Returned] = field(default_factory=queue.SimpleQueue)
    _tidied_at: datetime | None = None

    def turn(self, patience: float = 1.0) -> bool:
        """Take in what came back, and begin to send what is due. Whether there was anything to do.

        Where all that can be sent is on its way, it waits for something to come back, at most `patience` seconds.
        """
        at = self.clock()
        self._tidy(at)
        expanded = expand_outbox(at=at)
        begun = self._begin(at)
        if self._under_way:
            self._take_in(patience if not begun else 0.0)
            return True
        return bool(expanded)

    def send_now(self, message: int) -> None:
        """Send one message that is held for this caller, and write down what came of it."""
        found = WebhookMessage.objects.select_related("endpoint").get(pk=message)
        at = self.clock()
        settle(Returned(found, self._sent(found, self._headers(found, at))), at=self.clock())

    def is_idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._under_way

    def _begin(self, at: datetime) -> int:
        free = self.at_once - len(self._under_way)
        due = claim_due(busy=sorted(self._under_way), most=free, at=at) if free > 0 else []
        for message in due:
            self._under_way.add(message.endpoint_id)
            headers = self._headers(message, at)
            threading.Thread(
                target=self._travel, args=(message, headers), name="webhook", daemon=True
            ).start()
        return len(due)

    def _travel(self, message: WebhookMessage, headers: dict[str, str] | Answer) -> None:
        """In a thread of its own, without the database."""
        try:
            answer = self._sent(message, headers)
        except Exception as problem:  # noqa: BLE001 - else nothing would ever be sent to this endpoint again
            _log.error("A webhook could not be sent", exc_info=problem)
            answer = Answer(None, "", f"Something went wrong on our side ({type(problem).__name__}).", 0)
        self._returned.put(Returned(message, answer))

    def _sent(self, message: WebhookMessage, headers: dict[str, str] | Answer) -> Answer:
        if isinstance(headers, Answer):
            return headers
        return self.post(message.endpoint.url, message.body, headers, self.own)

    def _headers(self, message: WebhookMessage, at: datetime) -> dict[str, str] | Answer:
        """The headers of an attempt, or, where nothing can be signed, what is written down instead."""
        try:
            keys = signing_secrets(message.endpoint, at, store=self.store())
        except VaultError as problem:
            return Answer(None, "", problem.reason, 0)
        timestamp = int(at.timestamp())
        return {
            "User-Agent": "Customerfile",
            "webhook-id": message.key,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signatures(keys, key=message.key, timestamp=timestamp, body=message.body),
        }

    def _take_in(self, patience: float) -> None:
        wait = patience
        while True:
            try:
                returned = self._returned.get(timeout=wait) if wait else self._returned.get_nowait()
            except queue.Empty:
                return
            self._under_way.discard(returned.message.endpoint_id)
            settle(returned, at=self.clock())
            wait = 0.0

    def _tidy(self, at: datetime) -> None:
        if self._tidied_at is None or at - self._tidied_at >= _TIDIED_EVERY:
            self._tidied_at = at
            forget_old(at=at)


def claim_due(*, busy: list[int], most: int, at: datetime) -> list[WebhookMessage]:
    """At most so many messages that are due, one for an endpoint, held for the caller."""
    with transaction.atomic(), connection.cursor() as cursor:
        named: dict[str, Any] = {"busy": busy, "most": most, "at": at, "until": at + HELD}
        cursor.execute(statement(__package__, "claim_due"), named)
        ids = [row[0] for row in cursor.fetchall()]
        return list(WebhookMessage.objects.select_related("endpoint").filter(pk__in=ids)) if ids else []


@transaction.atomic
def settle(returned: Returned, *, at: datetime) -> None:
    """Write down an attempt, and what follows: sent, tried again, failed for good; the endpoint given up."""
    answer = returned.answer
    message = (
        WebhookMessage.objects.select_for_update()
        .select_related("endpoint")
        .filter(pk=returned.message.pk)
        .first()
    )
    if message is None:  # its endpoint was removed meanwhile
        return
    WebhookAttempt.objects.create(
        message=message,
        at=at,
        status=answer.status,
        milliseconds=answer.milliseconds,
        said=answer.said,
        fault=answer.fault,
    )
    message.attempts += 1
    message.next_at = None if answer.is_accepted else _next(message, answer, at)
    message.state = "sent" if answer.is_accepted else "waiting" if message.next_at else "failed"
    message.save(update_fields=["attempts", "next_at", "state"])
    _judge_endpoint(message, answer, at)


def _next(message: WebhookMessage, answer: Answer, at: datetime) -> datetime | None:
    if answer.is_gone or message.type == MessageType.TEST:
        return None
    return next_attempt(message.attempts, at, chance=random.random(), wish=answer.wish)


def _judge_endpoint(message: WebhookMessage, answer: Answer, at: datetime) -> None:
    endpoint = message.endpoint
    if answer.is_accepted:
        if endpoint.failing_since is not None:
            endpoint.failing_since = None
            endpoint.save(update_fields=["failing_since"])
        return
    if endpoint.failing_since is None:
        endpoint.failing_since = at
        endpoint.save(update_fields=["failing_since"])
    if endpoint.state == "on" and (answer.is_gone or is_given_up(endpoint.failing_since, at)):
        give_up(endpoint, "gone" if answer.is_gone else "failing", at=at)
