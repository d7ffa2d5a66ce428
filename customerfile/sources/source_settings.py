"""Writes about what is known of a source beside its kind: how it is called, and how far it is believed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from customerfile.audit.changes import Value, changed
from customerfile.audit.operations import record
from customerfile.base.told import told
from customerfile.sources.errors import UnknownSource
from customerfile.sources.models import Source


@transaction.atomic
def describe_source(key: str, *, name: str, priority: int | None, by: str, at: datetime) -> bool:
    """Say how a source is called and which priority it has; "" and None leave either as it is.

    Whether anything changed. Golden records follow as their customers are touched again. Raises UnknownSource.
    """
    source = Source.objects.select_for_update().filter(key=key).first()
    if source is None:
        raise UnknownSource(told("There is no source {key}.", key=key), "Choose one of the list.")
    before: dict[str, Value] = {"name": source.name, "priority": source.priority}
    source.name = name or source.name
    source.priority = source.priority if priority is None else priority
    after: dict[str, Value] = {"name": source.name, "priority": source.priority}
    if before == after:
        return False
    source.save(update_fields=["name", "priority"])
    detail = changed(before, after)
    record(by=by, at=at, code="sources.source.changed", subject=f"source:{source.pk}", detail=detail)
    return True
