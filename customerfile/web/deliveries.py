"""Deliveries and their reports: what arrived, how far it is, what became of every row, what was refused."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from customerfile.access.permissions import Permission
from customerfile.base.clock import now
from customerfile.intake.undo_preview import foresee_undo
from customerfile.sources.errors import UnknownDelivery
from customerfile.sources.queries import DeliveryReport, deliveries, delivery, rejects
from customerfile.sources.undo_requests import ask_to_undo
from customerfile.sources.uploads import UploadInfo, uploads_of
from customerfile.timeline.quarantine_queries import waiting_count
from customerfile.web.importing.delivery_progress import progress_of
from customerfile.web.permissions import permissions_here
from customerfile.web.requests import actor, wants_part
from customerfile.web.stored_texts import told_again

_PER_PAGE = 50
_REJECTS_PER_PAGE = 100
_STATES = {
    "running": gettext_noop("running"),
    "finished": gettext_noop("finished"),
    "failed": gettext_noop("failed"),
    "undone": gettext_noop("undone"),
}
_DETECTED = {
    "format": gettext_noop("Format"),
    "compression": gettext_noop("Compression"),
    "encoding": gettext_noop("Encoding"),
    "delimiter": gettext_noop("Delimiter"),
    "quote": gettext_noop("Quote"),
    "has_header": gettext_noop("Has header"),
    "sheet": gettext_noop("Sheet"),
    "notes": gettext_noop("Notes"),
}


@require_safe
def delivery_index(request: HttpRequest) -> HttpResponse:
    """The deliveries, the newest first, below the files that somebody has still to go on with."""
    found = deliveries(before_id=cursor_in(request, "before") or None, limit=_PER_PAGE + 1)
    shown = found[:_PER_PAGE]
    older = shown[-1].id if len(found) > _PER_PAGE else None
    context = {
        "deliveries": shown,
        "older": older,
        "is_first": "before" not in request.GET,
        "unfinished": _unfinished(request),
        "quarantined": waiting_count(),
    }
    return render(request, "web/deliveries.html", context)


@require_safe
def delivery_report(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One delivery: how far it is, what it did, what it refused. The figures alone for htmx."""
    report = report_or_404(delivery_id)
    progress = progress_of(report)
    if wants_part(request):
        if not progress.is_moving:
            return redirect("delivery", delivery_id=delivery_id)  # the whole page, with what was refused
        return render(request, "web/delivery.html#figures", {"report": report, "progress": progress})
    after = cursor_in(request, "after")
    found = rejects(delivery_id, after=after, limit=_REJECTS_PER_PAGE + 1)
    shown = found[:_REJECTS_PER_PAGE]
    context = {
        "report": report,
        "progress": progress,
        "detected": [
            (
                gettext(_DETECTED.get(key, key)),
                [told_again(each) for each in value] if key == "notes" else value,
            )
            for key, value in report.detected.items()
            if value
        ],
        "rejects": shown,
        "after": after,
        "next": shown[-1].id if len(found) > _REJECTS_PER_PAGE else None,
        "has_corrections": report.state == "finished"
        and progress.upload is not None
        and progress.upload.state == "imported"
        and bool(progress.upload.stored),
    }
    return render(request, "web/delivery.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Show what taking a delivery back would do; have it done."""
    report = report_or_404(delivery_id)
    if report.state not in ("finished", "failed"):
        messages.info(request, _nothing_to_undo(report))
        return redirect("delivery", delivery_id=delivery_id)
    if request.method == "POST":
        ask_to_undo(delivery_id, by=actor(request), at=now())
        return redirect("delivery", delivery_id=delivery_id)
    foreseen = foresee_undo(delivery_id)
    context = {
        "report": report,
        "foreseen": foreseen,
        "left_keys": foreseen.left_keys if Permission.SEE_RECORDS in permissions_here(request) else (),
        "events": report.created if report.kind_as != "customers" else 0,
    }
    return render(request, "web/delivery_undo.html", context)


def _nothing_to_undo(report: DeliveryReport) -> str:
    told = gettext("Delivery {number} is {state}: there is nothing to take back now.")
    return told.format(number=report.id, state=gettext(_STATES[report.state]))


def report_or_404(delivery_id: int) -> DeliveryReport:
    """The report of a delivery."""
    try:
        return delivery(delivery_id)
    except UnknownDelivery as error:
        raise Http404(error.reason) from error


def cursor_in(request: HttpRequest, name: str) -> int:
    """A cursor from the address; one that is no number means the beginning."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _unfinished(request: HttpRequest) -> Sequence[UploadInfo]:
    return uploads_of(actor(request)) if Permission.IMPORT in permissions_here(request) else ()
