"""The second step: what the file is and how it is read; which source it comes from; what its rows are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from customerfile.access.permissions import Permission
from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.intake.uploads.inspecting import Look, kept_detected, look_into, start_for
from customerfile.sources.mapping import dump_mapping
from customerfile.sources.queries import sources
from customerfile.sources.uploads import UploadInfo, change_upload
from customerfile.web.importing.forms import FileForm
from customerfile.web.importing.steps import copy_of, look_at, show, upload_or_404
from customerfile.web.permissions import permissions_here
from customerfile.web.requests import actor

_FIRST_ROWS = 5


@require_http_methods(["GET", "HEAD", "POST"])
def about_file(request: HttpRequest, upload: int) -> HttpResponse:
    """Show what was found out about a file; take what is said of it, and go on to its columns."""
    found = upload_or_404(request, upload)
    if found.is_at_work:
        return redirect("import-trial", upload=upload)
    form = FileForm(request.POST or None, known=sources(), initial=_said(found))
    problem: CustomerfileError | None = None
    if form.is_valid():
        try:
            _settle(request, found, form)
            return redirect("import-columns", upload=upload)
        except CustomerfileError as error:
            problem = error
    return _show(request, found, form, problem)


def _settle(request: HttpRequest, found: UploadInfo, form: FileForm) -> None:
    """Raises ReadFault where it cannot be read in the way that was asked for, and SourceError."""
    told, options = form.cleaned_data, form.options(found.options)
    look = look_into(copy_of(found), name=found.file_name, options=options)
    key = told["source"] or told["new_key"]
    changes: dict[str, Any] = {
        "options": options,
        "detected": kept_detected(look.detected),
        "columns": list(look.columns),
        "rows": look.rows,
        "source_key": key,
        "source_name": "" if told["source"] else told["name"],
        "source_kind": told["source_kind"],
        "priority": told["priority"] if Permission.SET_SOURCES in permissions_here(request) else None,
        "country": told["country"],
        "kind_as": told["kind_as"],
    }
    if _is_other(found, changes):
        start = start_for(look, source_key=key, kind_as=told["kind_as"], country=told["country"])
        changes |= {"mapping": dump_mapping(start.mapping), "mapping_from": start.origin}
    change_upload(found.id, by=actor(request), at=now(), **changes)


def _is_other(found: UploadInfo, changes: dict[str, Any]) -> bool:
    """Whether what was said of the columns until now, if anything, no longer holds."""
    about = ("source_key", "kind_as", "country")
    is_same = all(getattr(found, name) == changes[name] for name in about)
    return not found.mapping or not is_same or list(found.columns) != changes["columns"]


def _said(found: UploadInfo) -> dict[str, Any]:
    options = found.options
    header = {True: "yes", False: "no"}.get(options["header"], "") if "header" in options else ""
    known = {each.key: each for each in sources()}
    return {
        "source": found.source_key if found.source_key in known else "",
        "name": found.source_name,
        "source_kind": found.source_kind or "customers",
        "priority": found.priority,
        "kind_as": found.kind_as,
        "country": found.country,
        "header": header,
        **{key: options.get(key, "") for key in ("sheet", "encoding", "delimiter")},
    }


def _show(
    request: HttpRequest, found: UploadInfo, form: FileForm, problem: CustomerfileError | None
) -> HttpResponse:
    look: Look | None = None
    try:
        look = look_at(found)
    except CustomerfileError as error:
        problem = problem or error
    context = {
        "form": form,
        "problem": problem,
        "look": look,
        "first_rows": [each.values for each in look.sample if not each.fault][:_FIRST_ROWS] if look else [],
        "has_sources": bool(sources()),
        "is_new": not (form["source"].value() or ""),
    }
    return show(request, "import-file", found, context, status=422 if form.errors or problem else 200)
