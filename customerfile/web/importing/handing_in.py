"""The first step: a file is dropped or chosen, received, and looked into."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.base.told import told
from customerfile.embedded import home
from customerfile.intake.uploads.correcting import write_without_guards
from customerfile.intake.uploads.inspecting import kept_detected, look_into, proposal_for
from customerfile.intake.uploads.storing import new_copy, remove_copy, stored_path, upload_folder
from customerfile.sources.errors import UnknownDelivery
from customerfile.sources.faults import MappingFault
from customerfile.sources.mapper import compile_mapping
from customerfile.sources.mapping import parse_mapping
from customerfile.sources.queries import DeliveryReport, delivery
from customerfile.sources.uploads import NewUpload, add_upload, ask_for, uploads_of
from customerfile.web.importing.receiving import ReceivedFile, SpoolHandler, receive_here, received
from customerfile.web.requests import actor


@csrf_exempt  # until the file has somewhere to go; the form is checked by the view within
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand a file in, or go on with one that was."""
    return _hand_in(request, receive_here(request, home()))


@csrf_protect
def _hand_in(request: HttpRequest, handler: SpoolHandler) -> HttpResponse:
    if request.method != "POST":
        return _ask(request)
    try:
        return redirect("import-file", upload=_taken(request, handler))
    except CustomerfileError as problem:
        return _ask(request, problem)


@csrf_exempt
@require_POST
def hand_in_corrections(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Take the corrected rows of a delivery, to be read as it was."""
    return _hand_in_corrections(request, receive_here(request, home()), delivery_id)


@csrf_protect
def _hand_in_corrections(request: HttpRequest, handler: SpoolHandler, delivery_id: int) -> HttpResponse:
    try:
        upload = _taken_corrections(request, handler, delivery(delivery_id))
    except (CustomerfileError, UnknownDelivery) as problem:
        return _ask(request, problem)
    return redirect("import-trial", upload=upload)


def _ask(request: HttpRequest, problem: CustomerfileError | None = None) -> HttpResponse:
    context = {
        "problem": problem,
        "unfinished": uploads_of(actor(request)),
        "megabytes": settings.UPLOAD_MEGABYTES,
    }
    return render(request, "web/importing/hand_in.html", context, status=422 if problem else 200)


def _taken(request: HttpRequest, handler: SpoolHandler) -> int:
    file = received(request, handler)
    try:
        new = _looked_into(file)
    except CustomerfileError:
        remove_copy(home(), file.stored)
        raise
    return add_upload(new, by=actor(request), at=now())


def _looked_into(file: ReceivedFile, **options: Any) -> NewUpload:
    """Raises ReadFault."""
    name = str(file.name)
    look = look_into(stored_path(home(), file.stored), name=name, options=options)
    return NewUpload(
        file_name=name,
        file_bytes=int(file.size or 0),
        stored=file.stored,
        options=options,
        detected=kept_detected(look.detected),
        columns=look.columns,
        rows=look.rows,
        kind_as=proposal_for(look).kind_as,
    )


def _taken_corrections(request: HttpRequest, handler: SpoolHandler, report: DeliveryReport) -> int:
    """Raises NotReceived, ReadFault, MappingFault."""
    file = received(request, handler)
    stored, unused = new_copy(upload_folder(home()))
    unused.close()
    try:
        here, there = stored_path(home(), file.stored), stored_path(home(), stored)
        columns = write_without_guards(here, there, name=str(file.name))
        _refuse_other_columns(report, columns)
        plain = ReceivedFile(stored, f"corrected-{report.id}.csv", there.stat().st_size)
        new = _looked_into(plain, format="csv", encoding="utf-8", delimiter=",", header=True)
    except CustomerfileError:
        remove_copy(home(), stored)
        raise
    finally:
        remove_copy(home(), file.stored)
    made = add_upload(_read_as(new, report), by=actor(request), at=now())
    ask_for("trying", made, by=actor(request), at=now())
    return made


def _read_as(new: NewUpload, report: DeliveryReport) -> NewUpload:
    """As the delivery was read that the rows come from."""
    return NewUpload(
        file_name=new.file_name,
        file_bytes=new.file_bytes,
        stored=new.stored,
        options=new.options,
        detected=new.detected,
        columns=new.columns,
        rows=new.rows,
        kind_as=report.kind_as,
        source_key=report.source_key,
        country=parse_mapping(report.mapping).country,
        mapping=report.mapping,
        mapping_from=f"delivery:{report.id}",
        corrects=report.id,
    )


def _refuse_other_columns(report: DeliveryReport, columns: tuple[str, ...]) -> None:
    try:
        compile_mapping(parse_mapping(report.mapping), columns)
    except MappingFault as fault:
        raise MappingFault(
            "This is not the file with the rows to correct: a column is missing.",
            told(
                "Correct the file that the page of delivery {number} gives, and leave its first row as it is."
                " ({reason})",
                number=report.id,
                reason=fault.reason,
            ),
        ) from fault
