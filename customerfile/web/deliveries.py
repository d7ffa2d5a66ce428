"""Deliveries and their reports: what arrived, what became of every row, what was refused and what to do about it."""

import csv
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from customerfile.audit.operations import Detail, record
from customerfile.base.clock import now
from customerfile.sources.errors import UnknownDelivery
from customerfile.sources.queries import DeliveryReport, all_rejects, deliveries, delivery, rejects
from customerfile.web.requests import actor

_PER_PAGE = 50
_REJECTS_PER_PAGE = 100
_COLUMNS = ("line", "scope", "key", "field", "reason", "remedy", "text")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@require_safe
def delivery_index(request: HttpRequest) -> HttpResponse:
    """The deliveries, the newest first."""
    found = deliveries(before_id=_cursor(request, "before") or None, limit=_PER_PAGE + 1)
    shown = found[:_PER_PAGE]
    older = shown[-1].id if len(found) > _PER_PAGE else None
    context = {"deliveries": shown, "older": older, "is_first": "before" not in request.GET}
    return render(request, "web/deliveries.html", context)


@require_safe
def delivery_report(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One delivery, with what it refused."""
    report = _report(delivery_id)
    after = _cursor(request, "after")
    found = rejects(delivery_id, after=after, limit=_REJECTS_PER_PAGE + 1)
    shown = found[:_REJECTS_PER_PAGE]
    context = {
        "report": report,
        "rejects": shown,
        "after": after,
        "next": shown[-1].id if len(found) > _REJECTS_PER_PAGE else None,
    }
    return render(request, "web/delivery.html", context)


@require_safe
def rejects_csv(request: HttpRequest, delivery_id: int) -> StreamingHttpResponse:
    """Everything a delivery refused, as a file that a spreadsheet opens without ever running a formula.

    It is written down before the first line leaves.
    """
    report = _report(delivery_id)
    detail: Detail = {
        "count": report.rejected + report.value_faults,
        "format": "csv",
        "columns": list(_COLUMNS),
    }
    subject = f"delivery:{report.id}"
    record(by=actor(request), at=now(), code="sources.rejects.exported", subject=subject, detail=detail)
    return StreamingHttpResponse(
        _csv_lines(report),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="rejects-{report.id}.csv"'},
    )


class _Line:
    """What csv.writer writes into: it hands each line back instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(report: DeliveryReport) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(_COLUMNS)
    for reject in all_rejects(report.id):
        yield writer.writerow([_harmless(str(getattr(reject, column))) for column in _COLUMNS])


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _report(delivery_id: int) -> DeliveryReport:
    try:
        return delivery(delivery_id)
    except UnknownDelivery as error:
        raise Http404(error.reason) from error


def _cursor(request: HttpRequest, name: str) -> int:
    """A cursor from the address; one that is no number means the beginning."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
