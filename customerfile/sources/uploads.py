"""Writes and reads about uploads: files that somebody handed in on the pages, until they are in or given up.

An upload is changed only while nothing works at it; what is asked for is done by a process of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from customerfile.audit.operations import record
from customerfile.base.ids import DeliveryId
from customerfile.base.told import told
from customerfile.sources.errors import UnknownUpload, UploadUnderWay
from customerfile.sources.upload_models import Upload

KEPT = timedelta(days=7)  # after it was last touched
AT_WORK = ("trying", "importing")
_EDITABLE = ("open", "tried", "stopped")


@dataclass(frozen=True, slots=True)
class NewUpload:
    """What is known of a file when it has been handed in. `corrects`: whose refused rows it brings again."""

    file_name: str
    file_bytes: int
    stored: str
    options: Mapping[str, Any]
    detected: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: int | None
    kind_as: str
    source_key: str = ""
    source_kind: str = ""
    country: str = ""
    mapping: str = ""
    mapping_from: str = ""
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class UploadInfo:
    """An upload. `state`: open, trying, tried, importing, imported, stopped."""

    id: int
    file_name: str
    file_bytes: int
    stored: str
    options: dict[str, Any]
    detected: dict[str, Any]
    columns: tuple[str, ...]
    rows: int | None
    source_key: str
    source_name: str
    source_kind: str
    priority: int | None
    country: str
    kind_as: str
    mapping: str
    mapping_from: str
    corrects: int | None
    delivery: int | None
    state: str
    attempts: int
    message: str
    trial: dict[str, Any] | None
    by: str
    created_at: datetime
    changed_at: datetime

    @property
    def is_at_work(self) -> bool:
        """Whether a process works at it, or is about to."""
        return self.state in AT_WORK

    @property
    def kept_until(self) -> datetime:
        """When it goes by itself, if nobody touches it."""
        return self.changed_at + KEPT


@transaction.atomic
def add_upload(new: NewUpload, *, by: str, at: datetime) -> int:
    """Keep what is known of a file that was handed in; gives its number."""
    made = Upload.objects.create(
        file_name=new.file_name,
        file_bytes=new.file_bytes,
        stored=new.stored,
        options=dict(new.options),
        detected=dict(new.detected),
        columns=list(new.columns),
        rows=new.rows,
        source_key=new.source_key,
        source_kind=new.source_kind,
        country=new.country,
        kind_as=new.kind_as,
        mapping=new.mapping,
        mapping_from=new.mapping_from,
        corrects_id=new.corrects,
        by=by,
        created_at=at,
        changed_at=at,
    )
    _write_down("added", made.pk, by=by, at=at)
    return int(made.pk)


def upload_of(upload: int, *, by: str) -> UploadInfo:
    """An upload, for the person whose it is. Raises UnknownUpload."""
    found = Upload.objects.filter(pk=upload, by=by).first()
    if found is None:
        raise unknown_upload(upload)
    return _info(found)


def uploads_of(by: str) -> tuple[UploadInfo, ...]:
    """What somebody handed in and has not brought to its end, the newest first."""
    found = Upload.objects.filter(by=by).exclude(state="imported").order_by("-pk")
    return tuple(map(_info, found))


def upload_behind(delivery_id: int) -> UploadInfo | None:
    """The upload that a delivery came from, while it is kept."""
    found = Upload.objects.filter(delivery_id=delivery_id).order_by("-pk").first()
    return _info(found) if found else None


@transaction.atomic
def change_upload(upload: int, *, by: str, at: datetime, **changes: Any) -> None:
    """Change what is to be done with a file; what a trial told no longer holds.

    Raises UnknownUpload, UploadUnderWay.
    """
    _editable(upload, by)
    Upload.objects.filter(pk=upload).update(
        **changes, state="open", trial=None, message="", attempts=0, changed_at=at
    )


@transaction.atomic
def ask_for(what: str, upload: int, *, by: str, at: datetime) -> None:
    """Have a file tried ("trying") or taken in ("importing"). Raises UnknownUpload, UploadUnderWay."""
    _editable(upload, by)
    Upload.objects.filter(pk=upload).update(state=what, message="", attempts=0, changed_at=at)


@transaction.atomic
def discard_upload(upload: int, *, by: str, at: datetime) -> str:
    """Give a file up; gives the name of its copy, to be removed. Raises UnknownUpload, UploadUnderWay."""
    found = _editable(upload, by)
    _write_down("discarded", upload, by=by, at=at)
    found.delete()
    return str(found.stored)


def forget_old_uploads(*, at: datetime) -> list[str]:
    """Remove those that nobody touched for a while; gives the names of their copies."""
    old = Upload.objects.filter(changed_at__lt=at - KEPT).exclude(state__in=AT_WORK)
    stored = list(old.values_list("stored", flat=True))
    old.delete()
    return [name for name in stored if name]


def is_known_copy(stored: str) -> bool:
    """Whether a copy in the spool belongs to an upload."""
    return Upload.objects.filter(stored=stored).exists()


# for the process that works at an upload


def uploads_at_work() -> tuple[int, ...]:
    """Those at which something is to be done, the oldest first."""
    return tuple(Upload.objects.filter(state__in=AT_WORK).order_by("pk").values_list("pk", flat=True))


def begin_attempt(upload: int) -> UploadInfo | None:
    """The upload with one more attempt counted; None where nothing is to be done any more."""
    with transaction.atomic():
        found = Upload.objects.select_for_update().filter(pk=upload, state__in=AT_WORK).first()
        if found is None:
            return None
        found.attempts += 1
        found.save(update_fields=["attempts"])
    return _info(found)


def note_delivery(upload: int, delivery_id: DeliveryId) -> None:
    """The delivery that an upload has become."""
    Upload.objects.filter(pk=upload).update(delivery_id=delivery_id)


def note_waiting(upload: int, message: str) -> None:
    """Why it does not go on just now. It is no attempt."""
    Upload.objects.filter(pk=upload).update(message=message, attempts=0)


def tell_tried(upload: int, trial: Mapping[str, Any], *, at: datetime) -> None:
    """Keep what a trial told."""
    Upload.objects.filter(pk=upload).update(state="tried", trial=dict(trial), message="", changed_at=at)


def tell_imported(upload: int, *, stored: str, at: datetime) -> None:
    """It is in. `stored`: the copy of what was refused, where something was."""
    Upload.objects.filter(pk=upload).update(
        state="imported", stored=stored, trial=None, message="", changed_at=at
    )


def tell_stopped(upload: int, message: str, *, at: datetime) -> None:
    """It could not be tried or taken in, and somebody has to do something about it."""
    Upload.objects.filter(pk=upload).update(state="stopped", message=message, changed_at=at)


def unknown_upload(upload: int) -> UnknownUpload:
    """The error of asking for one that is not there, or is somebody else's."""
    return UnknownUpload(
        told("There is no upload {number} of yours.", number=upload),
        "Files that were not imported are removed after some days; hand it in again.",
    )


