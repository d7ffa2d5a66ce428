"""With which mapping a source's files were read: it is offered for the next one."""

from __future__ import annotations

from dataclasses import dataclass

from customerfile.base.ids import DeliveryId
from customerfile.sources.models import Delivery


@dataclass(frozen=True, slots=True)
class DeliveredMapping:
    """A mapping, as text, and the delivery that was read with it."""

    delivery_id: DeliveryId
    mapping: str


def mapping_of_last_delivery(source_key: str, kind_as: str) -> DeliveredMapping | None:
    """That of the last file of this kind that a source delivered whole; None where there was none."""
    found = (
        Delivery.objects.filter(source__key=source_key, kind_as=kind_as, state="finished")
        .exclude(mapping="")
        .order_by("-pk")
        .values_list("pk", "mapping")
        .first()
    )
    return DeliveredMapping(DeliveryId(found[0]), found[1]) if found else None
