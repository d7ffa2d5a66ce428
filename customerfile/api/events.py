"""Events: a batch of one source, recorded once by their keys there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router

from customerfile.access.permissions import Permission
from customerfile.api.bearer import BearerToken, caller
from customerfile.api.bodies import Body, Country, Currency, SourceKey, TimeZone
from customerfile.api.problems import answers
from customerfile.api.replying import done_once
from customerfile.embedded import home
from customerfile.intake.receiving_events import MOST_EVENTS, EventBatch, ReceivedEvents, receive_events

router = Router(tags=["events"])

_EXAMPLE = {
    "key": "O-1001",
    "customer": "17",
    "name": "Order Completed",
    "at": "2026-11-20T14:30:00Z",
    "amount": "49.90",
    "currency": "EUR",
    "properties": {"order_id": "O-1001", "channel": "web"},
}


class Events(Body):
    """Events of one source: orders, notes, calls, visits.

    Each has its `key` there, the key of the `customer` there, the `name` of an event type of the file definition, and
    when it happened (`at`); `amount`, `currency` and `properties` (texts, numbers, true or false) where there are any.
    """

    source: SourceKey = Field(examples=["shop"])
    events: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_EVENTS, examples=[[_EXAMPLE]])
    country: Country = Field("", description="Home country of the source.")
    currency: Currency = Field("", description="Of amounts that name none.")
    time_zone: TimeZone = Field("", description="Of times that name none.")


@router.post("", auth=BearerToken(Permission.IMPORT), response=answers(ReceivedEvents))
@done_once
def record_events(request: HttpRequest, body: Events) -> ReceivedEvents:
    """Record events by source and key: one delivery, as if a file had been imported.

    Every event has its result, in order; one that is refused says why and does not stop the others. What came before
    with the same content is unchanged. The records of the customers have to be there. An event that does not fit the
    tracking plan of the definition is quarantined: it counts as rejected, and waits until somebody says what is meant.
    """
    batch = EventBatch(
        source=body.source,
        events=body.events,
        content=request.body,
        country=body.country.upper(),
        currency=body.currency.upper(),
        time_zone=body.time_zone,
    )
    return receive_events(batch, home=home(), by=caller(request))
