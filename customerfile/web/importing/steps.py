"""What the steps of an import share: whose upload it is, where it stands, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from customerfile.base.clock import now
from customerfile.embedded import home
from customerfile.intake.uploads.inspecting import Look, look_into
from customerfile.intake.uploads.storing import remove_copy, stored_path
from customerfile.sources.errors import SourceError, UnknownUpload
from customerfile.sources.faults import UnreadableFile
from customerfile.sources.uploads import UploadInfo, discard_upload, upload_of
from customerfile.web.requests import actor

_STEPS = (
    ("import-file", gettext_noop("File")),
    ("import-columns", gettext_noop("Columns")),
    ("import-trial", gettext_noop("Try and import")),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the page lists it. `address` is "" where it cannot be gone to yet."""

    title: str
    address: str
    is_here: bool


def upload_or_404(request: HttpRequest, upload: int) -> UploadInfo:
    """The upload, for the person whose it is."""
    try:
        return upload_of(upload, by=actor(request))
    except UnknownUpload as error:
        raise Http404(str(error)) from error


def copy_of(found: UploadInfo) -> Path:
    """Where its copy lies."""
    return stored_path(home(), found.stored)


def look_at(found: UploadInfo) -> Look:
    """What the file holds, by its beginning. Raises ReadFault."""
    if not found.stored or not copy_of(found).exists():
        raise UnreadableFile("The copy of this file is gone.", "Hand the file in again.")
    return look_into(copy_of(found), name=found.file_name, options=found.options)


def steps(found: UploadInfo, here: str) -> list[Step]:
    """The way, and where on it this page is."""
    reached = 3 if found.mapping else 1
    return [
        Step(
            gettext(title),
            reverse(name, kwargs={"upload": found.id}) if number <= reached and not found.is_at_work else "",
            name == here,
        )
        for number, (name, title) in enumerate(_STEPS, start=1)
    ]


def show(
    request: HttpRequest, name: str, found: UploadInfo, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page of a step."""
    template = f"web/importing/{name.removeprefix('import-')}.html"
    return render(request, template, {"upload": found, "steps": steps(found, name)} | context, status=status)


@require_safe
def resume(request: HttpRequest, upload: int) -> HttpResponse:
    """Go on where an import was left."""
    found = upload_or_404(request, upload)
    if found.state == "open":
        return redirect("import-columns" if found.mapping else "import-file", upload=upload)
    return redirect("import-trial", upload=upload)


@require_POST
def discard(request: HttpRequest, upload: int) -> HttpResponse:
    """Give an upload up, with its copy."""
    found = upload_or_404(request, upload)
    try:
        remove_copy(home(), discard_upload(upload, by=actor(request), at=now()))
        told = gettext("{file} was given up; nothing of it was kept.")
        messages.success(request, told.format(file=found.file_name))
    except SourceError as problem:
        messages.error(request, str(problem))
    return redirect("deliveries")
