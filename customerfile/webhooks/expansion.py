"""Makes messages of what the outbox holds, one for each endpoint that wants it; and removes what is old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

import orjson
from django.db import connection, transaction

from customerfile.access.permissions import Permission
from customerfile.access.queries import clearance_by_name
from customerfile.base.database import statement
from customerfile.webhooks.messages import Fact, MessageType, bodies
from customerfile.webhooks.models import WebhookEndpoint, WebhookMessage, WebhookOutbox
from customerfile.webhooks.operations import add_messages, give_up
from customerfile.webhooks.schedule import LOG_KEPT

_LOCK = 0x0EB0  # one expands at a time, so that what one transaction left is taken out together
_ROWS_AT_ONCE = 20


@transaction.atomic
def expand_outbox(*, at: datetime) -> int:
    """Make messages of the oldest rows of the outbox. Gives how many rows that were."""
    if not WebhookOutbox.objects.exists() or not _is_alone():
        return 0
    facts = _taken()
    listening = _listening(at)
    for of_one in facts.values():
        for endpoint in listening:
            heard = [fact for fact in of_one if fact.at >= endpoint.created_at]
            add_messages(endpoint, list(bodies(heard, endpoint.types)), due=at, at=at)
    return sum(map(len, facts.values()))


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Remove messages and their attempts after 30 days, and what nobody took out of the outbox. How many messages."""
    WebhookOutbox.objects.filter(at__lt=at - LOG_KEPT).delete()
    count, _ = WebhookMessage.objects.filter(created_at__lt=at - LOG_KEPT).delete()
    return count


def _listening(at: datetime) -> list[WebhookEndpoint]:
    """The endpoints that are on. One is switched off where whoever answers for it may not any more, or sees a part."""
    found = list(WebhookEndpoint.objects.filter(state="on"))
    may = {name: clearance_by_name(name) for name in {endpoint.created_by for endpoint in found}}
    for endpoint in found:
        if Permission.MANAGE_WEBHOOKS not in may[endpoint.created_by].permissions:
            give_up(endpoint, "not_allowed", at=at)
    return [endpoint for endpoint in found if endpoint.state == "on"]


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _taken() -> Mapping[int, Sequence[Fact]]:
    """By transaction, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "take_from_outbox"), {"rows": _ROWS_AT_ONCE})
        rows = sorted(cursor.fetchall(), key=itemgetter(0, 1))
    return {
        transaction_: [Fact(MessageType(type_), at, orjson.loads(items)) for _, _, type_, at, items in group]
        for transaction_, group in groupby(rows, key=itemgetter(0))
    }