def _editable(upload: int, by: str) -> Upload:
    found = Upload.objects.select_for_update().filter(pk=upload, by=by).first()
    if found is None:
        raise unknown_upload(upload)
    if found.state not in _EDITABLE:
        raise UploadUnderWay(
            told("{file} is being worked at, or is in already.", file=found.file_name), "Look at its page."
        )
    return found


def _info(found: Upload) -> UploadInfo:
    return UploadInfo(
        id=found.pk,
        file_name=found.file_name,
        file_bytes=found.file_bytes,
        stored=found.stored,
        options=dict(found.options),
        detected=dict(found.detected),
        columns=tuple(found.columns),
        rows=found.rows,
        source_key=found.source_key,
        source_name=found.source_name,
        source_kind=found.source_kind,
        priority=found.priority,
        country=found.country,
        kind_as=found.kind_as,
        mapping=found.mapping,
        mapping_from=found.mapping_from,
        corrects=found.corrects_id,
        delivery=found.delivery_id,
        state=found.state,
        attempts=found.attempts,
        message=found.message,
        trial=found.trial,
        by=found.by,
        created_at=found.created_at,
        changed_at=found.changed_at,
    )


def _write_down(what: str, upload: int, *, by: str, at: datetime) -> None:
    record(by=by, at=at, code=f"sources.upload.{what}", subject=f"upload:{upload}", detail={})
