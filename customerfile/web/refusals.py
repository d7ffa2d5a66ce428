"""What deliveries refused, as files to be read or to be corrected, written down before their first line leaves."""

import csv
from collections.abc import Callable, Iterator

from django import forms
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from customerfile.audit.operations import Detail, record
from customerfile.base.clock import now
from customerfile.embedded import home
from customerfile.intake.export_ledger import LONGEST_REASON, reason_above
from customerfile.intake.spreadsheet_cells import guarded
from customerfile.intake.uploads.storing import stored_path
from customerfile.sources.queries import DeliveryReport, all_rejects
from customerfile.sources.uploads import upload_behind
from customerfile.web.deliveries import report_or_404
from customerfile.web.requests import actor

_COLUMNS = ("line", "scope", "key", "field", "reason", "remedy", "text")
_CODE = "sources.rejects.exported"


class ReasonForm(forms.Form):
    """Why so many leave in one file."""

    reason = forms.CharField(
        max_length=LONGEST_REASON, widget=forms.TextInput({"class": "form-control", "autofocus": True})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rejects_csv(request: HttpRequest, delivery_id: int) -> HttpResponseBase:
    """Everything a delivery refused, as a file that a spreadsheet opens without ever running a formula."""
    report = report_or_404(delivery_id)

    def answer() -> HttpResponseBase:
        return StreamingHttpResponse(
            _csv_lines(report),
            content_type="text/csv; charset=utf-8",
            headers=_named(f"rejects-{report.id}.csv"),
        )

    return _taken_out(request, report, list(_COLUMNS), answer)


@require_http_methods(["GET", "HEAD", "POST"])
def corrections_csv(request: HttpRequest, delivery_id: int) -> HttpResponseBase:
    """The rows of which something was refused, as they were delivered, to be corrected and handed in again."""
    report = report_or_404(delivery_id)
    upload = upload_behind(delivery_id)
    path = (
        stored_path(home(), upload.stored)
        if upload and upload.state == "imported" and upload.stored
        else None
    )
    if upload is None or path is None or not path.exists():
        raise Http404(
            gettext(
                "The rows to correct are kept for some days after an import on these pages, and are gone."
            )
        )
    columns = list(upload.columns)
    return _taken_out(
        request,
        report,
        columns,
        lambda: FileResponse(
            path.open("rb"), as_attachment=True, filename=f"correct-{report.id}.csv", content_type="text/csv"
        ),
    )


def _taken_out(
    request: HttpRequest, report: DeliveryReport, columns: list[str], answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The file, written down first; where it holds many, a page that asks for the reason."""
    count = report.rejected + report.value_faults
    form = ReasonForm(request.POST or None)
    is_asked = count > reason_above()
    if is_asked and not form.is_valid():
        context = {"report": report, "count": count, "above": reason_above(), "form": form}
        return render(request, "web/reason.html", context, status=422 if form.errors else 200)
    reason = form.cleaned_data["reason"] if is_asked else ""
    detail: Detail = {"count": count, "format": "csv", "columns": columns, "reason": reason}
    record(by=actor(request), at=now(), code=_CODE, subject=f"delivery:{report.id}", detail=detail)
    return answer()


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


class _Line:
    """What csv.writer writes into: it hands each line back instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(report: DeliveryReport) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(_COLUMNS)
    for reject in all_rejects(report.id):
        yield writer.writerow([guarded(str(getattr(reject, column))) for column in _COLUMNS])
