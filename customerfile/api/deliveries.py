"""Deliveries: what arrived, what became of it, what was refused and why."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from customerfile.access.permissions import Permission
from customerfile.api.bearer import BearerToken
from customerfile.api.bodies import Id, Limit
from customerfile.api.problems import answers
from customerfile.api.replying import replies
from customerfile.sources.queries import DeliveryReport, Reject, deliveries, delivery, rejects

router = Router(tags=["deliveries"])


@router.get("", auth=BearerToken(Permission.SEE_DELIVERIES), response=answers(list[DeliveryReport]))
@replies
def list_deliveries(
    request: HttpRequest, before: Id | None = None, limit: Limit = 50
) -> tuple[DeliveryReport, ...]:
    """Deliveries, the newest first. `before`: the `id` of the last one seen."""
    return deliveries(before_id=before, limit=limit)


@router.get("/{delivery_id}", auth=BearerToken(Permission.SEE_DELIVERIES), response=answers(DeliveryReport))
@replies
def read_delivery(request: HttpRequest, delivery_id: Id) -> DeliveryReport:
    """One delivery with its counts. rows = created + updated + unchanged + rejected."""
    return delivery(delivery_id)


@router.get(
    "/{delivery_id}/rejects", auth=BearerToken(Permission.SEE_DELIVERIES), response=answers(list[Reject])
)
@replies
def list_rejects(
    request: HttpRequest, delivery_id: Id, after: Id = 0, limit: Limit = 100
) -> tuple[Reject, ...]:
    """What a delivery refused, rows and single values of rows, in its order. `after`: the `id` of the last one seen."""
    return rejects(delivery(delivery_id).id, after=after, limit=limit)
