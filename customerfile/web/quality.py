"""The pages of data quality: the figures, and the customers behind each.

Figures tell of customers as well (a source of one, a branch of few), so they are shown to those who see whole records
of the whole file, and to nobody in part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from customerfile.base.clock import now
from customerfile.base.ids import CustomerId
from customerfile.customers.customer_file import CustomerSummary
from customerfile.customers.queries import summaries
from customerfile.customers.resolution.common_values import shared_values
from customerfile.definition.schema import FieldDefinition
from customerfile.quality.asking import MeasurementAsked, ask_to_measure, measurement_asked
from customerfile.quality.errors import UnknownFigure
from customerfile.quality.measures import WHOLE, Measure
from customerfile.quality.queries import (
    KEPT_CUSTOMERS,
    KeptFigure,
    customers_of_common_value,
    figure_behind,
    last_said,
    measured_fields,
    newest_measurement,
    trends,
)
from customerfile.sources.queries import sources
from customerfile.web.permissions import sight_here
from customerfile.web.quality_rows import (
    COLUMNS,
    Figures,
    field_rows,
    source_rows,
    tiles,
    unfilled,
    unused,
)
from customerfile.web.quality_words import common_kind_words, figure_remedy, figure_title, measure_words
from customerfile.web.requests import actor, seen, wants_part
from customerfile.web.selection import bar_above

_PER_PAGE = 50
_READABLE = ("email", "phone", "domain")  # kinds of common value that are not kept as a hash
_READ_AS = "quality-figure"


@dataclass(frozen=True, slots=True)
class ShownCustomer:
    """A customer behind a figure, and when anything was last said of it."""

    summary: CustomerSummary
    said_at: datetime | None


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """The newest figures: of the whole file, or of one source in `?source=`; `?order=` one of the measures."""
    names = {each.key: each.name for each in sources()}
    source, order = request.GET.get("source", WHOLE), request.GET.get("order", "")
    if source and source not in names:
        raise Http404(f"There is no source {source}.")
    asked = measurement_asked()
    if wants_part(request):
        return _how_far(request, asked)
    measurement = newest_measurement()
    if measurement is None:
        return render(request, "web/quality.html", {"measurement": None, "asked": asked})
    figures = Figures(measurement.figures, trends(source=source, at=now()))
    fields = measured_fields()
    context: dict[str, Any] = {
        "measurement": measurement,
        "asked": asked,
        "source": source,
        "source_name": names.get(source, ""),
        "order": order,
        "columns": [(each.value, measure_words(each)) for each in COLUMNS],
        "fields": field_rows(figures, _labels(fields), source=source, order=order),
        "unfilled": unfilled(figures, fields, source=source),
    }
    if not source:
        context |= {
            "tiles": tiles(figures),
            "sources": source_rows(figures, names, order=order),
            "unused": unused(figures, fields),
            "common_values": [
                (place, each, common_kind_words(each.kind), each.kind in _READABLE)
                for place, each in enumerate(shared_values())
            ],
        }
    return render(request, "web/quality.html", context)


@require_POST
def measure(request: HttpRequest) -> HttpResponse:
    """Have the file measured now, beside the pages; the page of the figures says when it is."""
    ask_to_measure(by=actor(request), at=now())
    return redirect("quality")


def _how_far(request: HttpRequest, asked: MeasurementAsked | None) -> HttpResponse:
    """Whether the file is still being measured; the whole page anew once it is not."""
    if asked and asked.is_waiting:
        return render(request, "web/quality_asked.html", {"asked": asked})
    return HttpResponse(headers={"HX-Refresh": "true"})


@require_safe
def figure(request: HttpRequest, figure_id: int) -> HttpResponse:
    """The customers behind a figure of the newest measurement."""
    try:
        kept, measured_at = figure_behind(figure_id)
    except UnknownFigure as problem:
        raise Http404(str(problem)) from problem
    found = kept.figure
    labels = _labels(measured_fields())
    names = {each.key: each.name for each in sources()}
    is_work_list = found.measure is Measure.UNCONFIRMED
    listed = _customers(request, [CustomerId(each) for each in found.customers], is_work_list)
    context = {
        "title": figure_title(
            found, field=labels.get(found.field, found.field), source=names.get(found.source, "")
        ),
        "remedy": figure_remedy(found),
        "figure": found,
        "source": found.source,
        "measured_at": measured_at,
        "is_part": _is_part(kept),
        "kept": KEPT_CUSTOMERS,
    } | listed
    return render(request, "web/quality_customers.html", context)


@require_safe
def common_value(request: HttpRequest, place: int) -> HttpResponse:
    """The customers of whom a record holds a value too common to compare. By its place: the value is in no address."""
    found = shared_values()
    if place >= len(found):
        raise Http404("There is no such value any more.")
    value = found[place]
    customers = customers_of_common_value(value.kind, value.value)
    listed = _customers(request, customers, False)
    context = {
        "title": gettext("{kind} too common to compare").format(kind=common_kind_words(value.kind)),
        "remedy": gettext(
            "A value that so many share is a default somebody typed, or a switchboard. It is not compared, so it joins"
            " nobody. Empty it in the source."
        ),
        "value": value.value if value.kind in _READABLE else "",
        "is_part": len(customers) == KEPT_CUSTOMERS,
        "kept": KEPT_CUSTOMERS,
    } | listed
    return render(request, "web/quality_customers.html", context)


def _labels(fields: Iterable[FieldDefinition]) -> dict[str, str]:
    return {each.key: gettext(each.label) for each in fields}


def _is_part(kept: KeptFigure) -> bool:
    """Whether more are behind the figure than are listed."""
    return kept.figure.is_estimate or len(kept.figure.customers) >= KEPT_CUSTOMERS


def _customers(request: HttpRequest, ids: Sequence[CustomerId], is_work_list: bool) -> dict[str, Any]:
    """A page of these customers. Of the work list those who were heard of since are gone."""
    said = last_said(ids, at=now(), unconfirmed=is_work_list)
    sight = sight_here(request)
    standing = [each for each in ids if each in said]
    page = Paginator(standing, _PER_PAGE).get_page(request.GET.get("page"))
    found = summaries(list(page.object_list), sight=sight)
    on_page = [each for each in page.object_list if each in found]
    seen(request, _READ_AS, on_page)
    listed = standing if page.has_other_pages() else ()
    return {
        "customers": [ShownCustomer(found[each], said[each]) for each in on_page],
        "page": page,
        "bar": bar_above(request, None, on_page, listed=listed, confirms=is_work_list),
    }
