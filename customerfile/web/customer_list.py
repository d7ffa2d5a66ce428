"""The customer list: columns, filters and order as its address says. Cursors are ids: no name stands in an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from customerfile.customers.errors import ListRefused, ListTooSlow
from customerfile.customers.listing.offered import Offered, Operator, offered
from customerfile.customers.listing.pages import Place, list_page
from customerfile.customers.listing.question import Condition, Question, checked, checked_condition
from customerfile.definition.queries import current_definition
from customerfile.web.customer_views import tabs
from customerfile.web.list_address import ListAddress, list_address, written
from customerfile.web.list_words import chips, columns_to_choose, filters_to_choose, headings, picked
from customerfile.web.permissions import sight_here
from customerfile.web.requests import actor, seen
from customerfile.web.selection import bar_above

_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class AskedList:
    """A list that was asked for by its address, checked against what somebody is offered."""

    address: ListAddress
    fields: Mapping[str, Offered]
    question: Question


def asked_list(request: HttpRequest, address: ListAddress | None = None) -> AskedList:
    """The list of an address, of this one where none is given. Raises ListRefused."""
    address = address or list_address(request.GET)
    fields = offered(current_definition(), sight_here(request))
    return AskedList(address, fields, checked(address.question(fields), fields))


@require_http_methods(["GET", "HEAD", "POST"])
def customer_index(request: HttpRequest) -> HttpResponse:
    """The list, a page at a time. A POST adds a filter: what is typed never stands readable in an address."""
    try:
        asked = asked_list(request)
    except ListRefused as trouble:
        return render(request, "web/customers.html", {"trouble": trouble}, status=422)
    return _with_filter(request, asked) if request.method == "POST" else _shown(request, asked, {})


def _with_filter(request: HttpRequest, asked: AskedList) -> HttpResponse:
    sent, operator = request.POST, request.POST.get("operator", "")
    if operator not in set(Operator):
        trouble = ListRefused("This is no way to filter.", "Choose one of the ways that are offered.")
        return _shown(request, asked, {"trouble": trouble}, status=422)
    typed = Condition(sent.get("field", ""), Operator(operator), tuple(sent.getlist("value")))
    try:
        condition = checked_condition(typed, asked.fields)
    except ListRefused as refused:
        told = "filter_trouble" if typed.field in asked.fields else "trouble"
        return _shown(request, asked, {told: refused, "typed": typed}, status=422)
    query = asked.address.query(more=[written(condition)])
    return redirect(f"{reverse('customers')}?{query}")


def _shown(
    request: HttpRequest, asked: AskedList, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    address, fields, question = asked.address, asked.fields, asked.question
    typed: Condition | None = more.get("typed")
    field = fields.get(typed.field if typed else request.GET.get("pick", ""))
    context = more | {
        "query": address.query(),
        "address": address,
        "tabs": list(tabs(actor(request), address, fields)),
        "headings": list(headings(question, address, fields)),
        "chips": chips(question, address, fields),
        "filter_groups": filters_to_choose(fields),
        "column_groups": columns_to_choose(fields, question),
        "picked": picked(field, typed) if field and field.operators else None,
    }
    place = Place(request.GET.get("after", ""), request.GET.get("before", ""), "last" in request.GET)
    try:
        page = list_page(question, fields, sight=sight_here(request), place=place, limit=_PER_PAGE)
    except (ListRefused, ListTooSlow) as trouble:
        is_slow = isinstance(trouble, ListTooSlow)
        return render(
            request, "web/customers.html", context | {"trouble": trouble}, status=503 if is_slow else 422
        )
    seen(request, "customers", [row.id for row in page.rows])
    context |= {"page": page, "bar": bar_above(request, address.query(), [row.id for row in page.rows])}
    return render(request, "web/customers.html", context, status=status)
