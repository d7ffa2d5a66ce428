"""Writes and reads about the demonstration: asked for on a page or by command, loaded and removed beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import transaction

from customerfile.sources.models import Delivery
from customerfile.sources.upload_models import Demonstration, Upload

_NAMED = 3


@dataclass(frozen=True, slots=True)
class DemonstrationInfo:
    """`state`: "loading", "loaded" or "leaving". `message` says why work at it stopped; "" while it goes on."""

    state: str
    by: str
    at: datetime
    attempts: int
    message: str

    @property
    def is_at_work(self) -> bool:
        return self.state != "loaded" and not self.message


def demonstration() -> DemonstrationInfo | None:
    """The demonstration in this file, if there is one."""
    found = Demonstration.objects.first()
    return (
        DemonstrationInfo(found.state, found.by, found.at, found.attempts, found.message) if found else None
    )


def is_untouched() -> bool:
    """Whether nothing was ever delivered or handed in."""
    return not (Delivery.objects.exists() or Upload.objects.exists())


def came_beside() -> tuple[str, ...]:
    """The names of some files that came in beside the demonstration, or are on their way."""
    own = Demonstration.objects.values_list("deliveries", flat=True).first() or []
    brought = Delivery.objects.exclude(id__in=own).exclude(state="undone").order_by("id")
    handed_in = Upload.objects.exclude(state="imported").order_by("id")
    names = (each.values_list("file_name", flat=True)[:_NAMED] for each in (brought, handed_in))
    return tuple(dict.fromkeys(chain.from_iterable(names)))[:_NAMED]


def note_demonstration_delivery(delivery_id: int, *, by: str, at: datetime) -> None:
    """A delivery is the demonstration's, which a command loads where nobody asked for it on a page."""
    found, _ = Demonstration.objects.get_or_create(id=1, defaults={"state": "loaded", "by": by, "at": at})
    if delivery_id not in found.deliveries:
        found.deliveries = [*found.deliveries, delivery_id]
        found.save(update_fields=["deliveries"])


@transaction.atomic
def have_demonstration(state: str, *, by: str, at: datetime) -> None:
    """Have it loaded ("loading") or removed ("leaving"), or note that it is "loaded"."""
    Demonstration.objects.update_or_create(
        id=1, defaults={"state": state, "by": by, "at": at, "attempts": 0, "message": ""}
    )


def begin_demonstration_attempt() -> DemonstrationInfo | None:
    """What is to be done, with one more attempt counted; None where nothing is."""
    with transaction.atomic():
        found = Demonstration.objects.select_for_update().filter(message="").exclude(state="loaded").first()
        if found is None:
            return None
        found.attempts += 1
        found.save(update_fields=["attempts"])
    return demonstration()


def tell_demonstration_stopped(message: str) -> None:
    """Work at it stopped, for this reason."""
    Demonstration.objects.update(message=message)


def demonstration_at_work() -> tuple[int, ...]:
    """(1,) where the demonstration is to be loaded or removed."""
    return tuple(
        Demonstration.objects.filter(message="").exclude(state="loaded").values_list("id", flat=True)
    )
