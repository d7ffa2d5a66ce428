"""Has the file measured beside the page that asks: who wants it is written down, a process of the server does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from customerfile.base.clock import now
from customerfile.base.told import noted_text
from customerfile.quality.errors import BeingMeasured
from customerfile.quality.measuring import is_due, measure_quality
from customerfile.quality.models import QualityRequest

ATTEMPTS = 3
_ONE = 1
_DAILY = "customerfile"  # nobody asked for it
_GAVE_UP = noted_text("It was broken off three times. Ask whoever runs the server to look at its log.")


@dataclass(frozen=True, slots=True)
class MeasurementAsked:
    """`message` says why the file could not be measured; "" while that is waited for."""

    by: str
    at: datetime
    message: str

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be done."""
        return not self.message


@transaction.atomic
def ask_to_measure(*, by: str, at: datetime) -> None:
    """Have the file measured. Where somebody else waits for that already, it is done once."""
    waiting = QualityRequest.objects.select_for_update().filter(pk=_ONE, message="").exists()
    if not waiting:
        wanted = {"by": by, "at": at, "attempts": 0, "message": ""}
        QualityRequest.objects.update_or_create(pk=_ONE, defaults=wanted)


def measurement_asked() -> MeasurementAsked | None:
    """What is waited for, or could not be done; None where nothing is."""
    found = QualityRequest.objects.filter(pk=_ONE).first()
    return MeasurementAsked(found.by, found.at, found.message) if found else None


def is_wanted(at: datetime, *, daily: bool = True) -> bool:
    """Whether somebody waits for a measurement, or (`daily`) nobody measured within a day."""
    return QualityRequest.objects.filter(pk=_ONE, message="").exists() or (daily and is_due(at))


def measure_what_is_wanted() -> bool:
    """Measure where that is wanted; whether it was done."""
    asked = _begin_attempt()
    if asked is None and not is_due(now()):
        return False
    try:
        measure_quality(by=asked.by if asked else _DAILY, at=now())
    except BeingMeasured:  # by somebody at this moment; who asked later still waits, and it was no attempt
        QualityRequest.objects.filter(pk=_ONE, message="").update(attempts=0)
        return False
    QualityRequest.objects.filter(pk=_ONE, message="").delete()
    return True


@transaction.atomic
def _begin_attempt() -> MeasurementAsked | None:
    found = QualityRequest.objects.select_for_update().filter(pk=_ONE, message="").first()
    if found is None:
        return None
    if found.attempts >= ATTEMPTS:
        QualityRequest.objects.filter(pk=_ONE).update(message=_GAVE_UP)
        return None
    QualityRequest.objects.filter(pk=_ONE).update(attempts=found.attempts + 1)
    return MeasurementAsked(found.by, found.at, "")
