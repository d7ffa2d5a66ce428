"""Takes out the customer list that is shown: the same filters, columns and order, after a reason where many leave."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from customerfile.customers.errors import ListRefused
from customerfile.intake.export_files import ExportFault
from customerfile.intake.export_ledger import LONGEST_REASON, reason_above
from customerfile.intake.exporting_lists import LIST_FORMATS, export_list
from customerfile.web.customer_list import AskedList, asked_list
from customerfile.web.list_words import condition_words
from customerfile.web.permissions import sight_here
from customerfile.web.requests import actor
from customerfile.web.selecting import selected_list


class ExportForm(forms.Form):
    """As what it leaves, and why."""

    ending = forms.ChoiceField(choices=[(".csv", gettext_lazy("CSV, for any program")), (".xlsx", "Excel")])
    reason = forms.CharField(required=False, max_length=LONGEST_REASON)

    ending.widget.attrs["class"] = "form-select"
    reason.widget.attrs["class"] = "form-control"


@require_http_methods(["GET", "HEAD", "POST"])
def export_shown(request: HttpRequest) -> HttpResponseBase:
    """GET says what would leave; POST is the file. With `?selected` only those that are selected leave."""
    try:
        asked = selected_list(request) if "selected" in request.GET else asked_list(request)
    except ListRefused as trouble:
        return render(request, "web/customers.html", {"trouble": trouble}, status=422)
    form = ExportForm(request.POST if "ending" in request.POST else None)
    told = ""
    if form.is_valid():
        try:
            return _file(request, asked, form.cleaned_data["ending"], form.cleaned_data["reason"])
        except ListRefused as problem:
            told = str(problem)
        except ExportFault as problem:
            told = problem.reason  # what to do is said for commands
    context = {
        "form": form,
        "told": told,
        "above": reason_above(),
        "query": asked.address.query(),
        "selected": None if asked.question.among is None else len(asked.question.among),
        "columns": [gettext("Name"), *(gettext(asked.fields[key].label) for key in asked.question.columns)],
        "filters": [condition_words(each, asked.fields[each.field]) for each in asked.question.conditions],
    }
    return render(request, "web/export_list.html", context, status=422 if told or form.errors else 200)


def _file(request: HttpRequest, asked: AskedList, ending: str, reason: str) -> FileResponse:
    name = f"customers{ending if ending in LIST_FORMATS else LIST_FORMATS[0]}"
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        taken = (actor(request), reason)
        export_list(path, asked.question, asked.fields, sight=sight_here(request), taken=taken)
        return FileResponse(path.open("rb"), as_attachment=True, filename=name)
