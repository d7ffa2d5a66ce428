"""Writes and reads about deliveries that somebody wants taken back: asked for on a page, done beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from customerfile.sources.upload_models import UndoRequest


@dataclass(frozen=True, slots=True)
class UndoAsked:
    """`message` says why it could not be done; "" while it is waited for."""

    delivery: int
    by: str
    at: datetime
    attempts: int
    message: str


@transaction.atomic
def ask_to_undo(delivery_id: int, *, by: str, at: datetime) -> None:
    """Have a delivery taken back. The undoing itself is what the ledger keeps."""
    UndoRequest.objects.update_or_create(
        delivery_id=delivery_id, defaults={"by": by, "at": at, "attempts": 0, "message": ""}
    )


def undo_asked(delivery_id: int) -> UndoAsked | None:
    """What was asked about a delivery, until it is done."""
    found = UndoRequest.objects.filter(pk=delivery_id).first()
    return _asked(found) if found else None


def undos_at_work() -> tuple[int, ...]:
    """The deliveries to be taken back, in the order in which it was asked."""
    return tuple(UndoRequest.objects.filter(message="").order_by("at").values_list("pk", flat=True))


def begin_undo_attempt(delivery_id: int) -> UndoAsked | None:
    """The request with one more attempt counted; None where nothing is to be done any more."""
    with transaction.atomic():
        found = UndoRequest.objects.select_for_update().filter(pk=delivery_id, message="").first()
        if found is None:
            return None
        found.attempts += 1
        found.save(update_fields=["attempts"])
    return _asked(found)


def wait_to_undo(delivery_id: int) -> None:
    """It cannot be done just now. It is no attempt."""
    UndoRequest.objects.filter(pk=delivery_id).update(attempts=0)


def tell_undo_done(delivery_id: int) -> None:
    """It has been taken back."""
    UndoRequest.objects.filter(pk=delivery_id).delete()


def tell_undo_stopped(delivery_id: int, message: str) -> None:
    """It could not be taken back."""
    UndoRequest.objects.filter(pk=delivery_id).update(message=message)


def _asked(found: UndoRequest) -> UndoAsked:
    return UndoAsked(found.pk, found.by, found.at, found.attempts, found.message)
